"""Counts what happens to comments, by month and edition, for everybody to read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Sum
from django.utils import timezone

from comments.models import Act, Comment, Event, ModerationAction, MonthlyFigure, Rejection, Status, Tally

BATCH = 2000
MONTHS = 12
_CAME = {
    Status.PUBLISHED: Event.PUBLISHED,
    Status.WAITING: Event.HELD,
    Status.REJECTED: Event.TURNED_DOWN,
    Status.SPAM: Event.JUNK,
}
_RECEIVED = (Event.PUBLISHED, Event.HELD, Event.TURNED_DOWN, Event.JUNK)
_ACTS = {act.value: Event(act.value) for act in (Act.APPROVE, Act.REJECT, Act.SPAM, Act.REMOVE, Act.GRANT, Act.DISMISS)}


@dataclass(frozen=True)
class Month:
    """The figures of one month: by event, and by event and rule, the largest first."""

    begins: date
    totals: dict[str, int] = field(default_factory=dict)
    rules: dict[str, list[tuple[str, int]]] = field(default_factory=dict)

    @property
    def received(self) -> int:
        return sum(self.totals.get(event, 0) for event in _RECEIVED)


def came(comment: Comment) -> None:
    """The comment, stored in this transaction, is counted with the phase that decided. One query."""
    event = _CAME.get(Status(comment.status))
    if event is not None:
        _add(comment.article.language, event, comment.phase, at=comment.created_at)


def acted(action: ModerationAction, comment: Comment, *, undone: ModerationAction | None = None) -> None:
    """What a moderator did in this transaction is counted; what ``undone`` did is counted no more. One query with
    the article loaded."""
    counted, change = (undone, -1) if undone is not None else (action, 1)
    event = _ACTS.get(counted.act)
    if event is None:
        return
    rule = counted.reason if counted.act == Act.REJECT and counted.reason in Rejection.values else ""
    _add(comment.article.language, event, rule, at=counted.at, change=change)


def appealed(comment: Comment) -> None:
    """An appeal made in this transaction is counted."""
    _add(comment.article.language, Event.APPEAL, "", at=timezone.now())


def _add(language: str, event: Event, rule: str, *, at: datetime, change: int = 1) -> None:
    Tally.objects.create(month=_month(at), language=language, event=event, rule=rule[:24], change=change)


def _month(at: datetime) -> date:
    return timezone.localtime(at).date().replace(day=1)


def fold() -> int:
    """Tallies are in their months' figures; how many were. Right when it runs twice at once or is stopped: a batch is one
    transaction that takes its rows with it."""
    folded = 0
    while True:
        done = _fold_batch()
        folded += done
        if done < BATCH:
            return folded


@transaction.atomic
def _fold_batch() -> int:
    skip = connection.features.has_select_for_update_skip_locked
    rows = list(Tally.objects.select_for_update(skip_locked=skip).order_by("pk")[:BATCH])
    sums: Counter[tuple[Any, ...]] = Counter()
    for row in rows:
        sums[row.language, row.month, row.event, row.rule] += row.change
    for key in sorted(sums):  # the same order for everybody: nobody waits for somebody who waits for them
        language, month, event, rule = key
        figure, _made = MonthlyFigure.objects.get_or_create(language=language, month=month, event=event, rule=rule)
        MonthlyFigure.objects.filter(pk=figure.pk).update(number=F("number") + sums[key])
    Tally.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def months_of(language: str, *, today: date) -> list[Month]:
    """The last twelve months of an edition, the newest first, those in which nothing happened left out. Two queries."""
    first = _months_before(today, MONTHS - 1)
    of_edition = {"language": language, "month__gte": first}
    kept = MonthlyFigure.objects.filter(**of_edition).values_list("month", "event", "rule", "number")
    fresh = (
        Tally.objects.filter(**of_edition)
        .order_by()
        .values_list("month", "event", "rule")
        .annotate(number=Sum("change"))
    )
    sums: dict[date, Counter[tuple[str, str]]] = {}
    for month, event, rule, number in [*kept, *fresh]:
        sums.setdefault(month, Counter())[event, rule] += number
    return [_month_of(month, sums[month]) for month in sorted(sums, reverse=True)]


def _months_before(day: date, count: int) -> date:
    index = day.year * 12 + day.month - 1 - count
    return date(index // 12, index % 12 + 1, 1)


def _month_of(begins: date, sums: Counter[tuple[str, str]]) -> Month:
    month = Month(begins)
    for (event, rule), number in sums.most_common():
        if number > 0:
            month.totals[event] = month.totals.get(event, 0) + number
            month.rules.setdefault(event, []).append((rule, number))
    return month
