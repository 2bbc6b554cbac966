"""What a copy editor marks: slips of the keyboard, and words that the house writes in another way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from articles.models import HouseWord

MOST = 5  # of each kind; more would be read by nobody
# A mark between a small letter and a capital. Whether it stands in an address or a file's name is looked at afterwards:
# one pattern for all of it would take a minute over a word of 10,000 letters.
_NO_SPACE = re.compile(r"(?<=[^\W\d_A-Z])[.!?…](?=[^\W\d_a-z])")
_WORD = 40  # letters looked at on each side
_BEFORE = re.compile(r"(?:^|[^\w@/.])(\w*[^\W\d_A-Z]{2})$")
_AFTER = re.compile(r"[^\W\d_a-z][^\W\d_]+(?![\w@/])")
_TWICE = re.compile(r"(?<![\w'’-])([^\W\d_]{2,})[ \u00a0]+(\1)(?![\w'’-])", re.IGNORECASE)
# Words that may well stand twice. Spanish and English.
_MAY_REPEAT = frozenset({"had", "that", "very", "so", "no", "ha", "sí", "muy", "bye", "nos", "come"})


@dataclass(frozen=True)
class Slip:
    """Something found: ``kind`` is "space", "twice" or "house"; what stands there and what is better ("" for nothing)."""

    kind: str
    found: str
    better: str
    note: str = ""


def slips(text: str, words: Iterable[HouseWord]) -> Iterator[Slip]:
    """What is found in ``text``, plain, its blocks separated by line ends; at most MOST of each kind. No query."""
    yield from islice(_spaces(text), MOST)
    doubled = (match for match in _TWICE.finditer(text) if match[1].lower() not in _MAY_REPEAT)
    yield from islice((Slip("twice", match[0], match[1]) for match in doubled), MOST)
    yield from islice((slip for word in words for slip in _house(text, word)), MOST)


def _spaces(text: str) -> Iterator[Slip]:
    for match in _NO_SPACE.finditer(text):
        before = _BEFORE.search(text[max(0, match.start() - _WORD) : match.start()])
        after = _AFTER.match(text[match.end() : match.end() + _WORD])
        if before and after:
            yield Slip("space", f"{before[1]}{match[0]}{after[0]}", f"{before[1]}{match[0]} {after[0]}")


def _house(text: str, word: HouseWord) -> Iterator[Slip]:
    match = re.search(rf"(?<!\w){re.escape(word.wrong)}(?!\w)", text, re.IGNORECASE)
    if match and match[0] != word.right:
        yield Slip("house", match[0], word.right, word.note)
