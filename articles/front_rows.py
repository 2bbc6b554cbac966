"""What editors arranged on a front page, as values: rows at places, and the order of what follows below them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime

HOME_PLACES, SECTION_PLACES = 7, 5
STRIP, OPINION, MOST_COMMENTED, WATCH = "strip", "opinion", "most_commented", "watch"
_TIMES = ("starts_at", "ends_at", "locked_until")


@dataclass(frozen=True)
class Row:
    """A story, or a rule (the newest of a section or topic), at a place, between two moments or always.

    Until ``locked_until`` the place cannot be changed before somebody unlocks it.
    """

    position: int
    article: int | None = None
    rule_section: int | None = None
    rule_topic: int | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    may_repeat: bool = False
    locked_until: datetime | None = None

    def stands(self, at: datetime) -> bool:
        """Whether the row counts at ``at``."""
        return (self.starts_at is None or self.starts_at <= at) and (self.ends_at is None or self.ends_at > at)

    def is_locked(self, at: datetime) -> bool:
        return self.locked_until is not None and self.locked_until > at


@dataclass(frozen=True)
class Block:
    """What stands below a home page's top: a section's strip, or one of the bands."""

    kind: str
    section: int | None = None
    is_shown: bool = True

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.section}" if self.section else self.kind


@dataclass(frozen=True)
class Arrangement:
    """All that a version of a front page says. ``blocks`` empty: in the usual order."""

    rows: tuple[Row, ...] = ()
    blocks: tuple[Block, ...] = field(default=())

    def with_rows(self, rows: Iterable[Row]) -> Arrangement:
        return replace(self, rows=tuple(sorted(rows, key=_order)))

    def at_place(self, position: int, at: datetime) -> Row | None:
        """The row that counts at ``position`` at ``at``: of several the one that started last."""
        return next((row for row in standing(self.rows, at) if row.position == position), None)


def standing(rows: Iterable[Row], at: datetime) -> list[Row]:
    """The rows that count at ``at``, by place; of one place's the one that started last comes first."""
    there = [row for row in rows if row.stands(at)]
    there.sort(key=lambda row: (row.starts_at is not None, row.starts_at), reverse=True)
    return sorted(there, key=lambda row: row.position)


def in_order(blocks: Iterable[Block], sections: Iterable[int]) -> list[Block]:
    """``blocks`` as arranged, without strips of sections that are not among ``sections`` and with those that are missing.

    None arranged: the first strip, opinion, the second, most commented, watch and listen, the other strips.
    """
    wanted = list(sections)
    kept = [block for block in dict.fromkeys(blocks) if block.kind != STRIP or block.section in wanted]
    strips = [Block(STRIP, pk) for pk in wanted if pk not in {block.section for block in kept}]
    bands = [Block(kind) for kind in (OPINION, MOST_COMMENTED, WATCH) if kind not in {block.kind for block in kept}]
    if kept:
        return [*kept, *bands, *strips]
    return [*strips[:1], bands[0], *strips[1:2], *bands[1:], *strips[2:]]


def to_json(arrangement: Arrangement) -> dict[str, Any]:
    """``arrangement`` as a version keeps it."""
    return {
        "rows": [
            {key: value.isoformat() if isinstance(value, datetime) else value for key, value in asdict(row).items()}
            for row in arrangement.rows
        ],
        "blocks": [asdict(block) for block in arrangement.blocks],
    }


def from_json(content: dict[str, Any] | None) -> Arrangement:
    """The arrangement that a version keeps; None: an empty one."""
    kept = content or {}
    rows = [_known(Row, {**row, **{name: _moment(row.get(name)) for name in _TIMES}}) for row in kept.get("rows", [])]
    return Arrangement(tuple(rows), tuple(_known(Block, block) for block in kept.get("blocks", [])))


def _known(kind: Any, facts: dict[str, Any]) -> Any:
    names = {each.name for each in fields(kind)}
    return kind(**{name: value for name, value in facts.items() if name in names})


def _moment(text: str | None) -> datetime | None:
    return parse_datetime(text) if text else None


def _order(row: Row) -> Any:
    return row.position, row.starts_at is not None, row.starts_at or 0, row.article or 0
