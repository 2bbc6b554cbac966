"""Sanitising and rendering a body of 28 kB with 40 reference nodes: queries and milliseconds, first and again."""

from __future__ import annotations

import random
import statistics
import time

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.article_page import _photos
from articles.body import references, render, sanitise
from articles.body.sanitise import clean_once
from articles.models import Article
from bench.archive import WORDS, Archive

BYTES, NODES, ROUNDS = 28_000, 40, 15


def _body(archive: Archive) -> str:
    """Paragraphs of words with a photo or a related box after every few."""
    chance = random.Random(28)  # the same text in every run
    photo = archive.article.lead_photo_id
    nodes = [
        f'<figure data-node="photo" data-id="{photo}"></figure>',
        f'<aside data-node="related" data-ids="{archive.article.pk}"></aside>',
    ]
    parts: list[str] = []
    while len("".join(parts)) < BYTES:
        words = " ".join(chance.choices(WORDS, k=85)).capitalize()
        parts.append(
            f'<p>"{words[:300]}" <em>{words[300:360]}</em> <a href="https://example.org/">{words[360:]}</a>.</p>'
        )
        parts.extend(nodes[len(parts) % 2] for _ in range(NODES // (BYTES // 650) + 1))
    return sanitise("".join(parts))


def _milliseconds(work) -> float:
    times = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def report(archive: Archive) -> bool:
    """Prints the figures; True if the queries of a body do not depend on the number of its nodes."""
    body = _body(archive)
    cited = references(body)

    def page() -> None:
        now = timezone.now()
        articles = Article.objects.for_listing().in_bulk({pk for kind, pk in cited if kind == "article"})
        render(body, photos=_photos(cited, [], now), articles=articles, at=now, language="en")

    def first() -> None:
        clean_once.cache_clear()
        page()

    def only_sanitise() -> None:
        clean_once.cache_clear()
        sanitise(body)

    page()
    with CaptureQueriesContext(connection) as queries:
        page()
    count = len(queries)
    clean, cold, warm = _milliseconds(only_sanitise), _milliseconds(first), _milliseconds(page)
    print(
        f"body of {len(body)} bytes with {len(cited)} nodes: {count} queries; sanitise {clean:.1f} ms, "
        f"render first {cold:.1f} ms, again {warm:.1f} ms ({warm / cold:.2f} of the first)"
    )
    return count <= 3
