"""Requests a second of the article page and of a hello-world view, on the same granian, in turns."""

from __future__ import annotations

import os
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.request

from bench.archive import Archive

ROUNDS, SECONDS, CONNECTIONS = 3, 3, 8


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        return int(plug.getsockname()[1])


def _start(port: int) -> subprocess.Popen[bytes]:
    cores = os.cpu_count() or 1
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-log", "--no-ws",
        "--workers", str(2 * cores), "--blocking-threads", "2", "bench.wsgi:application",
    ]  # fmt: skip
    return subprocess.Popen(command, start_new_session=True)


def wait(url: str) -> None:
    """``url`` answers."""
    for _try in range(200):
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{url} did not answer in time.")


def _load(url: str) -> float:
    """In a process of its own, so that the server's workers and the generator do not share an interpreter."""
    command = [sys.executable, "-m", "bench.load", url, str(SECONDS), str(CONNECTIONS)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout)


def rates(paths: dict[str, str]) -> dict[str, float]:
    """The median of requests a second of each path, measured in turns on one granian."""
    port = free_port()
    server = _start(port)
    addresses = {name: f"http://127.0.0.1:{port}{path}" for name, path in paths.items()}
    found: dict[str, list[float]] = {name: [] for name in addresses}
    try:
        for url in addresses.values():
            wait(url)
        for _round in range(ROUNDS):
            for name, url in addresses.items():
                found[name].append(_load(url))
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
    return {name: statistics.median(measured) for name, measured in found.items()}


def report(archive: Archive) -> bool:
    """Prints the medians of both; always True, since the figure depends on the machine."""
    found = rates({"article": archive.article.get_absolute_url(), "hello": "/bench-hello/"})
    article, hello = found["article"], found["hello"]
    print(
        f"requests a second on granian: article page {article:.0f}, hello-world view {hello:.0f} ({100 * article / hello:.0f} %)"
    )
    return True
