"""The home page: what editors placed, the rest filled with the newest; no story twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from articles.models import Article, FrontPageSlot, Genre, Section
from articles.querysets import ArticleQuerySet

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

    @property
    def stories(self) -> list[Article]:
        """Every story that has its place, the exempt ones left out."""
        strips = [article for strip in self.strips for article in strip.articles]
        found = [self.lead, *self.lead_links, *self.secondary, *self.latest, *self.opinion, *strips]
        return [article for article in found if article]


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


def compose(
    *, language: str, sections: list[Section], at: datetime, slots: list[FrontPageSlot] | None = None
) -> FrontPage:
    """The home page of ``language`` as it is at ``at``. Six queries at most, whatever the number of articles and sections.

    ``slots``: other places than those arranged now, as a version or a preview has them.
    """
    public = Article.objects.public(at).in_language(language).for_listing()
    rows = _standing(list(FrontPageSlot.objects.filter(language=language)) if slots is None else slots, at)
    stories = {a.pk: a for a in public.filter(pk__in=[row.article_id for row in rows])} if rows else {}
    newest = list(public.newest_first()[:60])
    ruled = [row.rule_section_id for row in rows if row.rule_section_id]
    found, below = _candidates(public, sections, ruled)
    placed = _Placed()
    front = FrontPage(most_commented=list(public.most_commented(at=at)[:5]))
    urgent = sorted((a for a in newest if a.is_urgent), key=lambda a: not a.is_live_now)
    front.urgent = next(iter(urgent), None)
    fixed = _fixed(rows, stories, {pk: [a for a in found if a.section_id in below[pk]] for pk in ruled}, placed)
    with_photo = sorted(newest, key=lambda a: a.lead_photo is None)  # stable: newest first within each half
    front.lead = next(iter([*fixed.get("lead", []), *placed.take(with_photo, 0 if "lead" in fixed else 1)]), None)
    front.lead_links = fixed.get("links", [])
    secondary = fixed.get("secondary", [])
    fillers = (a for a in with_photo if not a.is_opinion)
    front.secondary = [*secondary, *placed.take(fillers, SECONDARY - len(secondary))]
    front.opinion = placed.take([a for a in newest if a.is_opinion], OPINION)
    front.latest = placed.take([a for a in newest if not a.is_opinion], LATEST)
    for section in sections:
        layout = "a" if len(front.strips) % 2 == 0 else "b"
        free = [a for a in found if a.section_id in below[section.pk] and a.pk not in placed.ids and not a.is_opinion]
        strip = _strip(section, layout, free)
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
        articles = arranged(articles)
    return Strip(section, layout, articles)


def arranged(stories: list[Article]) -> list[Article]:
    """``stories`` of a strip "a", those with a picture at its three places for one; else the newest stays first."""
    pictured = iter([story for story in stories if story.lead_photo is not None])
    places = [place for place in (0, 1, 3) if place < len(stories)]
    placed: dict[int, Article] = dict(zip(places, pictured, strict=False))
    left = iter([story for story in stories if story not in placed.values()])
    return [placed.get(place) or next(left) for place in range(len(stories))]


def _standing(slots: list[FrontPageSlot], at: datetime) -> list[FrontPageSlot]:
    """The rows that stand at ``at``, by place; of one place's the one that started last comes first."""
    there = [s for s in slots if (s.starts_at is None or s.starts_at <= at) and (s.ends_at is None or s.ends_at > at)]
    there.sort(key=lambda s: (s.starts_at is not None, s.starts_at, s.pk or 0), reverse=True)
    return sorted(there, key=lambda s: s.position)


def _fixed(
    rows: list[FrontPageSlot], stories: dict[int, Article], ruled: dict[int, list[Article]], placed: _Placed
) -> dict[str, list[Article]]:
    """What stands at the arranged places, by kind of place. A row whose story is not public leaves its place to the next."""
    found: dict[str, list[Article]] = {}
    done: set[int] = set()
    chosen = [row for row in rows if row.article_id]
    for row in [*chosen, *(row for row in rows if not row.article_id)]:  # a rule takes no story that has its own place
        offered = ruled.get(row.rule_section_id or 0, [])
        if row.article_id:
            offered = [stories[row.article_id]] if row.article_id in stories else []
        if row.position in done:
            continue
        taken = (offered[:1] if row.may_repeat else []) or placed.take(offered, 1)
        if taken:
            placed.ids.add(taken[0].pk)
            done.add(row.position)
            found.setdefault(str(row.position), taken)
    kinds = {"lead": (1,), "secondary": range(2, 2 + SECONDARY), "links": range(2 + SECONDARY, 8)}
    standing = {kind: [a for n in places for a in found.get(str(n), [])] for kind, places in kinds.items()}
    return {kind: articles for kind, articles in standing.items() if articles}


def _candidates(
    public: ArticleQuerySet, sections: list[Section], ruled: list[int]
) -> tuple[list[Article], dict[int, set[int]]]:
    """The newest stories of each section, enough to fill its strip after others took theirs, and the ids of the sections
    below each. One query for all; a section of a rule that is not among ``sections`` counts without what lies below."""
    enough = STRIP["a"] + LATEST + SECONDARY + 1
    below = {section.pk: _ids_below(section) for section in sections}
    below |= {pk: {pk} for pk in ruled if pk not in below}
    arms = []
    for pk, ids in below.items():
        of_section = public.filter(section_id__in=ids)
        for wanted in [of_section.exclude(genre=Genre.OPINION), *([of_section] if pk in ruled else [])]:
            newest = wanted.newest_first().values("pk")[:enough]
            arms.append(Article.objects.filter(pk__in=newest).order_by().values("pk"))
    if not arms:
        return [], below
    found = public.filter(pk__in=arms[0].union(*arms[1:]) if len(arms) > 1 else arms[0])
    return sorted(found, key=lambda a: (a.published_at, a.pk), reverse=True), below


def _ids_below(section: Section) -> set[int]:
    return {section.pk}.union(*(_ids_below(child) for child in section.subsections))  # type: ignore[attr-defined]
