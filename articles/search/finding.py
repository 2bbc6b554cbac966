"""Asks the index: only what is public at this moment, whatever the index holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, F, TextChoices
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.body import plain_text
from articles.models import Article, Genre, Section
from articles.models.search_entry import Relevance
from articles.search.highlight import excerpt, highlighted
from articles.search.query import Query, parse

if TYPE_CHECKING:
    from articles.querysets import ArticleQuerySet

PAGE = 10
MAX_PAGE = 100


class Order(TextChoices):
    BEST = "best", _("best match first")
    NEWEST = "newest", _("newest first")


class When(TextChoices):
    DAY = "day", _("Past day")
    WEEK = "week", _("Past week")
    MONTH = "month", _("Past month")
    YEAR = "year", _("Past year")


SPANS = {
    When.DAY: timedelta(days=1),
    When.WEEK: timedelta(days=7),
    When.MONTH: timedelta(days=31),
    When.YEAR: timedelta(days=366),
}


@dataclass(frozen=True)
class Filters:
    """What the results are narrowed to: sections (with all under them), kinds, a span of time. Empty: everything."""

    sections: tuple[Section, ...] = ()
    kinds: tuple[Genre, ...] = ()
    when: When | None = None


@dataclass(frozen=True)
class Hit:
    """One article found, with what matched in ``<mark>``."""

    article: Article
    headline_html: SafeString
    excerpt_html: SafeString


@dataclass(frozen=True)
class Option:
    """A filter that would leave ``count`` results."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Results:
    """One page of hits, how many there are in all, and what they could be narrowed to."""

    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    sections: list[Option] = field(default_factory=list)
    kinds: list[Option] = field(default_factory=list)


def find(
    text: str,
    *,
    sections: Iterable[Section],
    filters: Filters | None = None,
    order: Order = Order.BEST,
    page: int = 1,
    at: datetime | None = None,
) -> Results:
    """What ``text`` finds among the articles public at ``at``. ``sections`` are those of the frame.

    Two queries, none for a text without a word. Nothing that is typed raises.
    """
    query, filters, at = parse(text), filters or Filters(), at or timezone.now()
    if not query:
        return Results()
    sections = list(sections)
    matching = Article.objects.public(at).filter(search_entry__document__matches=query)
    if filters.when:
        matching = matching.filter(published_at__gte=at - SPANS[filters.when])
    below = {section.pk: {s.pk for s in sections if s.path.startswith(section.path)} for section in sections}
    chosen = {pk for section in filters.sections for pk in below.get(section.pk, ())}
    counts = _counts(matching)
    total = sum(
        count
        for (section, kind), count in counts.items()
        if (not chosen or section in chosen) and (not filters.kinds or kind in filters.kinds)
    )
    return Results(
        hits=_hits(_narrowed(matching, chosen, filters.kinds), query, order, page) if total else [],
        total=total,
        sections=_section_options(counts, sections, below, filters),
        kinds=_kind_options(counts, chosen, filters),
    )


def _counts(matching: ArticleQuerySet) -> Counter[tuple[int | None, str]]:
    """How many match in each section and kind. One query."""
    rows = matching.order_by().values_list("section_id", "genre").annotate(found=Count("pk"))
    return Counter({(section, kind): found for section, kind, found in rows})


def _narrowed(matching: ArticleQuerySet, sections: set[int], kinds: tuple[Genre, ...]) -> ArticleQuerySet:
    if sections:
        matching = matching.filter(section_id__in=sections)
    return matching.filter(genre__in=kinds) if kinds else matching


def _hits(matching: ArticleQuerySet, query: Query, order: Order, page: int) -> list[Hit]:
    """One page of hits. One query."""
    if order == Order.BEST:
        matching = matching.order_by(Relevance("search_entry__document", query), F("published_at").desc(), "-pk")
    else:
        matching = matching.newest_first()
    start = (page - 1) * PAGE
    rows = matching.for_listing().defer(None)[start : start + PAGE]
    terms = query.terms
    return [
        Hit(
            article=article,
            headline_html=highlighted(article.headline, terms),
            excerpt_html=excerpt(plain_text(article.body), terms) or highlighted(article.standfirst, terms),
        )
        for article in rows
    ]


def _section_options(
    counts: Counter[tuple[int | None, str]],
    sections: list[Section],
    below: dict[int, set[int]],
    filters: Filters,
) -> list[Option]:
    options = []
    for section in sections:
        found = sum(
            count
            for (pk, kind), count in counts.items()
            if pk in below[section.pk] and (not filters.kinds or kind in filters.kinds)
        )
        is_chosen = section in filters.sections
        if found or is_chosen:
            options.append(Option(section.path.rstrip("/"), section.name, found, is_chosen))
    return options


def _kind_options(counts: Counter[tuple[int | None, str]], chosen: set[int], filters: Filters) -> list[Option]:
    options = []
    for kind in Genre:
        found = sum(n for (pk, genre), n in counts.items() if genre == kind and (not chosen or pk in chosen))
        if found or kind in filters.kinds:
            options.append(Option(kind.value, str(kind.label), found, kind in filters.kinds))
    return options
