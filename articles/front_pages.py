"""The acts on front pages: they change the draft, which stands beside the page until it is published as a version.

Every act says which draft and which version its person saw (``base``). Another base is refused and nothing changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import rights
from articles.acts import ActRefused, NotAllowed
from articles.front_rows import HOME_PLACES, SECTION_PLACES, Arrangement, Block, Row, from_json, to_json
from articles.models import Article, FrontPage, FrontPageVersion, Section, Topic
from newsroom import audit
from newsroom.models import Happening

if TYPE_CHECKING:
    from newsroom.models import User

PERMISSION = "articles.change_frontpage"
MOST_ROWS = 50
Change = Callable[[Arrangement], Arrangement]


class StaleFront(ActRefused):
    """Somebody changed the page since the person loaded it."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody else changed this page meanwhile. Here is how it stands now; your change waits below.")
        )


class PlaceLocked(ActRefused):
    """The place is not to be changed before a moment."""


# --- Which page, and how it stands ------------------------------------------------------------------------------------


def home_of(language: str) -> FrontPage:
    """The home page of ``language``. Two queries the first time."""
    return FrontPage.objects.get_or_create(language=language, section=None)[0]


def front_of(section: Section) -> FrontPage:
    """The front of ``section``. Two queries the first time."""
    return FrontPage.objects.select_related("section").get_or_create(section=section, defaults={"language": ""})[0]


def places(page: FrontPage) -> range:
    """The numbers of the places that ``page`` has."""
    return range(1, (SECTION_PLACES if page.section_id else HOME_PLACES) + 1)


def language_of(page: FrontPage) -> str:
    """The language of the stories on ``page``."""
    return page.section.language if page.section else page.language


def may_arrange(user: User, section_id: int | None) -> bool:
    """Whether ``user`` may arrange a section's front, or (None) the home pages, which a right limited to sections does not reach."""
    if section_id is not None:
        return rights.may_in(user, PERMISSION, section_id)
    found = rights.limits(user)
    return user.has_perm(PERMISSION) and (found is None or any(s.paths is None for s in found.of(PERMISSION)))


def in_force(at: datetime, *, language: str = "", section: Section | None = None) -> Arrangement:
    """What was arranged for the home page of ``language`` or the front of ``section`` as it stands at ``at``. One query."""
    page = {"page__language": language, "page__section": section}
    content = FrontPageVersion.objects.filter(**page).by_force(at).values_list("content", flat=True).first()
    return from_json(content)


def version_at(page: FrontPage, at: datetime) -> FrontPageVersion | None:
    """The version of ``page`` that stands at ``at``. One query."""
    return page.versions.by_force(at).select_related("by").first()


def base_of(page: FrontPage, at: datetime) -> str:
    """What a form carries to say what its person saw: the draft and the version in force. One query."""
    version = version_at(page, at)
    return f"{page.draft_number}-{version.number if version else 0}"


def drafted(page: FrontPage, at: datetime) -> Arrangement:
    """The arrangement in work, or, while there is none, the one that stands at ``at``. At most one query."""
    if page.draft is not None:
        return from_json(page.draft)
    version = version_at(page, at)
    return from_json(version.content if version else None)


def standing_places(articles: Iterable[int], at: datetime) -> Iterator[tuple[FrontPage, int, int]]:
    """Where ``articles`` stand by hand at ``at``: page, place, article. One query."""
    newest = FrontPageVersion.objects.filter(page=OuterRef("pk")).by_force(at).values("pk")[:1]
    current = FrontPage.objects.annotate(current=Subquery(newest)).values("current")
    wanted = set(articles)
    for version in FrontPageVersion.objects.filter(pk__in=current).select_related("page__section").order_by("page"):
        for row in from_json(version.content).rows:
            if row.article in wanted and row.stands(at):
                yield version.page, row.position, row.article


# --- Acts on the draft ------------------------------------------------------------------------------------------------


def place(*, page: FrontPage, row: Row, by: User | None, base: str) -> None:
    """``row`` stands at its place from its start on, in the stead of what stood there. Raises ActRefused."""
    now = timezone.now()
    _check(page, row, now, by)

    def change(there: Arrangement) -> Arrangement:
        if row.starts_at is None:
            gone = [each for each in there.rows if each.position == row.position and each.stands(now)]
        else:
            gone = [each for each in there.rows if (each.position, each.starts_at) == (row.position, row.starts_at)]
        if row.article is not None and not row.may_repeat:  # it moves
            gone += [each for each in there.rows if each.article == row.article and not each.may_repeat]
        _unlocked([*gone, *_at(there, row.position, now)], now)
        return there.with_rows([*(each for each in there.rows if each not in gone), row])

    _change(page, change, by=by, base=base)


