"""Comments posted through the whole pipeline against a view that only inserts, on the same granian in turns; and how long
an article page takes while a thousand comments come in at once.

Every post comes from another guest at another network address (TRUST_PROXY), so that no rate holds it back.
"""

from __future__ import annotations

import http.client
import os
import signal
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

from django.core import signing
from django.utils import timezone

from bench import throughput
from bench.archive import Archive
from comments.forms import STAMP_SALT
from comments.models import Comment, WordList
from newsroom.choices import CommentMode
from newsroom.models import SiteIdentity

POSTS, ROUNDS, FLOOD, SENDERS = 200, 3, 1000, 8
TOKEN = "b" * 32


def _open(archive: Archive) -> None:
    """Guests may comment at once, and ten thousand words are looked for."""
    site = SiteIdentity.load()
    site.guest_comments, site.comment_mode = True, CommentMode.OPEN
    site.save()
    words = "\n".join(f"unword{n}" for n in range(10_000))
    WordList.objects.get_or_create(name="Bench", defaults={"kind": "suspect", "words": words})


def _send(port: int, path: str, number: int) -> float:
    """Seconds until a comment was accepted."""
    stamp = signing.dumps(timezone.now().timestamp() - 10, salt=STAMP_SALT)
    form = {
        "csrfmiddlewaretoken": TOKEN,
        "opened": stamp,
        "name": f"Guest {number}",
        "email": f"guest{number}@bench.example",
        "body": f"Comment {number} says something about the harbour, at some length, as readers do when they care.",
    }
    address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"csrftoken={TOKEN}",
        "X-Forwarded-For": address,
    }
    begun = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST", path, urlencode(form), headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status not in {201, 302}:
        raise RuntimeError(f"{path} answered {answer.status} to a post.")
    return time.perf_counter() - begun


def _rate(port: int, path: str, first: int, count: int) -> float:
    """Posts a second, eight at a time."""
    begun = time.perf_counter()
    with ThreadPoolExecutor(SENDERS) as pool:
        list(pool.map(lambda n: _send(port, path, n), range(first, first + count)))
    return count / (time.perf_counter() - begun)


def _page_times(port: int, path: str, until: list[bool]) -> list[float]:
    """How long the article page takes, asked again and again until ``until`` is filled."""
    times = []
    while not until:
        times.append(_one(port, path))
        time.sleep(0.02)
    return times


def _one(port: int, path: str) -> float:
    begun = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    connection.getresponse().read()
    connection.close()
    return time.perf_counter() - begun


def _flood(port: int, target: str, page: str) -> tuple[float, list[float]]:
    """The rate of a thousand posts at once, and the times of the page meanwhile."""
    done: list[bool] = []
    with ThreadPoolExecutor(1) as watcher:
        watched = watcher.submit(_page_times, port, page, done)
        rate = _rate(port, target, 500_000, FLOOD)
        done.append(True)
        return rate, watched.result()


def _server(port: int) -> subprocess.Popen[bytes]:
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-log", "--no-ws",
        "--workers", str(2 * (os.cpu_count() or 1)), "--blocking-threads", "2", "bench.wsgi:application",
    ]  # fmt: skip
    return subprocess.Popen(command, start_new_session=True, env={**os.environ, "TRUST_PROXY": "true"})


def report(archive: Archive) -> bool:
    """Prints the rates and the page's times; True if every post that was accepted is there."""
    _open(archive)
    port = throughput.free_port()
    server, before = _server(port), Comment.objects.count()
    target, page = f"/comments/{archive.article.pk}/new/", archive.article.get_absolute_url()
    found: dict[str, list[float]] = {target: [], "/bench-insert/": []}
    try:
        throughput.wait(f"http://127.0.0.1:{port}{page}")
        for turn in range(ROUNDS):
            for n, (path, rates) in enumerate(found.items()):
                rates.append(_rate(port, path, (turn * 2 + n) * 10_000, POSTS))
        quiet = [_one(port, page) for _n in range(30)]
        flooded, during = _flood(port, target, page)
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
    whole, bare = (statistics.median(rates) for rates in found.values())
    during.sort()
    print(
        f"comments accepted a second: whole pipeline {whole:.0f}, bare insert {bare:.0f} ({100 * whole / bare:.0f} %); "
        f"in a flood of {FLOOD} {flooded:.0f}; article page meanwhile: median {1000 * statistics.median(during):.0f} ms, "
        f"95 of 100 within {1000 * during[int(len(during) * 0.95) - 1]:.0f} ms (quiet: {1000 * statistics.median(quiet):.0f} ms)"
    )
    return Comment.objects.count() - before == 2 * ROUNDS * POSTS + FLOOD
