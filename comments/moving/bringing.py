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

from django.db import DataError, IntegrityError

from comments.moving import around
from comments.moving.people import Binding
from comments.moving.places import Places
from comments.moving.rows import BadRow, Beside, Incoming, Reader, Refused, Row
from comments.moving.writing import Known, Placed, known_origins, store

BATCH = 500


@dataclass
class Report:
    """How far it is: comments brought in, known before, left out, what else was brought in, and answers that lost what they answered."""

    made: int = 0
    known: int = 0
    left_out: int = 0
    beside: int = 0
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
    binding: Binding = Binding.GUESTS,
    batch: int = BATCH,
) -> None:
    """The comments of ``file`` are here, or with ``dry_run`` only counted. Raises NotReadable if the file breaks off.

    A row that cannot be stored is left out and told of, whatever the reason.
    """
    waiting: set[str] | None = None
    for number in itertools.count():
        work = _Round(source=source, number=number, waiting=waiting, dry_run=dry_run, binding=binding)
        made = report.made
        for rows in _batches(_placed(reader(file), places, report, work), batch):
            work.take(rows, report)
            report.progress(report)
        if not work.late or dry_run:
            return
        # If nothing came of a later round, the answers that are left go round in a circle: they open threads.
        waiting = set() if number and report.made == made else work.late


def _placed(rows: Iterator[Row], places: Places, report: Report, work: _Round) -> Iterator[Placed]:
    """Each good row with its article; the others are brought in or reported in the first round."""
    for row in rows:
        article = places.find(row.thread) if isinstance(row, Incoming) else None
        if isinstance(row, Incoming) and article is not None:
            yield row, article
        elif work.number:
            continue
        elif isinstance(row, Beside):
            _take_beside(row, report, work)
        elif isinstance(row, Incoming):
            report.refuse(Refused(row.place, f"no article is known for “{row.thread[:200]}”"))
        else:
            report.refuse(row)


def _take_beside(row: Beside, report: Report, work: _Round) -> None:
    """What is no comment is brought in from a copy of our own alone."""
    if work.binding != Binding.RESTORE:
        report.refuse(Refused(row.place, "it is no comment: only --restore brings it in"))
        return
    try:
        if work.dry_run or around.bring(row):
            report.beside += 1
        else:
            report.known += 1
    except BadRow as bad:
        report.refuse(Refused(row.place, str(bad)))


def _batches(rows: Iterator[Placed], most: int) -> Iterator[list[Placed]]:
    while batch := list(itertools.islice(rows, most)):
        yield batch


@dataclass
class _Round:
    """One way through the file. ``late`` are the keys of answers that still wait; ``waiting`` those of the round before."""

    source: str
    number: int
    waiting: set[str] | None
    dry_run: bool
    binding: Binding
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
            self._know_strangers(row, article, known, report)
            if row.parent and row.parent not in ready and row.answered(self.source) not in known:
                if self.waiting is None or row.parent in self.waiting:
                    self.late.add(key)
                    continue
                report.orphans += 1
                row.parent = ""
            ready[key] = (row, article)
        self._store(list(ready.values()), known, report)

    def _know_strangers(self, row: Incoming, article: int, known: Known, report: Report) -> None:
        """A number of another newsroom's is no comment of ours under another article: the answer opens a thread."""
        parent = known.get(row.answered(self.source)) if row.parent else None
        if parent is not None and not parent.origin and parent.article_id != article:
            report.orphans += 1
            row.parent = ""

    def _store(self, rows: list[Placed], known: Known, report: Report) -> None:
        """``rows`` are here; if the database refuses them, each is tried by itself and what it refuses is told."""
        try:
            report.made += store(rows, source=self.source, known=dict(known), binding=self.binding)
        except (DataError, IntegrityError, ValueError) as error:
            if len(rows) == 1:
                report.refuse(Refused(rows[0][0].place, f"the database does not take it ({str(error).strip()[:100]})"))
                return
            for row in rows:
                self._store_alone(row, known, report)

    def _store_alone(self, placed: Placed, known: Known, report: Report) -> None:
        row, _article = placed
        known.update(known_origins(self.source, [placed]))
        if row.parent and row.answered(self.source) not in known:
            report.orphans += 1
            row.parent = ""
        self._store([placed], known, report)
