"""What the front page editor shows: the places as they stand in the draft, the stories offered, the versions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import front_pages
from articles.admin.front_forms import number
from articles.front_page import Strip, compose
from articles.front_rows import Arrangement, Block, Row, from_json, in_order
from articles.home_page import menu_of
from articles.models import Article, FrontPage, Section, Topic
from articles.section_page import section_context
from newsroom.frame import Frame, for_request

OFFERED, VERSIONS = 20, 20


@dataclass
class Place:
    """A place as the editor shows it: what stands there, by which row (None: it fills itself), and the rows of other times."""

    number: int
    story: Article | None
    row: Row | None
    words: str
    is_locked: bool
    other: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Names:
    """What rows refer to, by id."""

    articles: dict[int, Article]
    sections: dict[int, Section]
    topics: dict[int, Topic]

    def of(self, row: Row) -> str:
        """``row`` in words."""
        if row.article:
            found = self.articles.get(row.article)
            return str(found) if found else _("A story that is gone or that you may not see")
        if row.rule_topic:
            return _("Newest of topic: %(name)s") % {"name": self.topics.get(row.rule_topic) or "–"}
        return _("Newest of section: %(name)s") % {"name": self.sections.get(row.rule_section or 0) or "–"}


def view_context(request: HttpRequest, page: FrontPage) -> dict[str, Any]:
    """page, base, has_draft, places, latest, parts, items, offered, wanted, chosen, versions, waiting, in_force, compared,
    languages, fronts, may_change. The number of queries is fixed."""
    frame, now, user = for_request(request), timezone.now(), request.user
    version = front_pages.version_at(page, now)
    arrangement = front_pages.drafted(page, now)
    compared, other = _other(request, page)
    names = _names([*arrangement.rows, *other.rows], frame, user)
    language = front_pages.language_of(page)
    shown = _shown(request, page, frame, arrangement, now)
    versions = list(page.versions.select_related("by")[:VERSIONS])
    wanted = request.GET.get("q", "").strip()[:100]
    return {
        "page": page,
        "base": f"{page.draft_number}-{version.number if version else 0}",
        "places": _places(page, arrangement, shown["standing"], names, now),
        **shown,
        "offered": _offered(request, page, frame, wanted),
        "wanted": wanted,
        "chosen": number(request.POST.get("story", "")),
        "versions": versions,
        "waiting": [each for each in versions if each.at and each.at > now],
        "in_force": version,
        "compared": compared,
        "changes": _changes(page, other, arrangement, names, now) if compared else [],
        "language": language,
        "languages": sorted({frame.site.language, *frame.site.languages}),
        "fronts": [s for s in frame.sections if front_pages.may_arrange(user, s.pk)],  # type: ignore[arg-type]  # staff
        "may_change": front_pages.may_arrange(user, page.section_id),  # type: ignore[arg-type]  # staff
        "now": now,
    }


def shown_blocks(request: HttpRequest, page: FrontPage) -> list[Block]:
    """What stands below the top of a home page, hidden parts too, in the draft's order. None on a section's front."""
    if page.section_id:
        return []
    sections = menu_of(for_request(request), page.language)
    arrangement = front_pages.drafted(page, timezone.now())
    return in_order(arrangement.blocks, [section.pk for section in sections])


def _shown(
    request: HttpRequest, page: FrontPage, frame: Frame, arrangement: Arrangement, now: datetime
) -> dict[str, Any]:
    """The page that readers would see: what stands at the places, and what stands below them."""
    if page.section_id:
        section = next(each for each in frame.sections if each.pk == page.section_id)
        context = section_context(request, section, frame=frame, at=now, arrangement=arrangement)
        return {"standing": context["standing"], "below": context["items"], "parts": []}
    sections = menu_of(frame, page.language)
    front = compose(language=page.language, sections=sections, at=now, arrangement=arrangement)
    strips = {part.block.key: part.strip for part in front.parts}
    titles: dict[str, Any] = {
        "opinion": _("Opinion band"),
        "most_commented": _("Most commented"),
        "watch": _("Watch and listen"),
    }
    blocks = in_order(arrangement.blocks, [section.pk for section in sections])
    by_id = {section.pk: section for section in sections}
    stories = {"opinion": front.opinion, "most_commented": front.most_commented}
    parts = [
        {
            "block": block,
            "title": titles.get(block.kind) or by_id[block.section or 0].name,
            "stories": _stories(strips.get(block.key)) or stories.get(block.kind, []),
        }
        for block in blocks
    ]
    return {"standing": front.standing, "below": front.latest, "parts": parts}


def _stories(strip: Strip | None) -> list[Article]:
    return strip.articles if strip else []


def _places(
    page: FrontPage, arrangement: Arrangement, standing: dict[int, Article], names: Names, now: datetime
) -> list[Place]:
    places = []
    for place in front_pages.places(page):
        row, story = arrangement.at_place(place, now), standing.get(place)
        others = [each for each in arrangement.rows if each.position == place and each != row]
        places.append(
            Place(
                number=place,
                story=story,
                row=row,
                words=_words(row, story, names),
                is_locked=row is not None and row.is_locked(now),
                other=[{"row": each, "words": names.of(each)} for each in others],
            )
        )
    return places


def _words(row: Row | None, story: Article | None, names: Names) -> str:
    """By what a place holds its story."""
    if row is None:
        return _("Fills itself") if story else _("Empty")
    if row.article and (story is None or story.pk != row.article):
        return _("Not public now: %(headline)s") % {"headline": names.of(row)}
    return _("Placed by hand") if row.article else names.of(row)


def _names(rows: list[Row], frame: Frame, user: Any) -> Names:
    stories = Article.objects.offered_to(user).defer("body")
    return Names(
        articles=stories.in_bulk({row.article for row in rows if row.article}),
        sections={section.pk: section for section in frame.sections},
        topics=Topic.objects.in_bulk({row.rule_topic for row in rows if row.rule_topic}),
    )


def _offered(request: HttpRequest, page: FrontPage, frame: Frame, wanted: str) -> list[Article]:
    """Live and scheduled stories whose headline holds ``wanted``, else the newest (of the section), and the chosen one."""
    user: Any = request.user
    stories = Article.objects.offered_to(user).in_language(front_pages.language_of(page)).filter(status="live")
    found = stories.filter(headline__icontains=wanted) if wanted else stories
    if page.section and not wanted:
        below = [each.pk for each in frame.sections if each.path.startswith(page.section.path)]
        found = stories.filter(section_id__in=below)
    chosen = stories.filter(pk=number(request.POST.get("story", "")))
    first = list(chosen.for_listing()) if request.method == "POST" else []
    return list(dict.fromkeys([*first, *found.newest_first().for_listing()[:OFFERED]]))


def _other(request: HttpRequest, page: FrontPage) -> tuple[Any, Arrangement]:
    """The version that is asked to be compared, and what it says."""
    asked = number(request.GET.get("compare", ""))
    version = page.versions.filter(number=min(asked, 2**31 - 1)).first() if asked > 0 else None
    return version, from_json(version.content if version else None)


def _changes(
    page: FrontPage, before: Arrangement, after: Arrangement, names: Names, now: datetime
) -> list[dict[str, Any]]:
    """Place by place what the version said and what the draft says, where they differ."""
    found = []
    for place in front_pages.places(page):
        then, since = (_said(each, place, names) for each in (before, after))
        if then != since:
            found.append({"place": place, "then": then, "since": since})
    if before.blocks != after.blocks:
        found.append({"place": "", "then": "", "since": _("The parts below stand in another order.")})
    return found


def _said(arrangement: Arrangement, place: int, names: Names) -> list[str]:
    rows = [row for row in arrangement.rows if row.position == place]
    return [" · ".join(filter(None, [names.of(row), _when(row)])) for row in rows] or [_("Fills itself")]


def _when(row: Row) -> str:
    times = [
        _("from %(when)s") % {"when": _short(row.starts_at)} if row.starts_at else "",
        _("until %(when)s") % {"when": _short(row.ends_at)} if row.ends_at else "",
    ]
    return " ".join(filter(None, times))


def _short(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F, H:i")
