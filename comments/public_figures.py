"""The figures of a month as everybody may read them: a number so small that it could point to a person is not told.

Nor can it be worked out: where a part is too small, the whole says only what it is at least.
"""

from __future__ import annotations

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
_DECIDED = (Event.APPROVE, Event.REJECT, Event.SPAM, Event.REMOVE)
_APPEALS = (Event.APPEAL, Event.GRANT, Event.DISMISS)
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
        decided=[_line(month, event) for event in _DECIDED],
        appeals=[_line(month, event) for event in _APPEALS],
    )


def _line(month: Month, event: Event) -> Line:
    number = month.totals.get(event, 0)
    if 0 < number < FEWEST:
        return Line(event.label, None)
    return Line(event.label, number, _parts([(_name(event, rule), n) for rule, n in month.rules.get(event, ())]))


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
