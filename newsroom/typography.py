"""Typewriter marks become printed ones when text is drawn. What is stored stays as it was typed."""

from __future__ import annotations

import re

NARROW = "\u202f"  # no-break, as French sets it inside its quotation marks
# language: opening and closing double, opening and closing single
QUOTES = {
    "en": ("“", "”", "‘", "’"),
    "es": ("“", "”", "‘", "’"),
    "pt": ("“", "”", "‘", "’"),
    "it": ("“", "”", "‘", "’"),
    "de": ("„", "“", "‚", "‘"),
    "fr": ("«" + NARROW, NARROW + "»", "‹" + NARROW, NARROW + "›"),
}
APOSTROPHE = "’"
_BEFORE_OPENING = re.compile(r"[\s(\[{<«“‘„‚—–/\-]")
_MARKS = re.compile(r"[\"']|\.\.\.|(?<=\s)--?(?=\s)|(?<=\w)--(?=\w)")


class Typesetter:
    """Sets a text that arrives in pieces, such as the parts of a paragraph between its tags."""

    def __init__(self, language: str) -> None:
        self.quotes = QUOTES.get(language.split("-", maxsplit=1)[0].lower())
        self.before = ""

    def new_block(self) -> None:
        """What follows begins a paragraph of its own."""
        self.before = ""

    def set(self, text: str) -> str:
        """``text`` with quotation marks, apostrophes, dashes and dots of ``language``; untouched in an unknown one."""
        if self.quotes is None:
            return text
        done = _MARKS.sub(lambda match: self._mark(match, text), text) if _MARKS.search(text) else text
        self.before = text[-1:] or self.before
        return done

    def _mark(self, match: re.Match[str], text: str) -> str:
        found, at = match[0], match.start()
        if found == "...":
            return "…"
        if found.startswith("-"):
            return "–" if text[at - 1 : at].isspace() else "—"
        before = text[at - 1] if at else self.before
        after = text[match.end() : match.end() + 1]
        begins = not before or before in "\"'" or bool(_BEFORE_OPENING.match(before))
        return self._quote(found, opens=begins and not after.isspace(), before=before, after=after)

    def _quote(self, found: str, *, opens: bool, before: str, after: str) -> str:
        quotes = self.quotes or QUOTES["en"]
        if found == '"':
            return quotes[0] if opens else quotes[1]
        if opens:
            return APOSTROPHE if after.isdigit() else quotes[2]  # the ’90s
        return APOSTROPHE if before.isalnum() else quotes[3]


def smart(text: str, language: str) -> str:
    """A whole text set by the rules of ``language``."""
    return Typesetter(language).set(text)