def clear(*, page: FrontPage, position: int, starts_at: datetime | None, by: User | None, base: str) -> None:
    """What starts at the place at ``starts_at`` is gone. Without anything the place fills itself."""
    now = timezone.now()

    def change(there: Arrangement) -> Arrangement:
        gone = [row for row in there.rows if (row.position, row.starts_at) == (position, starts_at)]
        _unlocked(gone, now)
        return there.with_rows(row for row in there.rows if row not in gone)

    _change(page, change, by=by, base=base)


def swap(*, page: FrontPage, one: int, other: int, shown: int | None, by: User | None, base: str) -> None:
    """What stands at two places has changed places. ``shown``: the story at ``one``, if the place filled itself with it."""
    if one not in places(page) or other not in places(page) or one == other:
        raise ActRefused(_("There is no such place."))
    now, swapped = timezone.now(), {one: other, other: one}

    def change(there: Arrangement) -> Arrangement:
        _unlocked([*_at(there, one, now), *_at(there, other, now)], now)
        rows = list(there.rows)
        if not _at(there, one, now) and shown is not None:
            rows = [row for row in rows if row.article != shown or row.may_repeat] + [Row(one, shown)]
        return there.with_rows(replace(row, position=swapped.get(row.position, row.position)) for row in rows)

    _change(page, change, by=by, base=base)


def lock(*, page: FrontPage, position: int, until: datetime | None, by: User | None, base: str) -> None:
    """What stands at the place stays until ``until``, or (None) may be changed again. Raises ActRefused."""
    now = timezone.now()
    if until is not None and until <= now:
        raise ActRefused(_("Give a time that lies ahead, until which the place stays as it is."))

    def change(there: Arrangement) -> Arrangement:
        row = there.at_place(position, now)
        if row is None:
            raise ActRefused(_("This place fills itself. Pin its story or place one, then lock it."))
        return there.with_rows([*(r for r in there.rows if r != row), replace(row, locked_until=until)])

    _change(page, change, by=by, base=base)


def order(*, page: FrontPage, blocks: list[Block], by: User | None, base: str) -> None:
    """What follows below the top stands in the order of ``blocks``; those that are not shown leave no gap."""
    _change(page, lambda there: replace(there, blocks=tuple(blocks)), by=by, base=base)


def take_up(*, page: FrontPage, number: int, by: User | None, base: str) -> None:
    """The draft is what version ``number`` said, without stories, sections and topics that were deleted since."""
    version = FrontPageVersion.objects.filter(page=page, number=min(number, 2**31 - 1)).first()
    if version is None:
        raise ActRefused(_("There is no such version."))
    kept = from_json(version.content)
    kinds: dict[str, Any] = {"article": Article, "rule_section": Section, "rule_topic": Topic}
    known = {
        name: set(kind.objects.filter(pk__in=[getattr(row, name) for row in kept.rows]).values_list("pk", flat=True))
        for name, kind in kinds.items()
    }
    rows = [row for row in kept.rows if any(getattr(row, name) in found for name, found in known.items())]
    _change(page, lambda _there: kept.with_rows(replace(r, locked_until=None) for r in rows), by=by, base=base)


def discard(*, page: FrontPage, by: User | None, base: str) -> None:
    """There is no draft: the next change starts from what readers see."""
    _may(by, page)
    with transaction.atomic():
        _lock(page, base)
        page.draft = page.draft_by = page.draft_at = None
        page.draft_number += 1
        page.save()


def _change(page: FrontPage, change: Change, *, by: User | None, base: str) -> None:
    _may(by, page)
    with transaction.atomic():
        _lock(page, base)
        now = timezone.now()
        arrangement = change(drafted(page, now))
        if len(arrangement.rows) > MOST_ROWS:
            raise ActRefused(_("A front page holds at most %(number)s rows.") % {"number": MOST_ROWS})
        page.draft, page.draft_by, page.draft_at = to_json(arrangement), by, now
        page.draft_number += 1
        page.save()


