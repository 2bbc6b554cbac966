"""A small load generator. It speaks to this machine only and stops by itself: `python -m bench.load URL SECONDS CONNECTIONS`."""

from __future__ import annotations

import asyncio
import sys
import time
from urllib.parse import urlsplit

MOST_SECONDS = 20.0
MOST_REQUESTS = 200_000


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> None:
    """One request and its whole answer. Raises ValueError unless it is a 200."""
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    if b" 200 " not in head.split(b"\r\n", 1)[0]:
        raise ValueError(head.split(b"\r\n", 1)[0].decode("latin-1"))
    length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    await reader.readexactly(int(length.split(b":")[1]))


async def _worker(host: str, port: int, request: bytes, end: float, most: int) -> int:
    reader, writer = await asyncio.open_connection(host, port)
    count = 0
    while time.monotonic() < end and count < most:
        await _ask(reader, writer, request)
        count += 1
    writer.close()
    return count


async def requests_a_second(url: str, *, seconds: float, connections: int) -> float:
    """How many requests a second were answered with 200. Raises ValueError for another machine or another answer."""
    parts = urlsplit(url)
    if parts.hostname != "127.0.0.1":
        raise ValueError("The load generator speaks to 127.0.0.1 only.")
    request = f"GET {parts.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: keep-alive\r\n\r\n".encode()
    start = time.monotonic()
    end = start + min(seconds, MOST_SECONDS)
    workers = [
        _worker("127.0.0.1", parts.port or 80, request, end, MOST_REQUESTS // connections) for _ in range(connections)
    ]
    counts = await asyncio.gather(*workers)
    return sum(counts) / (time.monotonic() - start)


if __name__ == "__main__":
    print(asyncio.run(requests_a_second(sys.argv[1], seconds=float(sys.argv[2]), connections=int(sys.argv[3]))))
