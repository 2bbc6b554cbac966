"""Old addresses brought in from a table of two columns."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.db import transaction

from articles import old_addresses
from articles.models import Article, OldAddress
from articles.old_addresses import Line, Refused

BATCH = 500
LONGEST_LINE = 20_000  # characters
Row = tuple[int, list[str] | None]  # the number of its line, None for what no table holds
Numbered = dict[str, tuple[int, Line]]


@dataclass
class Report:
    """What became of the rows. ``tell`` hears of each that is left out, ``progress`` after each batch."""

    tell: Callable[[str], None]
    progress: Callable[[Report], None]
    made: int = 0
    changed: int = 0
    known: int = 0
    left_out: int = 0

    def refuse(self, number: int, reason: str) -> None:
        """The row of that line is left out, for ``reason``."""
        self.left_out += 1
        self.tell(f"line {number}: left out. {reason}")


def bring(file: Path, *, report: Report, dry_run: bool, change: bool) -> None:
    """The good rows of ``file`` are in the table; with ``change`` also those whose address leads elsewhere yet.

    Each batch is whole, so it can be stopped and run again. Raises OSError. Six queries a batch of BATCH at most.
    """
    pages = old_addresses.own_pages()
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        rows = _rows(stream)
        while batch := list(itertools.islice(rows, BATCH)):
            _take(_good(_read(batch, pages, report), report), report, dry_run=dry_run, change=change)
            report.progress(report)


def _rows(stream: IO[str]) -> Iterator[Row]:
    """Each line by itself: no address holds a line break, and so a lost quotation mark spoils its own row alone."""
    for number in itertools.count(1):
        line = stream.readline(LONGEST_LINE)
        if not line:
            return
        if _is_cut(line, stream):
            yield number, None
        elif line.strip():
            yield number, _cells(line)


def _is_cut(line: str, stream: IO[str]) -> bool:
    """Whether ``line`` was not all of it; the rest is read over."""
    is_cut = False
    while not line.endswith(("\n", "\r")) and (line := stream.readline(LONGEST_LINE)):
        is_cut = True
    return is_cut


def _cells(line: str) -> list[str] | None:
    try:
        return next(csv.reader([line]), None)
    except csv.Error:
        return None


def _read(batch: list[Row], pages: Collection[str], report: Report) -> Numbered:
    """What the rows say, by their old address; the first of a kind counts."""
    found: Numbered = {}
    for number, row in batch:
        try:
            line = _line(row, pages)
        except Refused as refused:
            report.refuse(number, str(refused))
            continue
        if line.path not in found:
            found[line.path] = number, line
        elif found[line.path][1].target == line.target:
            report.known += 1
        else:
            report.refuse(number, f"Line {found[line.path][0]} has this address already.")
    return found


def _line(row: list[str] | None, pages: Collection[str]) -> Line:
    if row is None or len(row) != 2:
        raise Refused("Two columns are wanted, the old address and the new one or the number of an article.")
    if any("\ufffd" in cell for cell in row):
        raise Refused("It is not written in UTF-8.")
    return old_addresses.read_line(row[0], row[1], pages=pages)


def _good(found: Numbered, report: Report) -> Numbered:
    reasons = old_addresses.refusals([line for _number, line in found.values()], articles=Article.objects.all())
    for number, line in found.values():
        if line in reasons:
            report.refuse(number, reasons[line])
    return {path: (number, line) for path, (number, line) in found.items() if line not in reasons}


@transaction.atomic
def _take(found: Numbered, report: Report, *, dry_run: bool, change: bool) -> None:
    known = {row.path: row for row in OldAddress.objects.select_for_update().filter(path__in=found)}
    new = [line for path, (_number, line) in found.items() if path not in known]
    others = []
    for path, row in known.items():
        number, line = found[path]
        if (row.article_id, row.target_path) == line.target:
            report.known += 1
        elif change:
            row.article_id, row.target_path = line.target
            others.append(row)
        else:
            report.refuse(number, "It leads elsewhere already; --change makes it lead there.")
    report.made, report.changed = report.made + len(new), report.changed + len(others)
    if not dry_run:
        OldAddress.objects.bulk_update(others, ["article", "target_path"])
        OldAddress.objects.bulk_create(
            [OldAddress(path=line.path, article_id=line.article, target_path=line.target_path) for line in new],
            ignore_conflicts=True,  # somebody added it on the desk a moment ago
        )
