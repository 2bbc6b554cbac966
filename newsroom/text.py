"""Cleaning and folding of typed text, the same everywhere."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BIDI_OVERRIDE = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BLANK = re.compile(r"[ \t\r\n\f\v\u2028\u2029]+")
_LINES = re.compile(r"\n{3,}")
WORD_CHARACTER = re.compile(r"[^\W_]")  # a letter or digit of any script
EMAIL_WRONG = _("Enter an e-mail address with an @, like name@example.org.")
EDGES = " \t\r\n\f\v\u00a0\u2007\u202f\u200b\ufeff"


def without_control(text: str) -> str:
    """``text`` without NUL, other control characters, lone surrogates and direction overrides. Tabs and newlines stay."""
    return _BIDI_OVERRIDE.sub("", _CONTROL.sub("", text))


def clean_line(text: str) -> str:
    """``text`` as one line: white space runs are one space, no-break spaces stay inside and go at the ends."""
    return _BLANK.sub(" ", without_control(text)).strip(EDGES)


def clean_text(text: str) -> str:
    """``text`` of several lines: line ends are ``\\n``, at most one empty line in a row, ends of lines trimmed."""
    lines = without_control(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return _LINES.sub("\n\n", "\n".join(line.rstrip(EDGES) for line in lines)).strip(EDGES)


def fold(text: str) -> str:
    """``text`` for comparing and searching: compatibility forms, accents and case folded away."""
    decomposed = unicodedata.normalize("NFKD", without_control(text))
    return unicodedata.normalize("NFKC", "".join(c for c in decomposed if not unicodedata.combining(c))).casefold()


def initials(name: str) -> str:
    """One or two letters that stand for ``name`` where there is no picture: of its first and its last word."""
    words = [word for word in name.split() if word[0].isalnum()] or [name or "?"]
    return "".join(word[0] for word in (words if len(words) == 1 else (words[0], words[-1]))).upper()[:2]
