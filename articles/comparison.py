"""What changed between two versions, word by word, in terms that editors read; and two changed texts put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from articles.body.blocks import blocks, in_words
from articles.content import Content
from articles.models import Article, Byline, Section
from media.models import Photo

SAME, ADDED, REMOVED = "same", "added", "removed"
Part = tuple[str, str]  # kind, text
WORD = re.compile(r"\s+|\w+|[^\w\s]")
MOST_PAIRS = 10_000_000  # of words compared with each other, a second; beyond it a passage is shown as replaced


@dataclass(frozen=True)
class FieldChange:
    """A field of the content that differs. ``parts`` read in order are both versions."""

    name: str
    parts: list[Part]
    is_only_markup: bool = False


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


class Names:
    """The names of what contents point at, read at once: four queries."""

    def __init__(self, *contents: Content) -> None:
        targets = [pk for content in contents for pk in _targets(content.body)]
        photos = {slide.photo_id for content in contents for slide in content.slides}
        photos |= {int(pk) for kind, pk in targets if kind == "photo"}
        articles = {int(pk) for kind, pk in targets if kind == "article"}
        articles |= {content.translation_of_id for content in contents if content.translation_of_id}
        bylines = {pk for content in contents for pk in content.byline_ids}
        self.known: dict[tuple[str, int], str] = {}
        found: list[tuple[str, dict[int, Any]]] = [
            ("photo", Photo.objects.in_bulk(photos)),
            ("article", Article.objects.only("headline").in_bulk(articles)),
            ("byline", Byline.objects.in_bulk(bylines)),
            ("section", Section.objects.in_bulk({c.section_id for c in contents if c.section_id})),
        ]
        for kind, rows in found:
            self.known |= {(kind, pk): str(row) for pk, row in rows.items()}

    def of(self, kind: str, pk: int | str | None) -> str:
        """The name, "" for nothing, the number for what is gone."""
        if not pk:
            return ""
        return self.known.get((kind, int(pk)), str(pk))


def _targets(body: str) -> list[tuple[str, int]]:
    from articles.body import references

    return references(body)


def readable(content: Content, names: Names) -> dict[str, str]:
    """Every field of ``content`` as text for editors, lists with a line an item."""
    said = {name: str(value or "") for name, value in content.to_json().items() if not isinstance(value, list)}
    said["section_id"] = names.of("section", content.section_id)
    said["translation_of_id"] = names.of("article", content.translation_of_id)
    said["body"] = "\n".join(in_words(block, name_of=names.of) for block in blocks(content.body))
    said["byline_ids"] = "\n".join(names.of("byline", pk) for pk in content.byline_ids)
    said["tags"] = "\n".join(content.tags)
    said["slides"] = "\n".join(
        " | ".join(filter(None, (names.of("photo", slide.photo_id), slide.caption, slide.alt)))
        for slide in content.slides
    )
    return said


def compare(old: Content, new: Content, *, names: Names | None = None) -> list[FieldChange]:
    """Every field in which two contents differ, in the order of the form. Four queries for the names."""
    names = names or Names(old, new)
    before, after, a, b = readable(old, names), readable(new, names), old.to_json(), new.to_json()
    return [
        FieldChange(name, words_changed(before[name], after[name]), is_only_markup=before[name] == after[name])
        for name in a
        if a[name] != b[name]
    ]


# --- Two changed texts --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Merged:
    """Blocks put together. ``is_clean``: nobody changed what the other changed."""

    blocks: list[str]
    is_clean: bool


def merge(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> Merged:
    """``base`` with the changes of both. Where both changed the same passage, theirs stands before mine.

    Source: S. Khanna, K. Kunal, B. C. Pierce, "A Formal Investigation of Diff3", 2007.
    """
    out: list[str] = []
    is_clean, i, j, k = True, 0, 0, 0
    for start, of_mine, of_theirs, length in _agreed(base, mine, theirs):
        chunk, fits = _put_together(base[i:start], mine[j:of_mine], theirs[k:of_theirs])
        out += [*chunk, *base[start : start + length]]
        is_clean = is_clean and fits
        i, j, k = start + length, of_mine + length, of_theirs + length
    return Merged(out, is_clean)


def _put_together(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> tuple[list[str], bool]:
    if list(mine) in (list(base), list(theirs)):
        return list(theirs), True
    if list(theirs) == list(base):
        return list(mine), True
    if len(base) == len(mine) == len(theirs) > 1:  # neighbours, each changed by one of the two
        one_by_one = [_put_together([a], [b], [c]) for a, b, c in zip(base, mine, theirs, strict=True)]
        return [block for chunk, _fits in one_by_one for block in chunk], all(fits for _chunk, fits in one_by_one)
    return [*theirs, *(block for block in mine if block not in theirs)], False


def _agreed(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """Runs of ``base`` that stand in both: where in base, mine and theirs, and how long. The last is empty, at the ends."""

    def places(other: Sequence[str]) -> dict[int, int]:
        matcher = SequenceMatcher(None, base, other, autojunk=False)
        return {a + n: b + n for a, b, size in matcher.get_matching_blocks() for n in range(size)}

    in_mine, in_theirs = places(mine), places(theirs)
    runs: list[tuple[int, int, int, int]] = []
    for at in sorted(in_mine.keys() & in_theirs.keys()):
        if runs and _follows(runs[-1], at, in_mine[at], in_theirs[at]):
            start, j, k, length = runs[-1]
            runs[-1] = (start, j, k, length + 1)
        else:
            runs.append((at, in_mine[at], in_theirs[at], 1))
    return [*runs, (len(base), len(mine), len(theirs), 0)]


def _follows(run: tuple[int, int, int, int], at: int, of_mine: int, of_theirs: int) -> bool:
    start, j, k, length = run
    return (at, of_mine, of_theirs) == (start + length, j + length, k + length)
