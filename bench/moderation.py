"""The moderators' queue with 1,000 and with 1,000,000 comments: queries and the ratio of their times.

The database makes the rows itself, the same number of them waiting at both sizes. A tenth is by one reader, a tenth says the
same words, a tenth comes from one network address: the worst that a queue can meet. BENCH_COMMENTS names another size than a
million, for a quick look.
"""

from __future__ import annotations

import os
import statistics
import time

from django.core.management.color import no_style
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.archive import Archive
from comments.models import Comment, CommentReport, ReportReason
from comments.models.search_entry import TABLE
from newsroom.models import User

SIZES = (1_000, int(os.environ.get("BENCH_COMMENTS", "1000000")))
ROUNDS = 5
BATCH = 100_000
WAITING, REPORTED = 400, 60  # at either size
MOST_RATIO = 3.0  # a page of the large table may take so many times a page of the small one
_SQLITE_TIME = "strftime('%Y-%m-%d %H:%M:%f', 'now', '-' || (n + 1) || ' seconds')"


def _columns(article: int, readers: list[int]) -> dict[str, str]:
    """What each column of comment number n (from 0) holds, as SQL that both databases know or as each of them says it."""
    is_postgres = connection.vendor == "postgresql"
    first, count = readers[0], len(readers)
    at = "now() - (n + 1) * interval '1 second'" if is_postgres else _SQLITE_TIME
    status = f"CASE WHEN n < {WAITING} THEN 'waiting' WHEN n % 5 < 3 THEN 'published' WHEN n % 5 = 3 THEN 'rejected' ELSE 'spam' END"
    words = "lpad(to_hex(n % 50000), 32, '0')" if is_postgres else "printf('%032x', n % 50000)"
    address = words.replace("50000", "20000")
    return {
        "id": "n + 1 + {shift}",
        "thread_id": "n + 1 + {shift}",
        "article_id": str(article),
        "author_id": f"CASE WHEN n % 10 = 1 THEN {first} ELSE {first} + n % {count} END",
        "body": "'Comment ' || n || ' about the harbour and pier ' || (n % 30) || '.'",
        "status": status,
        "created_at": at,
        "decided_at": f"CASE WHEN n < {WAITING} THEN NULL ELSE {at} END",
        "words_hash": f"CASE WHEN n % 10 = 2 THEN 'flood' ELSE {words} END",
        "address_hash": f"CASE WHEN n % 10 = 3 THEN 'flood' ELSE {address} END",
    }


def _insert(archive: Archive, readers: list[int], shift: int) -> str:
    """The statement that adds the comments from number %s to %s; every other column has the model's default."""
    columns = _columns(archive.article.pk, readers)
    for column in Comment._meta.concrete_fields:
        if column.column not in columns and not column.null:
            value = column.get_default()
            columns[column.column] = "''" if value == "" else str(value).lower()
    names, values = ", ".join(columns), ", ".join(columns.values()).replace("{shift}", str(shift)).replace("%", "%%")
    series = "WITH RECURSIVE s(n) AS (SELECT %s UNION ALL SELECT n + 1 FROM s WHERE n < %s)"
    if connection.vendor == "postgresql":
        series = "WITH s AS (SELECT generate_series(%s, %s) AS n)"
    return f"INSERT INTO {Comment._meta.db_table} ({names}) {series} SELECT {values} FROM s"  # noqa: S608  # constants


def _grow(size: int, archive: Archive, readers: list[int]) -> None:
    """The table holds ``size`` comments more or less; every one can be found by its words. Says how far it is."""
    there = Comment.objects.count()
    shift = (Comment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) - there
    for start in range(there, size, BATCH):
        begun, end = time.perf_counter(), min(start + BATCH, size)
        with connection.cursor() as cursor:
            cursor.execute(_insert(archive, readers, shift), [start, end - 1])
        _index(start + 1 + shift)
        if not CommentReport.objects.exists():
            _report()
        print(f"  {end} of {size} comments, {time.perf_counter() - begun:.0f} s for these", flush=True)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Comment]):
            cursor.execute(statement)
        cursor.execute("ANALYZE")


def _report() -> None:
    shown = Comment.objects.published()[:REPORTED]
    CommentReport.objects.bulk_create(
        [CommentReport(comment=c, reader_key=str(c.pk), reason=ReportReason.SPAM) for c in shown]
    )


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
        count = len(queries)
        client.post(undo, {"done": answer["undo"]}, headers={"Accept": "application/json"})
        times.append((time.perf_counter() - start) * 1000)
    return count, statistics.median(times[1:])


def _pages() -> dict[str, str]:
    queue, find = reverse("admin:comments_comment_changelist"), reverse("admin:comments_comment_search")
    return {
        "waiting": queue,
        "reported": f"{queue}?tab=reported",
        "approved": f"{queue}?tab=approved",
        "spam": f"{queue}?tab=spam",
        "search, a common word": f"{find}?q=harbour",
        "search, a rare word": f"{find}?q=pier+7",
        "search, a state": f"{find}?state=rejected",
        "search, the same": f"{find}?like={Comment.objects.filter(words_hash='flood').values_list('pk', flat=True)[:1].get()}",
        "a reader": reverse(
            "admin:comments_comment_reader", args=[Comment.objects.filter(body__startswith="Comment 41 ").get().pk]
        ),
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
        _grow(size, archive, [reader.pk for reader in readers])
        print(f"{size} comments made in {time.perf_counter() - begun:.0f} s")
        for name, address in _pages().items():
            found.setdefault(name, []).append(_measure(client, address))
        found.setdefault("approve and undo", []).append(_measure_acts(client))
    print(f"{'page':<24}{'queries':>14}{'milliseconds':>18}{'ratio':>8}   with {SIZES[0]} and {SIZES[1]} comments")
    for name, ((few, fast), (many, slow)) in found.items():
        print(f"{name:<24}{few:>7}{many:>7}{fast:>11.1f}{slow:>7.1f}{slow / fast:>8.1f}")
    return all(few >= many and slow / fast < MOST_RATIO for (few, fast), (many, slow) in found.values())
