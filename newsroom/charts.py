"""Small charts of the last days for the desk: which days they cover, how rows are counted by day, where bars and lines lie.

The drawing is 280 by 88 units, stretched to its panel; words stand beside it, so that they keep their size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Case, IntegerField, Value, When
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

DAYS = 14
WIDTH, HEIGHT = 280, 88


def last_days(now: datetime | None = None, number: int = DAYS) -> list[date]:
    """The last ``number`` days of the site's zone, today last."""
    today = timezone.localdate(now)
    return [today - timedelta(days=back) for back in range(number - 1, -1, -1)]


def begins(day: date) -> datetime:
    """The moment at which ``day`` begins in the site's zone, also on the days when the clock changes."""
    return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())


def day_index(name: str, days: Sequence[date]) -> Case:
    """The place in ``days`` of the moment in the column ``name``, to group by; earlier ones than the first are 0."""
    ends = [When(**{f"{name}__lt": begins(day + timedelta(days=1))}, then=Value(n)) for n, day in enumerate(days)]
    return Case(*ends, default=Value(len(days) - 1), output_field=IntegerField())


@dataclass(frozen=True)
class Bar:
    """One rectangle of the drawing, of the series with this number."""

    series: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Chart:
    """What admin/_chart.html draws. ``rows`` are the table's: a day and a word for each series."""

    title: str
    number: str
    about: str
    url: str
    label: str
    series: Sequence[str]
    rows: Sequence[tuple[date, Sequence[str]]]
    bars: Sequence[Bar] = ()
    lines: Sequence[str] = ()
    dot: tuple[float, float] | None = None
    grid: Sequence[float] = field(default=(1, HEIGHT / 2, HEIGHT - 1))

    @property
    def first(self) -> date:
        return self.rows[0][0]


def stacked(series: Sequence[Sequence[int]]) -> list[Bar]:
    """A column for each day, the series on top of each other, the first one at the foot."""
    totals = [sum(values) for values in zip(*series, strict=True)]
    most, step = max([*totals, 1]), WIDTH / len(totals)
    bars = []
    for day in range(len(totals)):
        foot: float = HEIGHT - 1
        for number, values in enumerate(series):
            height = values[day] / most * (HEIGHT - 2)
            if values[day]:
                gap = 1 if number and foot < HEIGHT - 1 else 0  # a hair between two series
                tall = max(height - gap, 0.75)
                bars.append(
                    Bar(
                        number,
                        round(step * (day + 0.15), 2),
                        round(foot - gap - tall, 2),
                        round(step * 0.7, 2),
                        round(tall, 2),
                    )
                )
            foot -= height
    return bars


def polyline(values: Sequence[float | None]) -> tuple[list[str], tuple[float, float] | None]:
    """The points of each unbroken run of ``values``, and the place of the last value; days without one leave a gap."""
    most, step = max([value for value in values if value is not None] or [0]) or 1, WIDTH / len(values)
    places = [
        None if value is None else (round(step * (n + 0.5), 2), round(HEIGHT - 4 - value / most * (HEIGHT - 8), 2))
        for n, value in enumerate(values)
    ]
    runs: list[list[tuple[float, float]]] = [[]]
    for place in places:
        if place is not None:
            runs[-1].append(place)
        elif runs[-1]:
            runs.append([])
    drawn = [" ".join(f"{x},{y}" for x, y in (run * 2 if len(run) == 1 else run)) for run in runs if run]
    known = [place for place in places if place is not None]
    return drawn, known[-1] if known else None


def day_name(day: date) -> str:
    """ "2 November", in the reader's language."""
    return date_format(day, "j F")


def duration(seconds: float) -> str:
    """A span in hours and minutes: "35 min", "1 h 50", "26 h"."""
    minutes = round(seconds / 60)
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)d min") % {"minutes": minutes}
    if hours >= 10 or not rest:
        return _("%(hours)d h") % {"hours": hours}
    return _("%(hours)d h %(minutes)02d") % {"hours": hours, "minutes": rest}


def tallied(
    rows: Sequence[tuple[Any, int, int]], keys: Sequence[Sequence[Any]], days: Sequence[date]
) -> list[list[int]]:
    """Counts by day for each group of ``keys`` out of ``rows`` of key, day index and count."""
    found = [[0] * len(days) for _group in keys]
    for key, day, count in rows:
        for number, group in enumerate(keys):
            if key in group:
                found[number][day] += count
    return found
