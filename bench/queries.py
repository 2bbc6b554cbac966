"""SQL queries and milliseconds of the public pages with 100 and with 2,000 articles."""

from __future__ import annotations

import statistics
import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.archive import Archive

SIZES = (100, 2000)
MOST_FOR_ARTICLE = 8
ROUNDS = 7


def pages(archive: Archive) -> dict[str, str]:
    """The addresses measured, by name."""
    return {
        "home": "/",
        "section": archive.sections[0].get_absolute_url(),
        "article, 30 comments": archive.article.get_absolute_url(),
        "topic": archive.topics[0].get_absolute_url(),
        "search": reverse("search:search") + "?q=river+bridge",
        "feed": reverse("feeds:site"),
    }


def measure(address: str) -> tuple[int, float]:
    """Queries of a warm page and the median of its milliseconds. Raises RuntimeError unless it answers 200."""
    client = Client(SERVER_NAME="127.0.0.1")
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}.")
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    count = len(queries)  # now: the next request empties the log
    times = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - start) * 1000)
    return count, statistics.median(times)


def report(archive: Archive) -> bool:
    """Prints the table; True if no page's queries grew with the archive and the article's are few enough."""
    found: dict[str, list[tuple[int, float]]] = {name: [] for name in pages(archive)}
    for size in SIZES:
        archive.grow(size)
        for name, address in pages(archive).items():
            found[name].append(measure(address))
    print(f"{'page':<22}{'queries':>16}{'milliseconds':>18}   with {SIZES[0]} and {SIZES[1]} articles")
    for name, ((few, fast), (many, slow)) in found.items():
        print(f"{name:<22}{few:>9}{many:>7}{fast:>11.1f}{slow:>7.1f}")
    steady = all(few == many for (few, _), (many, _) in found.values())
    return steady and found["article, 30 comments"][1][0] <= MOST_FOR_ARTICLE
