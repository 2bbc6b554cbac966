"""The figures of a month as everybody may read them: a number so small that it could point to a person is not told.

Nor can it be worked out: where a part is too small, the whole says only what it is at least; and numbers that add up to
another one on the page, as what moderators decided to what was held, are told together where one of them is too small.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from comments.figures import Month
from comments.models import Event, Rejection
from comments.phase_names import PHASE_NAMES

if TYPE_CHECKING:
    from datetime import date

    from django.utils.functional import _StrPromise

FEWEST = 5  # what is less, but not nothing, is "fewer than 5"
_CAME = (Event.PUBLISHED, Event.HELD, Event.TURNED_DOWN, Event.JUNK)
# What adds up to another number, in the order in which it joins one that is too small: the same whatever the numbers are.
_OF_HELD = (Event.REJECT, Event.SPAM, Event.APPROVE)
_OF_APPEALS = (Event.GRANT, Event.DISMISS)
_TOGETHER = {
    frozenset({Event.APPROVE, Event.REJECT}): _("Approved or rejected by a moderator"),
    frozenset({Event.APPROVE, Event.SPAM}): _("Approved or marked as spam by a moderator"),
    frozenset({Event.REJECT, Event.SPAM}): _("Rejected or marked as spam by a moderator"),
    frozenset(_OF_HELD): _("Approved, rejected or marked as spam by a moderator"),
    frozenset(_OF_APPEALS): _("Appeals granted or dismissed"),
}
Part = tuple["str | _StrPromise", int]


@dataclass(frozen=True)
class Line:
    """A number with its name, and what it is made of; None for a number that is too small to tell."""

    label: str | _StrPromise
    number: int | None
    parts: list[Part] = field(default_factory=list)


@dataclass(frozen=True)
class PublicMonth:
    """A month. ``received`` is at least that many if ``is_least``, and exact else."""

    begins: date
    received: int
    is_least: bool
    came: list[Line]
    decided: list[Line]
    appeals: list[Line]


def shown(month: Month) -> PublicMonth:
    """What of ``month`` may be told. No query."""
    came = [_line(month, event) for event in _CAME]
    told = sum(line.number or 0 for line in came)
    return PublicMonth(
        begins=month.begins,
        received=told,
        is_least=any(line.number is None for line in came),
        came=came,
        decided=[*_tied(month, (Event.APPROVE, Event.REJECT, Event.SPAM), _OF_HELD), _line(month, Event.REMOVE)],
        appeals=[_line(month, Event.APPEAL), *_tied(month, _OF_APPEALS, _OF_APPEALS)],
    )


def _tied(month: Month, events: tuple[Event, ...], joining: tuple[Event, ...]) -> list[Line]:
    """Lines of ``events`` whose sum may be known: who subtracts some from it learns no other that is too small.

    Those go into one line with each other, and with the first of ``joining`` where they alone would be too small still, or
    as large as so many small ones can be.
    """
    numbers = {event: month.totals.get(event, 0) for event in events}
    joined = {event for event in events if 0 < numbers[event] < FEWEST}
    for event in joining if joined else ():
        if len(joined) > 1 and FEWEST <= sum(numbers[each] for each in joined) != (FEWEST - 1) * len(joined):
            break
        if numbers[event] >= FEWEST:
            joined.add(event)
    together = sum(numbers[each] for each in joined)
    if together < FEWEST:
        return [_line(month, event) for event in events]
    line = Line(_TOGETHER[frozenset(joined)], together)
    first = next(event for event in events if event in joined)
    return [
        line if event == first else _line(month, event) for event in events if event == first or event not in joined
    ]


def _line(month: Month, event: Event) -> Line:
    number = month.totals.get(event, 0)
    if 0 < number < FEWEST:
        return Line(event.label, None)
    named: Counter[str | _StrPromise] = Counter()
    for rule, n in month.rules.get(event, ()):
        named[_name(event, rule)] += n
    return Line(event.label, number, _parts(named.most_common()))


def _parts(parts: list[Part]) -> list[Part]:
    """``parts``, the largest first, with those that are small or have no name in one line that is not small; none if
    nothing is left to tell apart."""
    large = [part for part in parts if part[0] and part[1] >= FEWEST]
    if len(large) == len(parts):
        return parts
    rest = sum(number for _name, number in parts) - sum(number for _name, number in large)
    while large and rest < FEWEST:
        rest += large.pop()[1]
    return [*large, (_("Everything else"), rest)] if large else []


def _name(event: Event, rule: str) -> str | _StrPromise:
    """A phase or a reason in words; nothing for what needs none."""
    if event == Event.REJECT:
        return Rejection(rule).label if rule in Rejection.values else Rejection.OTHER.label
    return PHASE_NAMES.get(rule, "") if event in {Event.HELD, Event.TURNED_DOWN, Event.JUNK} else ""
