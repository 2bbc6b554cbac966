"""Counts readings without cookies and without third parties: open pages say that they were opened, machines are left out.

Each process gathers for some seconds and writes once, so that a busy hour costs the database as little as a quiet one. A
process that is killed loses those seconds.
"""

from __future__ import annotations

import atexit
import logging
import re
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import DatabaseError, connection, transaction
from django.db.models import F, Sum
from django.utils import timezone

from articles.models import Article, PageViews
from newsroom import charts, visitors
from newsroom.caches import made, readings
from newsroom.models import User

EVERY = 10  # seconds that a process gathers
MOST_GATHERED = 2000  # articles; more are written at once
SAME_READER = 1800  # seconds in which one address counts once an article
MOST_OF_READER = 300  # openings that one address is heard with in that time; an office shares one
HOURS_KEPT = timedelta(days=3)  # after them an article has one row a day
MOST_READ_KEPT, MOST_READ, MOST_READ_WITHIN = 60, 30, timedelta(hours=24)
# Machines that say so. Those that do not rarely run scripts, or fetch the pictures of pages whose scripts they do not run.
MACHINES = re.compile(
    r"bot|crawl|spider|slurp|preview|fetch|monitor|headless|lighthouse|python|curl|wget|http", re.IGNORECASE
)
UPSERT = (
    "INSERT INTO articles_pageviews (article_id, at, count) VALUES (%s, %s, %s) "
    "ON CONFLICT (article_id, at) DO UPDATE SET count = articles_pageviews.count + excluded.count"
)
logger = logging.getLogger(__name__)


