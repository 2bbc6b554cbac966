"""The search page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from articles.models import Genre, Section
from articles.moments import moment_of
from articles.search.finding import MAX_PAGE, PAGE, Filters, Hit, Order, Results, When, find
from articles.search.query import MAX_CHARACTERS, parse
from articles.search.suggesting import suggestion
from newsroom.frame import for_request
from newsroom.public_page import public_page
from newsroom.text import clean_line


@dataclass(frozen=True)
class Page:
    """One page of hits; the addresses are query strings or empty."""

    hits: list[Hit]
    number: int
    first_index: int
    last_index: int
    previous_url: str
    next_url: str


@dataclass(frozen=True)
class Chip:
    """A filter that is on, and the query string without it."""

    label: str
    url: str


@public_page
def search(request: HttpRequest) -> HttpResponse:
    """Searches what is public: ``?q=``, ``order``, ``section`` and ``kind`` (repeatable), ``when``, ``page``.

    Template: search/search.html, context: query, page (hits: article, headline_html, excerpt_html), results, total,
    order, other_order_url, filters, chips, whens, note (a sentence if nothing could be searched for),
    suggested (other words that would find something, if these found nothing). Three queries, five with a suggestion.
    """
    typed = request.GET.get("q", "")
    query = clean_line(typed[: MAX_CHARACTERS + 100])[:MAX_CHARACTERS]
    sections = for_request(request).sections
    filters, order, number = _filters(request.GET, sections), _order(request.GET), _number(request.GET.get("page", "1"))
    results = find(query, sections=sections, filters=filters, order=order, page=number)
    if number > 1 and not results.hits:
        raise Http404
    other = Order.NEWEST if order == Order.BEST else Order.BEST
    context = {
        "query": query,
        "page": _page(request.GET, results, number),
        "results": results,
        "total": results.total,
        "order": order,
        "other_order": other,
        "other_order_url": _url(request.GET, order="" if other == Order.BEST else other.value, page=""),
        "filters": filters,
        "chips": _chips(request.GET, filters),
        "whens": [(when.value, when.label, when == filters.when) for when in When],
        "note": _note(typed, query),
        "suggested": _suggested(query, results, filters, sections, moment_of(request)),
    }
    response = render(request, "search/search.html", context)
    response.headers["X-Robots-Tag"] = "noindex, follow"
    return response


def _suggested(query: str, results: Results, filters: Filters, sections: list[Section], at: datetime) -> str:
    """Words near ``query`` that find something. Empty if it found something itself, or filters hide what it would find."""
    if results.total or results.sections or filters.when or not parse(query):
        return ""
    better = suggestion(query, at=at)
    return better if better and find(better, sections=sections, at=at).total else ""


def _filters(given: QueryDict, sections: Iterable[Section]) -> Filters:
    """Unknown values are passed over: an old link still finds."""
    paths = {f"{path.strip('/')}/" for path in given.getlist("section")}
    kinds = set(given.getlist("kind"))
    when = given.get("when", "")
    return Filters(
        sections=tuple(section for section in sections if section.path in paths),
        kinds=tuple(kind for kind in Genre if kind.value in kinds),
        when=When(when) if when in When.values else None,
    )


def _order(given: QueryDict) -> Order:
    return Order.NEWEST if given.get("order") == Order.NEWEST else Order.BEST


def _number(text: str) -> int:
    """Raises Http404 for what is no page of ours."""
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= MAX_PAGE):
        raise Http404
    return int(text)


def _page(given: QueryDict, results: Results, number: int) -> Page:
    first = (number - 1) * PAGE + 1
    last = first + len(results.hits) - 1
    more = last < results.total and number < MAX_PAGE and results.hits
    return Page(
        hits=results.hits,
        number=number,
        first_index=first,
        last_index=last,
        previous_url=_url(given, page="" if number == 2 else str(number - 1)) if number > 1 else "",
        next_url=_url(given, page=str(number + 1)) if more else "",
    )


def _chips(given: QueryDict, filters: Filters) -> list[Chip]:
    chips = [
        Chip(section.name, _url(given, without=("section", section.path.rstrip("/")), page=""))
        for section in filters.sections
    ]
    chips += [Chip(str(kind.label), _url(given, without=("kind", kind.value), page="")) for kind in filters.kinds]
    if filters.when:
        chips.append(Chip(str(filters.when.label), _url(given, when="", page="")))
    return chips


def _url(given: QueryDict, *, without: tuple[str, str] | None = None, **changes: str) -> str:
    """The query string of this page with ``changes`` (empty: left out) and without one value of a repeatable filter."""
    known: list[tuple[str, Any]] = []
    for name in ("q", "lang", "order", "section", "kind", "when", "page"):
        values = [changes[name]] if name in changes else given.getlist(name)[:20]
        known += [
            (name, value[:MAX_CHARACTERS])
            for value in values
            if value and not (without and name == without[0] and value.strip("/") == without[1])
        ]
    return f"?{urlencode(known)}"


def _note(typed: str, query: str) -> str:
    """What the reader should know about their words, if anything."""
    if typed.strip() and not parse(query):
        return _("Type a word to search for: letters or numbers.")
    if len(typed) > MAX_CHARACTERS:
        return _("That was long. Only the first %(count)s characters were searched for.") % {"count": MAX_CHARACTERS}
    return ""
