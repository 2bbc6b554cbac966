"""The comment rules and the figures of moderation, the same for everybody."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from articles.views.public import public_page
from comments import figures as counted
from comments.figures import Month
from comments.models import Event, Rejection, RulesText
from comments.phase_names import PHASE_NAMES
from newsroom.frame import for_request
from newsroom.languages import activate_for

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_CAME = (Event.PUBLISHED, Event.HELD, Event.TURNED_DOWN, Event.JUNK)
_DECIDED = (Event.APPROVE, Event.REJECT, Event.SPAM, Event.REMOVE)
_APPEALS = (Event.APPEAL, Event.GRANT, Event.DISMISS)


@dataclass(frozen=True)
class Line:
    """A number with its name, and what it is made of."""

    label: str | _StrPromise
    number: int
    parts: list[tuple[str | _StrPromise, int]] = field(default_factory=list)


@public_page
def rules(request: HttpRequest, language: str = "") -> HttpResponse:
    """What may be written under articles. Template: comments/rules.html, context: text ("" for the built-in words), numbers."""
    edition, elsewhere = _edition(request, language, "comment_rules:rules")
    if elsewhere is not None:
        return elsewhere
    text = RulesText.objects.filter(language=edition).values_list("text", flat=True).first() or ""
    numbers = for_request(request).comment_rules.numbers
    return render(request, "comments/rules.html", {"text": text, "numbers": numbers})


@public_page
def figures(request: HttpRequest, language: str = "") -> HttpResponse:
    """What came and what was decided in the last twelve months. Template: comments/figures.html, context: months, each a
    date, how many comments were received, and three lists of lines. Two queries, however many comments there are.
    """
    edition, elsewhere = _edition(request, language, "comment_rules:figures")
    if elsewhere is not None:
        return elsewhere
    months = counted.months_of(edition, today=timezone.localdate())
    shown = [
        {
            "begins": month.begins,
            "received": month.received,
            "came": _lines(month, _CAME),
            "decided": _lines(month, _DECIDED),
            "appeals": _lines(month, _APPEALS),
        }
        for month in months
    ]
    return render(request, "comments/figures.html", {"months": shown})


def _edition(request: HttpRequest, language: str, name: str) -> tuple[str, HttpResponse | None]:
    """The edition that is meant, switched to; the main one has one address only. Raises Http404 for one that is not there."""
    site = for_request(request).site
    if language and language == site.language:
        return language, HttpResponsePermanentRedirect(reverse(name))
    if language and language not in site.languages:
        raise Http404
    activate_for(request, language or site.language)
    return language or site.language, None


def _lines(month: Month, events: tuple[Event, ...]) -> list[Line]:
    return [
        Line(
            event.label, month.totals.get(event, 0), [(_name(event, rule), n) for rule, n in month.rules.get(event, [])]
        )
        for event in events
    ]


def _name(event: Event, rule: str) -> str | _StrPromise:
    """A phase or a reason in words; nothing for what needs none."""
    if event == Event.REJECT:
        return Rejection(rule).label if rule in Rejection.values else Rejection.OTHER.label
    return PHASE_NAMES.get(rule, "") if event in {Event.HELD, Event.TURNED_DOWN, Event.JUNK} else ""
