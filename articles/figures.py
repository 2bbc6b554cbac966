"""The desk's figures of the last 14 days about articles. Each is one query over an index, whatever the archive holds."""

from __future__ import annotations

from datetime import date, datetime
from statistics import median
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import page_views
from articles.models import Article, EditorialAct, Status
from newsroom import charts

MOST_REVIEWS = 20_000  # of 14 days; a newsroom of a thousand articles a day stays below


def published_per_day(days: list[date], now: datetime | None = None) -> list[int]:
    """How many of the articles that are live came out on each of ``days``. One query."""
    rows = (
        Article.objects.filter(
            status=Status.LIVE, published_at__gte=charts.begins(days[0]), published_at__lte=now or timezone.now()
        )
        .order_by()
        .values_list(charts.day_index("published_at", days))
        .annotate(number=Count("pk"))
    )
    found: list[int] = [0] * len(days)
    for day, number in rows:
        found[day] = number
    return found


def review_medians(days: list[date]) -> list[float | None]:
    """The median of the seconds that reviews which ended on each of ``days`` took, from the last sending to review; None
    on a day when none ended. One query."""
    sent = EditorialAct.objects.filter(article=OuterRef("article"), act="submit", at__lte=OuterRef("at")).order_by(
        "-at"
    )
    ended = (
        EditorialAct.objects.filter(from_status=Status.IN_REVIEW, at__gte=charts.begins(days[0]))
        .exclude(to_status__in=[Status.IN_REVIEW, Status.TRASH])
        .order_by("-at")
        .values_list("at", Subquery(sent.values("at")[:1]))[:MOST_REVIEWS]
    )
    spans: dict[date, list[float]] = {}
    for at, since in ended:
        if since is not None:
            spans.setdefault(timezone.localdate(at), []).append((at - since).total_seconds())
    return [median(spans[day]) if day in spans else None for day in days]


def published_chart(url: str) -> charts.Chart:
    """Published per day. One query."""
    days = charts.last_days()
    values = published_per_day(days)
    total, most = sum(values), max(values)
    label = ngettext("%(n)d article published in 14 days.", "%(n)d articles published in 14 days.", total) % {
        "n": total
    }
    if total:
        label += " " + _("Most on %(day)s: %(most)d. Today: %(today)d.") % {
            "day": charts.day_name(days[values.index(most)]),
            "most": most,
            "today": values[-1],
        }
    return charts.Chart(
        title=_("Published"),
        number=number_format(total, force_grouping=True),
        about=_("in 14 days"),
        url=url,
        label=label,
        series=[_("Published")],
        rows=[(day, [str(value)]) for day, value in zip(days, values, strict=True)],
        bars=charts.stacked([values]),
    )


def readings_chart(url: str, *, article: Article | None = None) -> charts.Chart:
    """Page views per day, of one article or of all. One query."""
    days = charts.last_days()
    values = page_views.per_day(days, article=article)
    total = sum(values)
    label = ngettext("%(n)d page view in 14 days.", "%(n)d page views in 14 days.", total) % {"n": total}
    if total:
        label += " " + _("Most on %(day)s: %(most)d. Today: %(today)d.") % {
            "day": charts.day_name(days[values.index(max(values))]),
            "most": max(values),
            "today": values[-1],
        }
    return charts.Chart(
        title=_("Page views"),
        number=number_format(total, force_grouping=True),
        about=_("in 14 days"),
        url=url,
        label=label,
        series=[_("Page views")],
        rows=[(day, [str(value)]) for day, value in zip(days, values, strict=True)],
        bars=charts.stacked([values]),
    )


def review_chart(url: str) -> charts.Chart:
    """The median time in review, day by day. One query."""
    days = charts.last_days()
    values = review_medians(days)
    known = [(day, value) for day, value in zip(days, values, strict=True) if value is not None]
    lines, dot = charts.polyline(values)
    about, number, label = _("no review ended in 14 days"), "–", _("No review ended in 14 days.")
    if known:
        day, last = known[-1]
        number = charts.duration(last)
        when: Any = {"day": charts.day_name(day)}
        about = _("median today") if day == days[-1] else _("median on %(day)s") % when
        label = _("Median time in review: %(last)s on %(day)s; in 14 days between %(least)s and %(most)s.") % {
            **when,
            "last": number,
            "least": charts.duration(min(value for _day, value in known)),
            "most": charts.duration(max(value for _day, value in known)),
        }
    words = [charts.duration(value) if value is not None else "–" for value in values]
    return charts.Chart(
        title=_("Time in review"),
        number=number,
        about=about,
        url=url,
        label=label,
        series=[_("Median")],
        rows=[(day, [word]) for day, word in zip(days, words, strict=True)],
        lines=lines,
        dot=dot,
    )
