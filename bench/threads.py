"""The article's page with 20 and with 10,000 comments: queries and milliseconds, in the shapes that a discussion can have."""

from __future__ import annotations

from datetime import timedelta

from django.core.cache import cache
from django.db.models import F
from django.utils import timezone

from articles.models import Article
from bench.archive import Archive
from bench.queries import measure
from comments.counter import recount
from comments.models import Comment, Status

FEW, MANY = 20, 10_000
MOST_QUERIES = 8
MOST_RATIO = 1.5  # of time, for a page that shows the same number of comments


def _fill(article: Article, threads: int, replies: int) -> None:
    """``article`` has so many threads, each with so many replies, in place of what it had."""
    now = timezone.now()
    Comment.objects.filter(article=article).delete()

    def made(n: int, parent: Comment | None) -> Comment:
        body = f"What reader {n} thinks about the bridge, in one sentence of usual length."
        at = now - timedelta(seconds=MANY - n)
        return Comment(
            article=article,
            parent=parent,
            thread=parent,
            body=body,
            guest_name=f"Reader {n}",
            status=Status.PUBLISHED,
            created_at=at,
            decided_at=at,
            recommend_count=n % 7,
        )

    openers = Comment.objects.bulk_create([made(n, None) for n in range(threads)], batch_size=500)
    Comment.objects.filter(article=article, thread__isnull=True).update(thread=F("pk"))
    rows = [made(n, opener) for opener in openers for n in range(replies)]
    Comment.objects.bulk_create(rows, batch_size=500)
    recount(Article.objects.filter(pk=article.pk))
    cache.clear()


def report(archive: Archive) -> bool:
    """Prints the table; True if 10,000 comments cost no more queries than the page may have, and hardly more time than 20."""
    article = archive.article
    print(f"{'article page with':<44}{'queries':>9}{'milliseconds':>14}{'ratio':>8}")
    kept, usual = True, {}
    for name, threads, replies, like in (
        ("20 comments, no replies", FEW, 0, ""),
        ("10,000 comments, no replies", MANY, 0, "20 comments, no replies"),
        ("220 comments, 10 replies each", FEW, 10, ""),
        ("10,000 comments, 20 threads of 499 replies", FEW, 499, "220 comments, 10 replies each"),
    ):
        _fill(article, threads, replies)
        for order in ("", "?comments=recommended"):
            count, milliseconds = measure(article.get_absolute_url() + order)
            usual[name + order] = milliseconds
            ratio = milliseconds / usual[like + order] if like else 1.0
            kept = kept and count <= MOST_QUERIES and ratio <= MOST_RATIO
            shown = f"{name}{', by recommendations' if order else ''}"
            print(f"{shown[:43]:<44}{count:>9}{milliseconds:>14.1f}{ratio:>8.2f}")
    return kept
