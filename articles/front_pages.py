"""The acts on front pages: place, place a rule, move, clear, restore. Each makes a version; nothing stands outside one."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from articles.acts import ActRefused, may
from articles.models import Article, FrontPageSlot, FrontPageVersion, Section
from newsroom.models import User

PERMISSION = "articles.change_frontpageslot"
PLACES = range(1, 8)
MOST_ROWS = 50


class StaleFront(ActRefused):
    """Somebody changed the page since the person loaded it."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody else changed this page meanwhile. Here is how it stands now; your change waits below.")
        )


@dataclass(frozen=True)
class Row:
    """One row of an arrangement: a story or the newest of a section at a place, between two moments or always."""

    position: int
    article: int | None = None
    rule_section: int | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    may_repeat: bool = False


def rows_of(language: str) -> list[Row]:
    """The rows of the home page of ``language``, by place and start. One query."""
    slots = FrontPageSlot.objects.filter(language=language).order_by("position", "starts_at", "pk")
    return _sorted(
        Row(s.position, s.article_id, s.rule_section_id, s.starts_at, s.ends_at, s.may_repeat) for s in slots
    )


def number_of(language: str) -> int:
    """The number of the newest version, 0 before the first. One query."""
    newest = FrontPageVersion.objects.filter(language=language).values_list("number", flat=True)
    return newest.order_by("-number").first() or 0


def place(*, language: str, row: Row, by: User | None, base: int) -> None:
    """``row`` stands at its place, in the stead of what started there at the same moment. Raises ActRefused."""
    _check(language, row)
    kept = [r for r in rows_of(language) if (r.position, r.starts_at) != (row.position, row.starts_at)]
    if not row.may_repeat and row.article is not None:
        kept = [r for r in kept if r.article != row.article or r.may_repeat]  # it moves
    arrange(language=language, rows=[*kept, row], by=by, base=base, note=_("Place %(place)s") % {"place": row.position})


def clear(*, language: str, row: Row, by: User | None, base: int) -> None:
    """``row`` is gone; its place fills itself. A row that is gone already is no mistake."""
    rows = [r for r in rows_of(language) if r != row]
    note = _("Place %(place)s cleared") % {"place": row.position}
    arrange(language=language, rows=rows, by=by, base=base, note=note)


def move(*, language: str, position: int, by: int, person: User | None, base: int) -> None:
    """What stands at ``position`` and what stands ``by`` places further have changed places."""
    other = position + by
    if position not in PLACES or other not in PLACES:
        raise ActRefused(_("There is no such place."))
    swapped = {position: other, other: position}
    rows = [replace(r, position=swapped.get(r.position, r.position)) for r in rows_of(language)]
    note = _("Places %(one)s and %(other)s exchanged") % {"one": position, "other": other}
    arrange(language=language, rows=rows, by=person, base=base, note=note)


def restore(*, language: str, number: int, by: User | None, base: int) -> None:
    """The page stands as version ``number`` had it, without stories and sections that were deleted since."""
    version = FrontPageVersion.objects.filter(language=language, number=min(number, 2**31 - 1)).first()
    if version is None:
        raise ActRefused(_("There is no such version."))
    rows = from_json(version.content)
    articles = set(Article.objects.filter(pk__in=[r.article for r in rows if r.article]).values_list("pk", flat=True))
    sections = set(Section.objects.filter(pk__in=[r.rule_section for r in rows]).values_list("pk", flat=True))
    rows = [r for r in rows if r.article in articles or r.rule_section in sections]
    note = _("Version %(number)s restored") % {"number": number}
    arrange(language=language, rows=rows, by=by, base=base, note=note)


def arrange(*, language: str, rows: list[Row], by: User | None, base: int, note: str) -> FrontPageVersion:
    """Exactly ``rows`` stand on the home page of ``language``, and a version says so. ``base`` is the number that the
    person saw. Raises StaleFront, NotAllowed; then nothing has changed."""
    may(by, PERMISSION)
    if len(rows) > MOST_ROWS:
        raise ActRefused(_("A front page holds at most %(number)s rows.") % {"number": MOST_ROWS})
    try:
        with transaction.atomic():
            if number_of(language) != base:
                raise StaleFront
            before = rows_of(language)
            if base == 0 and before:
                base = 1
                FrontPageVersion.objects.create(language=language, number=1, content=to_json(before))
            version = FrontPageVersion.objects.create(
                language=language, number=base + 1, content=to_json(rows), by=by, note=note[:200]
            )
            FrontPageSlot.objects.filter(language=language).delete()
            FrontPageSlot.objects.bulk_create(slot_of(language, row) for row in _sorted(rows))
    except IntegrityError as error:  # the number was taken between the look and the write, or a story deleted
        raise StaleFront from error
    return version


def slots_at(language: str, at: datetime) -> list[FrontPageSlot] | None:
    """The places as they were arranged at ``at``, by the versions; None if no version is that old. One query."""
    version = FrontPageVersion.objects.filter(language=language, at__lte=at).order_by("-number").first()
    return None if version is None else [slot_of(language, row) for row in from_json(version.content)]


def slot_of(language: str, row: Row) -> FrontPageSlot:
    """An unsaved slot that says what ``row`` says."""
    return FrontPageSlot(
        language=language,
        position=row.position,
        article_id=row.article,
        rule_section_id=row.rule_section,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        may_repeat=row.may_repeat,
    )


def to_json(rows: list[Row]) -> list[dict[str, Any]]:
    """``rows`` as a version keeps them."""
    return [
        {key: value.isoformat() if isinstance(value, datetime) else value for key, value in asdict(row).items()}
        for row in _sorted(rows)
    ]


def from_json(content: list[dict[str, Any]]) -> list[Row]:
    """The rows that a version keeps."""
    return [Row(**{**facts, **{name: _moment(facts[name]) for name in ("starts_at", "ends_at")}}) for facts in content]


def _moment(text: str | None) -> datetime | None:
    return parse_datetime(text) if text else None


def _check(language: str, row: Row) -> None:
    if row.position not in PLACES:
        raise ActRefused(_("There is no such place."))
    if (row.article is None) == (row.rule_section is None):
        raise ActRefused(_("Choose a story, or a section whose newest story stands there."))
    if row.article is not None and not Article.objects.filter(pk=row.article, language=language).exists():
        raise ActRefused(_("This story is gone or is written in another language."))
    if row.rule_section is not None and not Section.objects.filter(pk=row.rule_section).exists():
        raise ActRefused(_("This section is gone."))
    if row.ends_at and row.ends_at <= (row.starts_at or timezone.now()):
        raise ActRefused(_("The end must lie after the start, and ahead."))


def _sorted(rows: Any) -> list[Row]:
    return sorted(rows, key=lambda r: (r.position, r.starts_at is not None, r.starts_at, r.article or 0))
