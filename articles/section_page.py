"""A section's front: its top stories as editors placed them, filled with the newest, and the list of all below."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from articles import front_pages
from articles.article_page import breadcrumb
from articles.front_page import Placed, at_places, newest_of, pictured_places, placed_by_hand, ruled
from articles.front_rows import SECTION_PLACES, Arrangement, standing
from articles.models import Article, Section
from articles.paging import page_of
from newsroom.frame import Frame

PAGE = 15


def section_context(
    request: HttpRequest, section: Section, *, frame: Frame, at: datetime, arrangement: Arrangement | None = None
) -> dict[str, Any]:
    """What articles/section.html needs: section, breadcrumb (to its parent), children, top, items, page, most_commented, fallback (the
    parent's latest for an empty section), and ``standing``: what stands at each place. ``arrangement``: another than the one
    in force at ``at``. At most six queries, one more now and then to count, and none for places on later pages."""
    below = [s.pk for s in frame.sections if s.path.startswith(section.path)]
    public = Article.objects.public(at).filter(section_id__in=below).for_listing()
    page = page_of(request, public, size=PAGE, counted_as=f"section-{section.pk}")
    there: dict[int, Article] = {}
    if page.number == 1:
        there = _top(section, page.items, frame=frame, at=at, arrangement=arrangement)
    shown = {article.pk for article in there.values()}
    fallback: list[Article] = []
    if section.parent_id and not page.items:
        near = Article.objects.public(at).filter(section_id=section.parent_id)
        fallback = sorted(near.for_listing().newest_first()[:4], key=lambda story: story.lead_photo is None)
    return {
        "section": section,
        "breadcrumb": breadcrumb(section)[:-1],
        "children": section.subsections,  # type: ignore[attr-defined]  # set by ordered_tree
        "top": [there[place] for place in sorted(there)],
        "standing": there,
        "items": [article for article in page.items if article.pk not in shown],
        "page": page,
        "most_commented": list(public.most_commented(at=at)[:5]),
        "fallback": fallback,
    }


def _top(
    section: Section, newest: list[Article], *, frame: Frame, at: datetime, arrangement: Arrangement | None
) -> dict[int, Article]:
    """What stands at the places of the front: what was placed, the rest filled from ``newest``."""
    arranged = front_pages.in_force(at, section=section) if arrangement is None else arrangement
    rows, placed = standing(arranged.rows, at), Placed()
    everywhere = Article.objects.public(at).in_language(section.language).for_listing()
    known, below = {each.pk: each for each in frame.sections}, dict[int, set[int]]()
    found = newest_of(everywhere, below, rows, known=known, enough=2 * SECTION_PLACES)
    there = at_places(rows, placed_by_hand(everywhere, rows), ruled(rows, found, below), placed)
    free = [place for place in range(1, SECTION_PLACES + 1) if place not in there]
    return there | _filled(free, [story for story in newest if story.pk not in placed.ids])


def _filled(places: list[int], stories: list[Article]) -> dict[int, Article]:
    """The first of ``stories`` at ``places`` in their order; where a picture stands, the first that have one."""
    there = places[: len(stories)]
    pictured = [story for story in stories if story.lead_photo is not None]
    shown = SECTION_PLACES - len(places) + len(there)
    chosen = dict(zip([place for place in there if place - 1 in pictured_places(shown)], pictured, strict=False))
    left = iter([story for story in stories if story not in chosen.values()])
    return {place: chosen.get(place) or next(left) for place in there}
