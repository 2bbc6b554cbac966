"""Marks the words that were searched for in the text as it was written."""

from __future__ import annotations

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles.search.query import plain_word
from newsroom.text import fold

EXCERPT = 160
BEFORE = 50
_WORD = re.compile(r"[^\W_][\w\u0300-\u036f\u064b-\u065f]*")
_UNSTOPPED = re.compile(r"(?<=[\w)])[ \t]*\n\s*")
_ENDINGS = ("ings", "ies", "ing", "ed", "es", "as", "os", "s", "e", "y", "a", "o", "d")


def highlighted(text: str, terms: set[str]) -> SafeString:
    """``text`` escaped, each word that matches one of ``terms`` (folded) in ``<mark>``."""
    parts, place = [], 0
    for start, end in _found(text, terms):
        parts += [format_html("{}<mark>{}</mark>", text[place:start], text[start:end])]
        place = end
    return format_html("{}{}", format_html_join("", "{}", ((part,) for part in parts)), text[place:])


def excerpt(text: str, terms: set[str]) -> SafeString:
    """About EXCERPT characters of ``text`` where most of ``terms`` stand together, marked; empty if none of them does.
    A line that ends without a stop, as a heading does, is set off from the next."""
    text = " ".join(_UNSTOPPED.sub(" · ", text.strip()).split())
    found = list(_found(text, terms))
    if not found:
        return SafeString("")
    start = max(0, _best(text, found) - BEFORE)
    end = min(len(text), start + EXCERPT)
    start, end = _to_word(text, start, forward=True), _to_word(text, end, forward=False)
    return format_html(
        "{}{}{}", "… " if start else "", highlighted(text[start:end], terms), " …" if end < len(text) else ""
    )


def _best(text: str, found: list[tuple[int, int]]) -> int:
    """Where the stretch with the most different matches begins; the first of equals."""
    best, most = found[0][0], 0
    for number, (start, _end) in enumerate(found[:200]):
        near = {fold(text[a:b]) for a, b in found[number : number + 20] if b - start <= EXCERPT - BEFORE}
        if len(near) > most:
            best, most = start, len(near)
    return best


def _to_word(text: str, place: int, *, forward: bool) -> int:
    """``place`` moved to the edge of a word, if there is one within 30 characters."""
    if place in {0, len(text)}:
        return place
    blank = text.find(" ", place - 1, place + 30) if forward else text.rfind(" ", place - 30, place + 1)
    return place if blank < 0 else blank + forward


def _found(text: str, terms: set[str]) -> list[tuple[int, int]]:
    wanted = terms | {_stem(term) for term in terms}
    spans = []
    for word in _WORD.finditer(text):
        folded = plain_word(fold(word[0]))
        if folded in terms or _stem(folded) in wanted:
            spans.append(word.span())
    return spans


def _stem(word: str) -> str:
    """Near enough to the databases' own stemming to mark "sanctions" when "sanction" was asked for."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
