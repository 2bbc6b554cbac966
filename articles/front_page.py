"""The home page: what editors placed, the rest filled with the newest; no story twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from articles import front_pages
from articles.front_rows import MOST_COMMENTED, OPINION, STRIP, WATCH, Arrangement, Block, Row, in_order, standing
from articles.models import Article, Genre, Section, TaggedArticle
from articles.querysets import ArticleQuerySet

LATEST = 9
SECONDARY = 3
STRIP_STORIES = {"a": 7, "b": 4}
LEAST_A = 5  # fewer stories fill no two columns beside the big one
TAKEN = 12  # galleries and recordings that places above the band may have taken
LEAST = 3  # fewer stories make no strip
OPINIONS = 4


@dataclass
class Strip:
    """One section's strip. ``layout`` "a": one big, two columns; "b": up to four cards, those with a picture first."""

    section: Section
    layout: str
    articles: list[Article]


@dataclass
class Part:
    """One thing below the top of a home page, in its place: a strip or one of the bands. ``block`` says what it is."""

    block: Block
    strip: Strip | None = None


@dataclass
class FrontPage:
    """Everything on a home page. Each story stands once; only ``most_commented`` is exempt.

    ``urgent`` is the newest story that is covered live, else the newest flash, unless an editor placed it. ``standing`` is what stands at each place of
    the top. ``parts`` are in the editors' order; one that is not shown, or has too little to show, is not among them.
    """

    lead: Article | None = None
    lead_links: list[Article] = field(default_factory=list)
    secondary: list[Article] = field(default_factory=list)
    latest: list[Article] = field(default_factory=list)
    opinion: list[Article] = field(default_factory=list)
    most_commented: list[Article] = field(default_factory=list)
    to_watch: list[Article] = field(default_factory=list)
    urgent: Article | None = None
    parts: list[Part] = field(default_factory=list)
    standing: dict[int, Article] = field(default_factory=dict)

    @property
    def strips(self) -> list[Strip]:
        return [part.strip for part in self.parts if part.strip]


class Placed:
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
    *,
    language: str,
    sections: list[Section],
    at: datetime,
    arrangement: Arrangement | None = None,
    in_band: int = 0,
) -> FrontPage:
    """The home page of ``language`` as it is at ``at``. Eight queries at most, whatever the number of articles and sections.

    ``arrangement``: another than the one that stands at ``at``, as a version or a preview has it. ``in_band``: how many
    galleries and recordings the watch-and-listen band has room for.
    """
    wanted = front_pages.in_force(at, language=language) if arrangement is None else arrangement
    public = Article.objects.public(at).in_language(language).for_listing()
    rows = standing(wanted.rows, at)
    newest = list(public.newest_first()[:60])
    found, below = _candidates(public, sections, rows)
    placed = Placed()
    front = FrontPage(most_commented=list(public.most_commented(at=at)[:5]))
    front.standing = at_places(rows, placed_by_hand(public, rows), ruled(rows, found, below), placed)
    urgent = sorted((a for a in newest if a.is_urgent), key=lambda a: not a.is_live_now)
    front.urgent = next(iter(placed.take(urgent, 1)), None)
    _fill_top(front, newest, placed)
    blocks = [block for block in in_order(wanted.blocks, [section.pk for section in sections]) if block.is_shown]
    if any(block.kind == OPINION for block in blocks):
        front.opinion = placed.take([a for a in newest if a.is_opinion], OPINIONS)
    front.latest = placed.take([a for a in newest if not a.is_opinion], LATEST)
    watched = public.filter(Q(genre=Genre.GALLERY) | ~Q(playing_time=""), lead_photo__isnull=False).newest_first()
    front.to_watch = list(watched[: in_band + TAKEN]) if in_band else []
    by_id = {section.pk: section for section in sections}
    front.parts = _parts(front, blocks, by_id, (found, below), placed, in_band=in_band)
    return front


def _fill_top(front: FrontPage, newest: list[Article], placed: Placed) -> None:
    """The lead, what stands beside it and under it: what was placed, and the newest where nothing was."""
    by_photo = sorted(newest, key=lambda a: a.lead_photo is None)  # stable: newest first within each half
    fillers = [a for a in by_photo if not a.is_opinion]
    for position in (1, *range(2, 2 + SECONDARY)):
        if position not in front.standing:
            for story in placed.take(by_photo if position == 1 else fillers, 1):
                front.standing[position] = story
    there = front.standing
    if 1 not in there and front.urgent is not None:  # the site's only story leads
        there[1], front.urgent = front.urgent, None
    front.lead = there.get(1)
    front.secondary = [there[n] for n in range(2, 2 + SECONDARY) if n in there]
    front.lead_links = [there[n] for n in sorted(there) if n >= 2 + SECONDARY]


def _parts(
    front: FrontPage,
    blocks: list[Block],
    sections: dict[int, Section],
    candidates: tuple[list[Article], dict[int, set[int]]],
    placed: Placed,
    *,
    in_band: int,
) -> list[Part]:
    """What stands below the top. The first place wins, so what the band shows is what no part above it took."""
    (found, below), offered = candidates, front.to_watch
    parts: list[Part] = []
    front.to_watch, strips = [], 0
    for block in blocks:
        if block.kind == STRIP and block.section is not None:
            ids = below[block.section]
            free = [a for a in found if a.section_id in ids and a.pk not in placed.ids and not a.is_opinion]
            strip = _strip(sections[block.section], "a" if strips % 2 == 0 else "b", free)
            if strip:
                placed.take(strip.articles, len(strip.articles))
                parts.append(Part(block, strip))
                strips += 1
        elif block.kind == WATCH:
            front.to_watch = placed.take(offered, in_band)
            parts.append(Part(block))
        elif {OPINION: front.opinion, MOST_COMMENTED: front.most_commented}.get(block.kind):
            parts.append(Part(block))
    return parts


