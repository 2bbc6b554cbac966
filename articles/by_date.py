"""The archive by date: which days, months and years have public stories, in the site's zone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from articles.querysets import ArticleQuerySet


@dataclass(frozen=True)
class Span:
    """A year, a month (``day`` None) or a day, from its first day on."""

    first: date
    month: bool = False
    day: bool = False

    @property
    def end(self) -> date:
        """The day after its last one."""
        if self.day:
            return self.first + timedelta(days=1)
        return _next_month(self.first) if self.month else date(self.first.year + 1, 1, 1)

    @property
    def condition(self) -> Q:
        """What holds for the articles published in it."""
        return Q(published_at__gte=_midnight(self.first), published_at__lt=_midnight(self.end))

    @property
    def parts(self) -> list[Span]:
        """The months of a year, the days of a month."""
        if self.month:
            return [
                Span(self.first + timedelta(days=n), month=True, day=True) for n in range((self.end - self.first).days)
            ]
        return [Span(date(self.first.year, month, 1), month=True) for month in range(1, 13)]


def span_of(year: str, month: str = "", day: str = "") -> Span:
    """The span with these digits. Raises ValueError if the calendar has none such, or it ends after the last year of all."""
    first = date(int(year), int(month or 1), int(day or 1))
    if first.year >= MAXYEAR - 1 or first.year < 2:
        raise ValueError(year)
    return Span(first, month=bool(month), day=bool(day))


def years(articles: ArticleQuerySet) -> list[Span]:
    """The years from the newest of ``articles`` to the oldest, without gaps left out. Two queries by index."""
    newest, oldest = (
        articles.order_by(order).values_list("published_at", flat=True).first()
        for order in ("-published_at", "published_at")
    )
    if newest is None or oldest is None:
        return []
    return [Span(date(year, 1, 1)) for year in range(_day(newest).year, _day(oldest).year - 1, -1)]


def counted(articles: ArticleQuerySet, spans: Iterable[Span]) -> list[tuple[Span, int]]:
    """``spans`` that hold some of ``articles``, each with how many. One query over the spans' own rows."""
    known = list(spans)
    within = articles.filter(published_at__gte=_midnight(known[0].first), published_at__lt=_midnight(known[-1].end))
    found = within.order_by().aggregate(**{f"n{n}": Count("pk", filter=span.condition) for n, span in enumerate(known)})
    return [(span, found[f"n{n}"]) for n, span in enumerate(known) if found[f"n{n}"]]


def beside(articles: ArticleQuerySet, span: Span) -> tuple[date | None, date | None]:
    """The nearest days with some of ``articles`` before ``span`` and after it. Two queries by index."""
    before = articles.filter(published_at__lt=_midnight(span.first)).order_by("-published_at")
    after = articles.filter(published_at__gte=_midnight(span.end)).order_by("published_at")
    moments: list[Any] = [rows.values_list("published_at", flat=True).first() for rows in (before, after)]
    earlier, later = (None if moment is None else _day(moment) for moment in moments)
    return earlier, later


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _next_month(first: date) -> date:
    return (first.replace(day=1) + timedelta(days=32)).replace(day=1)
