"""What the open pages of a live coverage cost: queries of a question, and questions a second beside the article page."""

from __future__ import annotations

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import coverage
from articles.coverage import EntryContent
from bench.archive import Archive
from bench.throughput import Load, rates

POSTS = 25
READERS, EVERY_SECONDS = 5000, 15


def _queries(path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        answer = Client(SERVER_NAME="127.0.0.1").get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}.")
    return len(queries)


def report(archive: Archive) -> bool:
    """Prints the figures; True if no question asks the database while the cache has the answer."""
    article = archive.article
    coverage.start_coverage(article=article, by=None)
    for number in range(POSTS):
        coverage.post(article=article, content=EntryContent(body=f"<p>Post number {number}.</p>"), by=None)
    stamp = reverse("articles:live_posts", args=[article.pk])
    changes = f"{stamp}?since={POSTS - 2}"
    cache.clear()
    missed = [_queries(stamp), _queries(changes)]
    hit = [_queries(stamp), _queries(changes)]
    found = rates({"page": Load(article.get_absolute_url(), is_kept=False), "stamp": Load(stamp)})
    print(
        f"live coverage: queries of a question {missed[0]} and of what changed {missed[1]} without the cache, {hit} with"
    )
    print(
        f"requests a second on granian: page with {POSTS} posts {found['page']:.0f}, question {found['stamp']:.0f}"
        f" ({found['stamp'] / found['page']:.0f} times; {READERS} readers ask {READERS / EVERY_SECONDS:.0f} a second)"
    )
    return hit == [0, 0]
