"""Requests a second of the article page, kept or made each time, and of a hello-world view, on granian, in turns."""

from __future__ import annotations

import os
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection

from bench.archive import Archive
from newsroom.models import SiteIdentity

ROUNDS, SECONDS, CONNECTIONS = 3, 3, 8
COMMITS = 10


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        return int(plug.getsockname()[1])


@dataclass(frozen=True)
class Load:
    """What is asked: of a server that keeps finished pages or of one that makes each anew, while somebody commits or not."""

    path: str
    is_kept: bool = True
    commits: int = 0  # a second


def _start(port: int, *, is_kept: bool) -> subprocess.Popen[bytes]:
    cores = os.cpu_count() or 1
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-log", "--no-ws",
        "--workers", str(2 * cores), "--blocking-threads", "2", "bench.wsgi:application",
    ]  # fmt: skip
    own = os.environ | {"PAGE_STORE_MEGABYTES": "64" if is_kept else "0"}
    return subprocess.Popen(command, start_new_session=True, env=own)


def wait(url: str) -> None:
    """``url`` answers."""
    for _try in range(600):
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


@contextmanager
def _committing(times: int) -> Iterator[None]:
    """Something is committed so many times a second until the block ends."""
    is_over = threading.Event()

    def commit() -> None:
        while times and not is_over.wait(1 / times):
            SiteIdentity.objects.update(comments_paused=False)
        connection.close()

    thread = threading.Thread(target=commit)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


@contextmanager
def _servers(kinds: set[bool]) -> Iterator[dict[bool, int]]:
    """The ports of a server of each kind: whether it keeps finished pages."""
    ports = {kind: free_port() for kind in sorted(kinds)}
    servers = [_start(port, is_kept=kind) for kind, port in ports.items()]
    try:
        for port in ports.values():
            wait(f"http://127.0.0.1:{port}/bench-hello/")
        yield ports
    finally:
        for server in servers:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def rates(loads: Mapping[str, Load]) -> dict[str, float]:
    """The median of requests a second of each load, measured in turns on granian."""
    found: dict[str, list[float]] = {name: [] for name in loads}
    with _servers({load.is_kept for load in loads.values()}) as ports:
        for _round in range(ROUNDS):
            for name, load in loads.items():
                with _committing(load.commits):
                    found[name].append(_load(f"http://127.0.0.1:{ports[load.is_kept]}{load.path}"))
    return {name: statistics.median(measured) for name, measured in found.items()}


def report(archive: Archive) -> bool:
    """Prints the medians; always True, since the figures depend on the machine."""
    page = archive.article.get_absolute_url()
    loads = {
        "article page, kept": Load(page),
        f"kept, {COMMITS} commits a second": Load(page, commits=COMMITS),
        "made each time": Load(page, is_kept=False),
        "hello-world view": Load("/bench-hello/"),
    }
    found = rates(loads)
    hello = found["hello-world view"]
    figures = ", ".join(f"{name} {rate:.0f} ({100 * rate / hello:.0f} %)" for name, rate in found.items())
    print(f"requests a second on granian: {figures}")
    return True
