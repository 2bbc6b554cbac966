"""What changed between two versions, word by word, in terms that editors read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

SAME, ADDED, REMOVED = "same", "added", "removed"
Part = tuple[str, str]  # kind, text
WORD = re.compile(r"\s+|\w+|[^\w\s]")
MOST_PAIRS = 10_000_000  # of words compared with each other, a second; beyond it a passage is shown as replaced


def words_changed(old: str, new: str) -> list[Part]:
    """``old`` and ``new`` in one: pieces that are the same, added or removed, neighbours of a kind joined.

    The pieces that are not added make ``old``, those not removed ``new``. Lines are compared first, then the words of
    those that differ.
    """
    found: list[Part] = []
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for kind, a, b in _pieces(before, after):
        if kind == SAME:
            _add(found, SAME, "".join(a))
        else:
            for part in _words("".join(a), "".join(b)):
                _add(found, *part)
    return found


def _words(old: str, new: str) -> list[Part]:
    a, b = WORD.findall(old), WORD.findall(new)
    if len(a) * len(b) > MOST_PAIRS:
        return [(REMOVED, old), (ADDED, new)]
    found: list[Part] = []
    for kind, left, right in _pieces(a, b):
        if kind == SAME:
            _add(found, SAME, "".join(left))
        else:
            _add(found, REMOVED, "".join(left))
            _add(found, ADDED, "".join(right))
    return found


def _pieces(a: Sequence[str], b: Sequence[str]) -> list[tuple[str, Sequence[str], Sequence[str]]]:
    codes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    return [(SAME if tag == "equal" else "changed", a[i:j], b[k:m]) for tag, i, j, k, m in codes]


def _add(parts: list[Part], kind: str, text: str) -> None:
    if not text:
        return
    if parts and parts[-1][0] == kind:
        parts[-1] = (kind, parts[-1][1] + text)
    else:
        parts.append((kind, text))
