"""Lists of words, compiled once, found in a text in time that grows with the text and not with the list.

A line of a list is a whole word or several (``go home``). A star at an end opens it: ``*word`` ends with it, ``word*``
begins with it, ``*word*`` holds it anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from comments.pipeline.disguise import Cell, cells_of, letters_of

MIN_LETTERS, MAX_LETTERS = 2, 60
_WIDTH = 0x110000  # an edge is the node's number and the letter in one number


@dataclass(frozen=True)
class Line:
    """One entry: what was typed, its letters, and which of its ends are open."""

    typed: str
    letters: str
    opens: bool = False
    ends_open: bool = False

    @property
    def is_usable(self) -> bool:
        return MIN_LETTERS <= len(self.letters) <= MAX_LETTERS


def lines_of(text: str) -> list[Line]:
    """The entries of a typed list: one a line; empty lines and those that begin with # say nothing."""
    typed_lines = (line.strip() for line in text.splitlines())
    return [
        Line(typed, letters_of(typed.strip("*")), typed.startswith("*"), typed.endswith("*"))
        for typed in typed_lines
        if typed and not typed.startswith("#")
    ]


@dataclass
class _Trie:
    """Words letter by letter. ``ends`` tells which entry a node completes, and whether more letters may follow."""

    edges: dict[int, int] = field(default_factory=dict)
    letters: list[str] = field(default_factory=lambda: [""])
    ends: dict[int, Line] = field(default_factory=dict)

    def add(self, line: Line) -> None:
        node = 0
        for letter in line.letters:
            edge = node * _WIDTH + ord(letter)
            if edge not in self.edges:
                self.letters.append(letter)
                self.edges[edge] = len(self.letters) - 1
            node = self.edges[edge]
        known = self.ends.get(node)
        if known is None or not known.ends_open:
            self.ends[node] = line

    def find(self, cells: list[Cell], start: int) -> Line | None:
        """The shortest entry that begins at ``start``."""
        nodes = {0}
        for at in range(start, len(cells)):
            nodes = self._step(nodes, cells[at])
            if not nodes:
                return None
            for node in nodes & self.ends.keys():
                if self.ends[node].ends_open or cells[at].closes:
                    return self.ends[node]
        return None

    def _step(self, nodes: set[int], cell: Cell) -> set[int]:
        found: set[int] = set()
        for node in nodes:
            for letter in cell.letters:
                following = self.edges.get(node * _WIDTH + ord(letter))
                if following is not None:
                    found.add(following)
            if node and (cell.is_optional or (cell.repeats and self.letters[node] in cell.letters)):
                found.add(node)
        return found


class WordMatcher:
    """Finds the entries of ``lines``. Making it takes time in proportion to their letters."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._whole, self._within = _Trie(), _Trie()
        for line in lines:
            if line.is_usable:
                (self._within if line.opens else self._whole).add(line)

    def find(self, text: str) -> Line | None:
        """The first entry that ``text`` holds, in whatever disguise; None if it holds none."""
        cells = cells_of(text)
        for at, cell in enumerate(cells):
            if cell.letters in {"", " "} or (cell.repeats and not cell.is_first_of_run):
                continue
            found = (self._whole.find(cells, at) if cell.opens else None) or self._within.find(cells, at)
            if found is not None:
                return found
        return None
