"""Everything that was done, from every record there is, as one list: newest first, by keyset, one query a record."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from newsroom import charts
from newsroom.autocomplete import is_id
from newsroom.models import AuditEvent, Happening, User

PAGE = 50
BATCH = 1000  # lines of an export that are in memory at a time
HEAD = ("at", "who", "act", "what", "detail", "address")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run them. Source: OWASP, CSV injection


@dataclass(frozen=True)
class Line:
    """One thing that was done. ``rank`` and ``pk`` tell lines of one moment apart."""

    at: datetime
    rank: int
    pk: int
    who: str
    act: str
    what: str
    detail: str = ""
    url: str = ""
    address: str = ""

    @property
    def order(self) -> tuple[float, int, int]:
        """Smaller is newer."""
        return -self.at.timestamp(), self.rank, -self.pk

    @property
    def cursor(self) -> str:
        return f"{self.at.isoformat()}|{self.rank}|{self.pk}"


@dataclass(frozen=True)
class Source:
    """A record with the columns ``at``, ``act`` and ``by``. ``article`` is the way to the article's id, if there is one;
    ``described(row)`` gives what, detail, url, address and, for rows without a person, who; ``shown(rows, user)`` the
    rows that ``user`` may know of."""

    key: str
    rows: Callable[[], QuerySet[Any]]
    acts: Callable[[], list[tuple[str, str]]]
    described: Callable[[Any], dict[str, str]]
    article: str = ""
    shown: Callable[[QuerySet[Any], Any], QuerySet[Any]] = lambda rows, user: rows


_sources: list[Source] = []


def register(source: Source) -> None:
    """The list shows ``source`` too."""
    if source.key not in {known.key for known in _sources}:
        _sources.append(source)


@dataclass(frozen=True)
class Filters:
    """What of the list is wanted. Empty values, and those that make no sense, want everything."""

    person: str = ""
    act: str = ""
    article: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def of(cls, given: Any) -> Filters:
        return cls(**{name: given.get(name, "").strip()[:100] for name in cls.__dataclass_fields__})

    @property
    def query(self) -> str:
        return urlencode({name: value for name, value in self.__dict__.items() if value})

    def rows(self, source: Source, user: User) -> QuerySet[Any] | None:
        """The rows of ``source`` that are wanted and that ``user`` may know of, None if none can be."""
        key, _colon, act = self.act.partition(":")
        rows = source.shown(source.rows().select_related("by"), user)
        if act:
            if key != source.key:
                return None
            rows = rows.filter(act=act.replace("\x00", ""))
        if is_id(self.article):
            if not source.article:
                return None
            rows = rows.filter(**{source.article: int(self.article)})
        if is_id(self.person):
            rows = rows.filter(by=int(self.person))
        first, last = _day(self.since), _day(self.until)
        if first:
            rows = rows.filter(at__gte=charts.begins(first))
        if last and last < date.max:
            rows = rows.filter(at__lt=charts.begins(last + timedelta(days=1)))
        return rows


def _day(typed: str) -> date | None:
    try:
        found = parse_date(typed)
    except ValueError:
        return None
    return found if found and 1970 <= found.year <= 9000 else None


def lines(filters: Filters, user: User, *, after: str = "", number: int = PAGE) -> list[Line]:
    """The newest ``number`` lines that ``user`` may know of, or those that follow the cursor ``after``. One query a source."""
    found: list[Line] = []
    for rank, source in enumerate(_sources):
        rows = filters.rows(source, user)
        if rows is None:
            continue
        labels = dict(source.acts())
        newest = rows.filter(_follows(after, rank)).order_by("-at", "-pk")[:number]
        found += [_line(row, rank, source, labels) for row in newest]
    return sorted(found, key=attrgetter("order"))[:number]


def _follows(cursor: str, rank: int) -> Q:
    parts = cursor.split("|")
    if len(parts) != 3 or not (is_id(parts[1]) and is_id(parts[2])):
        return Q()
    try:
        at = parse_datetime(parts[0])
    except ValueError:
        return Q()
    if at is None or timezone.is_naive(at):
        return Q()
    same = (
        Q(at=at, pk__lt=int(parts[2])) if rank == int(parts[1]) else Q(at=at) if rank > int(parts[1]) else Q(pk__in=[])
    )
    return Q(at__lt=at) | same


def _line(row: Any, rank: int, source: Source, labels: dict[str, str]) -> Line:
    said = {"who": "", **source.described(row)}
    who = row.by.display_name if row.by else said.pop("who")
    said.pop("who", None)
    return Line(at=row.at, rank=rank, pk=row.pk, who=who, act=labels.get(row.act, row.act), **said)


def acts() -> list[tuple[str, str]]:
    """Every act there can be, as ("source:act", label)."""
    return [(f"{source.key}:{value}", str(label)) for source in _sources for value, label in source.acts()]


class _Echo:
    def write(self, text: str) -> str:
        return text


def csv_lines(filters: Filters, user: User) -> Iterator[str]:
    """The whole list for ``user`` as CSV, a batch in memory at a time. A cell that a spreadsheet would take for a formula is text."""
    writer = csv.writer(_Echo())
    yield writer.writerow(HEAD)
    after = ""
    while True:
        batch = lines(filters, user, after=after, number=BATCH)
        for line in batch:
            cells = (line.at.isoformat(), line.who, line.act, line.what, line.detail, line.address)
            yield writer.writerow([plain(cell) for cell in cells])
        if len(batch) < BATCH:
            return
        after = batch[-1].cursor


def plain(cell: str) -> str:
    """``cell`` as text, whatever program opens the file."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell


def register_own() -> None:
    """The newsroom's own record is in the list."""
    register(
        Source(
            key="desk",
            rows=AuditEvent.objects.all,
            acts=lambda: [(value, str(label)) for value, label in Happening.choices],
            described=lambda event: {
                "who": event.name,
                "what": event.subject,
                "detail": event.detail,
                "address": event.address or "",
            },
        )
    )
