"""The home page: what editors placed, the rest filled with the newest; no story twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from articles.models import Article, FrontPageSlot, Genre, Section
from articles.querysets import ArticleQuerySet, public_condition

LATEST = 9
SECONDARY = 3
STRIP = {"a": 5, "b": 4}
LEAST = 3  # fewer stories make no strip
OPINION = 4


@dataclass
class Strip:
    """One section's strip. ``layout`` "a": one big, two columns; "b": four cards."""

    section: Section
    layout: str
    articles: list[Article]


@dataclass
class FrontPage:
    """Everything on a home page. Each story stands once; ``most_commented`` and ``urgent`` are exempt.

    ``urgent`` is the newest story that is covered live, else the newest flash.
    """

    lead: Article | None = None
    lead_links: list[Article] = field(default_factory=list)
    secondary: list[Article] = field(default_factory=list)
    latest: list[Article] = field(default_factory=list)
    strips: list[Strip] = field(default_factory=list)
    opinion: list[Article] = field(default_factory=list)
    most_commented: list[Article] = field(default_factory=list)
    urgent: Article | None = None


class _Placed:
    """Hands out stories that have no place yet."""

    def __init__(self) -> None:
        self.ids: set[int] = set()

    def take(self, articles: Iterable[Article], most: int) -> list[Article]:
        taken: list[Article] = []
        for article in articles:
            if len(taken) == most:
                break
            if article.pk not in self.ids:
                self.ids.add(article.pk)
                taken.append(article)
        return taken


def compose(*, language: str, sections: list[Section], at: datetime) -> FrontPage:
    """The home page of ``language`` as it is at ``at``. Five queries, whatever the number of articles and sections."""
    public = Article.objects.public(at).in_language(language).for_listing()
    slots = _slots(language, at)
    newest = list(public.newest_first()[:60])
    strips = list(_strip_candidates(public, sections, newest))
    placed = _Placed()
    front = FrontPage(most_commented=list(public.most_commented(at=at)[:5]))
    urgent = sorted((a for a in newest if a.is_urgent), key=lambda a: not a.is_live_now)
    front.urgent = next(iter(urgent), None)
    with_photo = sorted(newest, key=lambda a: a.lead_photo is None)  # stable: newest first within each half
    front.lead = next(iter(placed.take([*slots.get("lead", []), *with_photo], 1)), None)
    front.lead_links = placed.take(slots.get("links", []), 3)
    front.secondary = placed.take(
        [*slots.get("secondary", []), *(a for a in with_photo if not a.is_opinion)], SECONDARY
    )
    front.opinion = placed.take([a for a in newest if a.is_opinion], OPINION)
    front.latest = placed.take([a for a in newest if not a.is_opinion], LATEST)
    for section, candidates in strips:
        layout = "a" if len(front.strips) % 2 == 0 else "b"
        strip = _strip(section, layout, [story for story in candidates if story.pk not in placed.ids])
        if strip:
            placed.take(strip.articles, len(strip.articles))
            front.strips.append(strip)
    return front


def _strip(section: Section, layout: str, free: list[Article]) -> Strip | None:
    """A strip of ``free`` stories, the one with a picture first where one is big; None if there are too few."""
    if len(free) < LEAST:
        return None
    if len(free) < STRIP["a"]:
        layout = "b"
    articles = free[: STRIP[layout]]
    if layout == "a":
        articles.sort(key=lambda story: story.lead_photo is None)  # stable: else the newest stays first
    return Strip(section, layout, articles)


def _slots(language: str, at: datetime) -> dict[str, list[Article]]:
    """Placed articles that are public, by kind of place."""
    rows = (
        FrontPageSlot.objects.filter(public_condition(at, "article__"), language=language)
        .select_related("article__section", "article__lead_photo")
        .defer("article__body")
        .order_by("position")
    )
    found: dict[str, list[Article]] = {}
    for row in rows:
        kind = "lead" if row.position == 1 else "secondary" if row.position <= 1 + SECONDARY else "links"
        found.setdefault(kind, []).append(row.article)
    return found


def _strip_candidates(
    public: ArticleQuerySet, sections: list[Section], newest: list[Article]
) -> Iterator[tuple[Section, list[Article]]]:
    """For each section its newest stories, enough to fill a strip after others took theirs. One query for all sections."""
    enough = STRIP["a"] + LATEST + SECONDARY + 1
    ids = {section.pk: _ids_below(section) for section in sections}
    arms = [
        Article.objects.filter(
            pk__in=public.filter(section_id__in=below).exclude(genre=Genre.OPINION).newest_first().values("pk")[:enough]
        )
        .order_by()
        .values("pk")
        for below in ids.values()
    ]
    if not arms:
        return
    found = sorted(public.filter(pk__in=arms[0].union(*arms[1:])), key=lambda a: (a.published_at, a.pk), reverse=True)
    for section in sections:
        yield section, [article for article in found if article.section_id in ids[section.pk]]


def _ids_below(section: Section) -> set[int]:
    return {section.pk}.union(*(_ids_below(child) for child in section.subsections))  # type: ignore[attr-defined]
