"""The moderators' queue with 1,000 and with 1,000,000 comments: queries and the ratio of their times.

Fresh rows come by bulk insert, a fixed share of them waiting, so that both sizes have more than a page to show.
BENCH_COMMENTS names another size than a million, for a quick look.
"""

from __future__ import annotations

import os
import statistics
import time
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bench.archive import Archive
from comments.models import Comment, CommentReport, ReportReason, Status
from comments.models.search_entry import TABLE
from newsroom.models import User

SIZES = (1_000, int(os.environ.get("BENCH_COMMENTS", "1000000")))
ROUNDS = 5
BATCH = 20_000
WAITING, REPORTED = 400, 60  # at either size
MOST_RATIO = 3.0  # a page of the large table may take so many times a page of the small one
_STATES = (Status.PUBLISHED, Status.PUBLISHED, Status.PUBLISHED, Status.REJECTED, Status.SPAM)


def _row(number: int, archive: Archive, readers: list[User]) -> Comment:
    at = timezone.now() - timedelta(seconds=number + 1)
    status = Status.WAITING if number < WAITING else _STATES[number % len(_STATES)]
    return Comment(
        article=archive.article,
        author=readers[number % len(readers)],
        body=f"Comment {number} about the harbour and pier {number % 997}.",
        status=status,
        created_at=at,
        decided_at=None if status == Status.WAITING else at,
        words_hash=f"{number % 50_000:032x}",
    )


def _grow(size: int, archive: Archive, readers: list[User]) -> None:
    """The table holds ``size`` comments; every one can be found by its words."""
    there = Comment.objects.count()
    for start in range(there, size, BATCH):
        made = [_row(number, archive, readers) for number in range(start, min(start + BATCH, size))]
        Comment.objects.bulk_create(made, batch_size=2_000)
        _index(made[0].pk)
        if not CommentReport.objects.exists():
            shown = [comment for comment in made if comment.status == Status.PUBLISHED][:REPORTED]
            CommentReport.objects.bulk_create(
                [CommentReport(comment=c, reader_key=str(c.pk), reason=ReportReason.SPAM) for c in shown]
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _index(first: int) -> None:
    """Comments from ``first`` on can be found: by one statement, for these words need no folding."""
    document = "to_tsvector('simple', body)" if connection.vendor == "postgresql" else "lower(body)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {TABLE} (rowid, document) SELECT id, {document} FROM comments_comment WHERE id >= %s",  # noqa: S608  # constants
            [first],
        )


def _measure(client: Client, address: str) -> tuple[int, float]:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    count = len(queries)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}.")
    times = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - start) * 1000)
    return count, statistics.median(times)


def _measure_acts(client: Client) -> tuple[int, float]:
    """An approval and its undoing: the queries of the first, and the median of both together in milliseconds."""
    act, undo = reverse("admin:comments_comment_act"), reverse("admin:comments_comment_undo")
    times, count = [], 0
    for pk in Comment.objects.waiting().values_list("pk", flat=True)[: ROUNDS + 1]:
        start = time.perf_counter()
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(act, {"one": f"approve-{pk}"}, headers={"Accept": "application/json"}).json()
        client.post(undo, {"done": answer["undo"]}, headers={"Accept": "application/json"})
        times.append((time.perf_counter() - start) * 1000)
        count = len(queries)
    return count, statistics.median(times[1:])


def _pages() -> dict[str, str]:
    queue, find = reverse("admin:comments_comment_changelist"), reverse("admin:comments_comment_search")
    return {
        "waiting": queue,
        "reported": f"{queue}?tab=reported",
        "approved": f"{queue}?tab=approved",
        "spam": f"{queue}?tab=spam",
        "search, a common word": f"{find}?q=harbour",
        "search, a rare word": f"{find}?q=pier+500",
        "search, a state": f"{find}?state=rejected",
    }


def report(archive: Archive) -> bool:
    """Prints the table; True if no page asks more queries of a large table, and none takes MOST_RATIO times as long."""
    client = Client(SERVER_NAME="127.0.0.1")
    boss = User.objects.create_superuser(username="bench-moderator", email="bench-moderator@example.org")
    client.force_login(boss, backend="django.contrib.auth.backends.ModelBackend")
    readers = User.objects.bulk_create(
        [User(username=f"writer-{n}", email=f"writer-{n}@example.org") for n in range(5_000)], batch_size=1_000
    )
    found: dict[str, list[tuple[int, float]]] = {}
    for size in SIZES:
        begun = time.perf_counter()
        _grow(size, archive, readers)
        print(f"{size} comments made in {time.perf_counter() - begun:.0f} s")
        for name, address in _pages().items():
            found.setdefault(name, []).append(_measure(client, address))
        found.setdefault("approve and undo", []).append(_measure_acts(client))
    print(f"{'page':<24}{'queries':>14}{'milliseconds':>18}{'ratio':>8}   with {SIZES[0]} and {SIZES[1]} comments")
    for name, ((few, fast), (many, slow)) in found.items():
        print(f"{name:<24}{few:>7}{many:>7}{fast:>11.1f}{slow:>7.1f}{slow / fast:>8.1f}")
    return all(few >= many and slow / fast < MOST_RATIO for (few, fast), (many, slow) in found.values())