class _Gathered:
    """What this process has counted and not written yet."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.views: Counter[tuple[int, datetime]] = Counter()
        self.since = time.monotonic()

    def add(self, article_id: int, at: datetime) -> bool:
        """Whether it is time to write."""
        with self.lock:
            self.views[article_id, at.replace(minute=0, second=0, microsecond=0)] += 1
            return len(self.views) >= MOST_GATHERED or time.monotonic() - self.since >= EVERY

    def take(self) -> Counter[tuple[int, datetime]]:
        """Everything, which is then gone from here."""
        with self.lock:
            taken, self.views, self.since = self.views, Counter(), time.monotonic()
            return taken


_gathered = _Gathered()


def count(*, article_id: int, reader_key: str, agent: str, at: datetime | None = None) -> None:
    """One reading of the article, unless a machine or the same reader within half an hour. Asks the database nothing but
    now and then, to write what was gathered."""
    if not agent or MACHINES.search(agent):
        return
    if not _is_new(article_id, reader_key):
        return
    if _gathered.add(article_id, at or timezone.now()):
        write()


def _is_new(article_id: int, reader_key: str) -> bool:
    """Whether the reader has neither read the article within half an hour, nor more than one reads in that time."""
    if (
        visitors.acts_of(f"readings-{visitors.hashed('page-views', reader_key)}", readings, SAME_READER)
        > MOST_OF_READER
    ):
        return False
    key = f"read-{visitors.hashed('page-views', f'{article_id} {reader_key}')}"
    return readings.add(key, 1, timeout=SAME_READER)


def write() -> int:
    """What this process gathered is in the database. How many readings that were."""
    return store(_gathered.take())


def store(views: Mapping[tuple[int, datetime], int]) -> int:
    """``views``, numbers by article and hour, are added to those of articles that are public now. How many that were."""
    if not views:
        return 0
    ids = {article_id for article_id, _at in views}
    public = set(Article.objects.public().filter(pk__in=ids).order_by().values_list("pk", flat=True))
    # In the order of their keys, so that two processes never wait for each other in a circle.
    rows = [(pk, at, number) for (pk, at), number in sorted(views.items()) if pk in public]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(UPSERT, [(pk, connection.ops.adapt_datetimefield_value(at), n) for pk, at, n in rows])
    return sum(number for _pk, _at, number in rows)


def write_at_the_end() -> None:
    """A process that ends in peace writes what it gathered."""

    def last() -> None:
        try:
            write()
        except DatabaseError:
            logger.warning("The last page views of a process were not written.")

    atexit.register(last)


def compact(now: datetime | None = None) -> int:
    """The hours of days long past are one row a day. Safe to stop and to run twice; how many days it did."""
    limit = charts.begins(timezone.localdate((now or timezone.now()) - HOURS_KEPT))
    done = 0
    while (first := _first_day_of_hours(limit)) is not None:
        _compact_day(first)
        done += 1
    return done


def _first_day_of_hours(limit: datetime) -> date | None:
    """The earliest day before ``limit`` of which an article has a row that begins after midnight."""
    marked = PageViews.objects.filter(at__lt=limit).order_by("at")
    after = made.get("page-views-compacted")
    for at in (marked.filter(at__gte=after) if after else marked).values_list("at", flat=True).iterator():
        day = timezone.localdate(at)
        if at != charts.begins(day):
            return day
    made.set("page-views-compacted", limit, timeout=None)
    return None


@transaction.atomic
def _compact_day(day: date) -> None:
    begins, ends = charts.begins(day), charts.begins(day + timedelta(days=1))
    rows = PageViews.objects.filter(at__gte=begins, at__lt=ends)
    sums = list(rows.order_by().values_list("article").annotate(number=Sum("count")))
    rows.delete()
    PageViews.objects.bulk_create(
        [PageViews(article_id=pk, at=begins, count=number) for pk, number in sums], batch_size=500
    )


# --- What the numbers say ---------------------------------------------------------------------------------------------


def most_read_ids(language: str, at: datetime) -> list[int]:
    """The articles in ``language`` that were read most in the 24 hours before ``at``, the most first. One query a minute."""
    key = f"most-read-{language}"
    found: list[int] | None = made.get(key)
    if found is None:
        rows = PageViews.objects.filter(at__gt=at - MOST_READ_WITHIN, at__lte=at, article__language=language)
        ranked = rows.values("article").annotate(number=Sum("count")).order_by("-number", "-article")
        found = [row["article"] for row in ranked[:MOST_READ]]
        made.set(key, found, MOST_READ_KEPT)
    return found


def most_read(language: str, *, at: datetime, number: int) -> list[Article]:
    """Those of them that are public at ``at``, with what a card shows. At most two queries."""
    ids = most_read_ids(language, at)
    if not ids:
        return []
    stories = Article.objects.public(at).for_listing().in_bulk(ids)
    return [stories[pk] for pk in ids if pk in stories][:number]


def per_day(days: Sequence[date], *, article: Article | None = None) -> list[int]:
    """The readings on each of ``days``, of one article or of all. One query."""
    rows = PageViews.objects.filter(at__gte=charts.begins(days[0]))
    if article is not None:
        rows = rows.filter(article=article)
    found = [0] * len(days)
    for day, number in rows.order_by().values_list(charts.day_index("at", days)).annotate(number=Sum("count")):
        found[day] = number
    return found


def by_section(days: Sequence[date]) -> list[tuple[str, int]]:
    """The sections read since the first of ``days``, with their names and readings, the most read first. One query."""
    rows = PageViews.objects.filter(at__gte=charts.begins(days[0]), article__section__isnull=False)
    sums = rows.values(name=F("article__section__name"), path=F("article__section__path")).annotate(number=Sum("count"))
    return [(row["name"], row["number"]) for row in sums.order_by("-number", "path")]


def by_article(days: Sequence[date], *, number: int, user: User) -> list[tuple[Article, int]]:
    """The articles read most since the first of ``days``, with their readings; of ``number`` those that ``user`` may
    know of. Two queries."""
    rows = PageViews.objects.filter(at__gte=charts.begins(days[0])).values("article").annotate(number=Sum("count"))
    ranked = [(row["article"], row["number"]) for row in rows.order_by("-number", "-article")[:number]]
    known = Article.objects.offered_to(user).select_related("section").only("headline", "section__name")
    articles = known.in_bulk([pk for pk, _n in ranked])
    return [(articles[pk], read) for pk, read in ranked if pk in articles]
