"""A comment on its way in, whatever it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from comments.models import Status
from newsroom.text import clean_line, clean_text

MOST_CHARACTERS = 100_000
MOST_KEY = 100
AHEAD = timedelta(days=1)


class BadRow(Exception):
    """A row that cannot be taken; ``str()`` says why."""


@dataclass
class Incoming:
    """One comment. ``place`` says where it stands in the file; ``key`` and ``parent`` are the source's own ids.

    ``thread`` is the address, the id or the slug under which the source knows the article. ``more`` is what only this
    project's own files hold, see comments.moving.whole.
    """

    place: str
    key: str
    thread: str
    body: str
    name: str
    created_at: datetime
    status: Status = Status.PUBLISHED
    email: str = ""
    parent: str = ""
    more: dict[str, Any] = field(default_factory=dict)

    def origin(self, source: str) -> str:
        """What the comment is known by here. Our own files name where each comment came from."""
        return self._origin(source, self.key)

    def answered(self, source: str) -> str:
        """The origin of the comment that it answers; empty for one that opens a thread."""
        return self._origin(source, self.parent) if self.parent else ""

    def _origin(self, source: str, key: str) -> str:
        return key if self.more else f"{source}:{key[:MOST_KEY]}"


@dataclass(frozen=True)
class Refused:
    """A row that is left out, and why."""

    place: str
    reason: str


@dataclass(frozen=True)
class Beside:
    """A line that is no comment: what is kept of a reader or a month, see comments.moving.around."""

    place: str
    row: dict[str, Any]


Row = Incoming | Refused | Beside
Reader = Callable[[Path], Iterator[Row]]


def incoming(place: str, **facts: Any) -> Incoming | Refused:
    """The row that ``facts`` give, cleaned; Refused if it has no id, no text or no date."""
    key, body = clean_line(str(facts.pop("key") or "")), clean_text(str(facts.pop("body") or ""))
    fault = _fault(key, body)
    if fault:
        return Refused(place, fault)
    try:
        created_at = moment(facts.pop("created_at"))
    except BadRow as bad:
        return Refused(place, str(bad))
    email = clean_line(str(facts.pop("email", "") or ""))
    return Incoming(
        place=place,
        key=key,
        body=body,
        name=clean_line(str(facts.pop("name", "") or ""))[:80],
        email=email if "@" in email and len(email) <= 254 else "",
        parent=clean_line(str(facts.pop("parent", "") or "")),
        thread=clean_line(str(facts.pop("thread") or "")),
        created_at=created_at,
        **facts,
    )


def _fault(key: str, body: str) -> str:
    if not key or len(key) > MOST_KEY:
        return "it has no usable id"
    if not body:
        return "it has no text"
    return f"its text is longer than {MOST_CHARACTERS} characters" if len(body) > MOST_CHARACTERS else ""


def moment(value: Any, *, may_lie_ahead: bool = False) -> datetime:
    """``value`` (ISO text, or seconds since 1970) as an aware time. Raises BadRow for anything else, and for the future
    unless that may be."""
    at: datetime | None = None
    try:
        if isinstance(value, int | float):
            at = datetime.fromtimestamp(value, UTC)
        elif isinstance(value, datetime):
            at = value
        else:
            at = parse_datetime(str(value or "").strip())
    except (ValueError, OverflowError, OSError):
        pass  # told below
    if at is None:
        raise BadRow("its date cannot be read")
    at = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    last = datetime(9999, 1, 1, tzinfo=UTC) if may_lie_ahead else timezone.now() + AHEAD
    if not datetime(1970, 1, 1, tzinfo=UTC) <= at <= last:
        raise BadRow("its date lies in the future or before 1970")
    return at.astimezone(UTC)
