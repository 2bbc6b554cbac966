"""Brings the comments of a file in: in batches, each of which is a transaction with counters, search and parents right.

Every comment is known by its id in the source (``Comment.origin``), so a file can be brought in again, or once more
after a stop: what is there already stays as it is. An answer whose comment comes later in the file waits for the next
round over the file; one whose comment is in no row opens a thread.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from comments.moving.places import Places
from comments.moving.rows import Incoming, Reader, Refused
from comments.moving.writing import known_origins, store

BATCH = 500
Placed = tuple[Incoming, int]  # a row and the number of its article


@dataclass
class Report:
    """How far it is: comments brought in, known before, left out, and answers that lost what they answered."""

    made: int = 0
    known: int = 0
    left_out: int = 0
    orphans: int = 0
    tell: Callable[[Refused], None] = field(default=lambda refused: None)
    progress: Callable[[Report], None] = field(default=lambda report: None)

    def refuse(self, refused: Refused) -> None:
        """``refused`` is counted and told of."""
        self.left_out += 1
        self.tell(refused)


def bring(
    *,
    source: str,
    reader: Reader,
    file: Path,
    places: Places,
    report: Report,
    dry_run: bool = False,
    guests: bool = False,
) -> None:
    """The comments of ``file`` are here, or with ``dry_run`` only counted. Raises NotReadable if the file breaks off."""
    waiting: set[str] | None = None
    for number in itertools.count():
        work = _Round(source=source, number=number, waiting=waiting, dry_run=dry_run, guests=guests)
        made = report.made
        for batch in _batches(_placed(reader(file), places, report, is_first=number == 0)):
            work.take(batch, report)
            report.progress(report)
        if not work.late or dry_run:
            return
        # If nothing came of a later round, the answers that are left go round in a circle: they open threads.
        waiting = set() if number and report.made == made else work.late


def _placed(rows: Iterator[Incoming | Refused], places: Places, report: Report, *, is_first: bool) -> Iterator[Placed]:
    """Each good row with its article; the others are reported in the first round."""
    for row in rows:
        article = places.find(row.thread) if isinstance(row, Incoming) else None
        if isinstance(row, Incoming) and article is not None:
            yield row, article
        elif is_first:
            refused = (
                Refused(row.place, f"no article is known for “{row.thread[:200]}”")
                if isinstance(row, Incoming)
                else row
            )
            report.refuse(refused)


def _batches(rows: Iterator[Placed]) -> Iterator[list[Placed]]:
    while batch := list(itertools.islice(rows, BATCH)):
        yield batch


@dataclass
class _Round:
    """One way through the file. ``late`` are the keys of answers that still wait; ``waiting`` those of the round before."""

    source: str
    number: int
    waiting: set[str] | None
    dry_run: bool
    guests: bool
    late: set[str] = field(default_factory=set)

    def take(self, batch: list[Placed], report: Report) -> None:
        """What of ``batch`` is not here yet and can be, is."""
        known = known_origins(self.source, batch)
        new = {row.key: (row, article) for row, article in batch if row.origin(self.source) not in known}
        if self.number == 0:
            report.known += len(batch) - len(new)
        if self.dry_run:
            report.made += len(new)
            return
        ready: dict[str, Placed] = {}
        for key, (row, article) in new.items():
            if row.parent and row.parent not in ready and row.answered(self.source) not in known:
                if self.waiting is None or row.parent in self.waiting:
                    self.late.add(key)
                    continue
                report.orphans += 1
                row.parent = ""
            ready[key] = (row, article)
        report.made += store(list(ready.values()), source=self.source, known=known, guests=self.guests)