def _strip(section: Section, layout: str, free: list[Article]) -> Strip | None:
    """A strip of ``free`` stories, the one with a picture first where one is big; None if there are too few."""
    if len(free) < LEAST:
        return None
    if len(free) < LEAST_A:
        layout = "b"
    articles = free[: STRIP_STORIES[layout]]
    if layout == "a":
        return Strip(section, layout, arranged(articles))
    return Strip(section, layout, sorted(articles, key=lambda a: a.lead_photo is None))  # stable: words come last


def columns(stories: list[Article]) -> list[list[Article]]:
    """What stands beside the first of ``stories``, in up to two columns of which the first is never the shorter one."""
    half = 1 + len(stories) // 2
    return [column for column in (stories[1:half], stories[half:]) if column]


def pictured_places(number: int) -> set[int]:
    """Which places of ``number``, counted from 0, show a picture: the big one and the first of each column."""
    return {0, 1, 1 + number // 2} & set(range(number))


def arranged(stories: list[Article]) -> list[Article]:
    """``stories`` of a strip "a", those with a picture at its places for one; else the newest stays first."""
    pictured = iter([story for story in stories if story.lead_photo is not None])
    placed: dict[int, Article] = dict(zip(sorted(pictured_places(len(stories))), pictured, strict=False))
    left = iter([story for story in stories if story not in placed.values()])
    return [placed.get(place) or next(left) for place in range(len(stories))]


# --- Places -----------------------------------------------------------------------------------------------------------


def placed_by_hand(public: ArticleQuerySet, rows: list[Row]) -> dict[int, Article]:
    """The stories of ``rows`` that are public, by id. One query, none without rows of stories."""
    ids = [row.article for row in rows if row.article]
    return {article.pk: article for article in public.filter(pk__in=ids)} if ids else {}


def ruled(rows: list[Row], found: list[Article], below: dict[int, set[int]]) -> dict[Row, list[Article]]:
    """For each of ``rows`` that is a rule, the stories of ``found`` that it offers, newest first. One query if topics rule."""
    topics = [row.rule_topic for row in rows if row.rule_topic]
    tagged: dict[int, set[int]] = {topic: set() for topic in topics}
    if topics:
        pairs = TaggedArticle.objects.filter(tag__in=topics, content_object__in=[a.pk for a in found])
        for tag, article in pairs.values_list("tag", "content_object"):
            tagged[tag].add(article)
    offered = {row: [a for a in found if a.section_id in below[row.rule_section]] for row in rows if row.rule_section}
    return offered | {row: [a for a in found if a.pk in tagged[row.rule_topic]] for row in rows if row.rule_topic}


def at_places(
    rows: list[Row], stories: dict[int, Article], offers: dict[Row, list[Article]], placed: Placed
) -> dict[int, Article]:
    """What stands at the arranged places. A row whose story is not public leaves its place to the next."""
    found: dict[int, Article] = {}
    chosen = [row for row in rows if row.article]
    for row in [*chosen, *(row for row in rows if not row.article)]:  # a rule takes no story that has its own place
        offered = offers.get(row, [])
        if row.article:
            offered = [stories[row.article]] if row.article in stories else []
        if row.position in found:
            continue
        taken = (offered[:1] if row.may_repeat else []) or placed.take(offered, 1)
        if taken:
            placed.ids.add(taken[0].pk)
            found[row.position] = taken[0]
    return found


def _candidates(
    public: ArticleQuerySet, sections: list[Section], rows: list[Row]
) -> tuple[list[Article], dict[int, set[int]]]:
    """The newest stories of each section and each rule, enough to fill its strip after others took theirs, and the ids of
    the sections below each. One query for all."""
    enough = STRIP_STORIES["a"] + LATEST + SECONDARY + 1
    known = {section.pk: section for root in sections for section in _tree(root)}
    below = {section.pk: _ids_below(section) for section in sections}
    return newest_of(public, below, rows, known=known, enough=enough), below


def newest_of(
    public: ArticleQuerySet,
    below: dict[int, set[int]],
    rows: list[Row],
    *,
    known: dict[int, Section],
    enough: int,
) -> list[Article]:
    """The ``enough`` newest of each section of ``below``, opinion apart, and of each rule of ``rows``, newest first; ``below``
    holds the rules' sections too afterwards (one that is not ``known`` counts without what lies beneath). One query."""
    wanted = [public.filter(section_id__in=ids).exclude(genre=Genre.OPINION) for ids in below.values()]
    for pk in {row.rule_section for row in rows if row.rule_section}:
        below.setdefault(pk, _ids_below(known[pk]) if pk in known else {pk})
        wanted.append(public.filter(section_id__in=below[pk]))
    wanted += [public.filter(tagged__tag=topic) for topic in {row.rule_topic for row in rows if row.rule_topic}]
    if not wanted:
        return []
    arms = [
        Article.objects.filter(pk__in=each.newest_first().values("pk")[:enough]).order_by().values("pk")
        for each in wanted
    ]
    found = public.filter(pk__in=arms[0].union(*arms[1:]) if len(arms) > 1 else arms[0])
    return sorted(found, key=lambda a: (a.published_at, a.pk), reverse=True)


def _tree(section: Section) -> list[Section]:
    return [section, *(each for child in section.subsections for each in _tree(child))]  # type: ignore[attr-defined]  # by the frame


def _ids_below(section: Section) -> set[int]:
    return {each.pk for each in _tree(section)}