# --- Publishing -------------------------------------------------------------------------------------------------------


def publish(
    *, page: FrontPage, by: User | None, base: str, note: str = "", at: datetime | None = None
) -> FrontPageVersion:
    """The draft is a version; readers see it from ``at`` on (ahead; None: now). Raises ActRefused."""
    _may(by, page)
    now = timezone.now()
    if at is not None and at <= now:
        raise ActRefused(_("Choose a time that lies ahead, or none to publish at once."))
    with transaction.atomic():
        _lock(page, base)
        version = _write(page, drafted(page, now), by=by, note=note, at=at or now)
        page.draft = page.draft_by = page.draft_at = None
        page.draft_number += 1
        page.save()
        _audit(page, by, note or _("Version %(number)s") % {"number": version.number})
    return version


def arrange(page: FrontPage, arrangement: Arrangement, *, by: User | None = None, note: str = "") -> FrontPageVersion:
    """``arrangement`` stands at once, past the draft: for the system itself (demo, imports)."""
    with transaction.atomic():
        FrontPage.objects.select_for_update().get(pk=page.pk)
        return _write(page, arrangement, by=by, note=note, at=timezone.now())


def call_off(*, page: FrontPage, number: int, by: User | None, base: str) -> None:
    """The version that was to take force later does not; it stays among those to return to."""
    _may(by, page)
    with transaction.atomic():
        _lock(page, base)
        found = page.versions.filter(number=min(number, 2**31 - 1), at__gt=timezone.now())
        if not found.update(at=None):
            raise ActRefused(_("This version is not waiting any more."))
        page.draft_number += 1
        page.save()
        _audit(page, by, _("Version %(number)s called off") % {"number": number})


def _write(page: FrontPage, arrangement: Arrangement, *, by: User | None, note: str, at: datetime) -> FrontPageVersion:
    newest = page.versions.order_by("-number").values_list("number", flat=True).first() or 0
    return FrontPageVersion.objects.create(
        page=page, number=newest + 1, content=to_json(arrangement), by=by, note=note[:200], at=at
    )


def _audit(page: FrontPage, by: User | None, detail: str) -> None:
    audit.note(Happening.CHANGED, by=by, subject=str(page), detail=detail)


def _may(by: User | None, page: FrontPage) -> None:
    if by is not None and not may_arrange(by, page.section_id):
        raise NotAllowed(_("You may not arrange this page. Ask an editor or an administrator."))


def _lock(page: FrontPage, base: str) -> None:
    """``page`` is ours until the transaction ends, and as its person saw it. Raises StaleFront."""
    page.refresh_from_db(from_queryset=FrontPage.objects.select_for_update(of=("self",)))
    if base_of(page, timezone.now()) != base:
        raise StaleFront


def _at(there: Arrangement, position: int, at: datetime) -> list[Row]:
    row = there.at_place(position, at)
    return [] if row is None else [row]


def _unlocked(rows: Iterable[Row], at: datetime) -> None:
    for row in rows:
        if row.locked_until is not None and row.is_locked(at):
            when = timezone.localtime(row.locked_until).strftime("%H:%M")
            raise PlaceLocked(
                _("Place %(place)s is locked until %(when)s. Unlock it first.") % {"place": row.position, "when": when}
            )


def _check(page: FrontPage, row: Row, now: datetime, by: User | None) -> None:
    if row.position not in places(page):
        raise ActRefused(_("There is no such place."))
    if sum(what is not None for what in (row.article, row.rule_section, row.rule_topic)) != 1:
        raise ActRefused(_("Choose a story, or a section or topic whose newest story stands there."))
    known = Article.objects.all() if by is None else Article.objects.offered_to(by)
    if row.article is not None and not known.filter(pk=row.article, language=language_of(page)).exists():
        raise ActRefused(_("This story is gone or is written in another language."))
    if row.rule_section is not None and not Section.objects.filter(pk=row.rule_section).exists():
        raise ActRefused(_("This section is gone."))
    if row.rule_topic is not None and not Topic.objects.filter(pk=row.rule_topic).exists():
        raise ActRefused(_("This topic is gone."))
    if row.ends_at and row.ends_at <= max(row.starts_at or now, now):
        raise ActRefused(_("The end must lie after the start, and ahead."))
