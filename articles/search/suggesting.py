"""Did you mean: other words for a search that found nothing, out of what the newest stories say."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from difflib import get_close_matches

from articles.models import Article
from articles.search.query import WORD
from newsroom.text import fold

NEWEST = 1000  # stories whose headlines and standfirsts are looked through
MOST_WORDS = 6
LEAST_LETTERS = 4
CLOSE = 0.75
TYPED = re.compile(rf"[^\W\d_]{{{LEAST_LETTERS},40}}")


def suggestion(text: str, *, at: datetime) -> str:
    """``text`` with each word that no recent public headline or standfirst has changed into the nearest that one has.

    Empty if that leaves it as it was, or if a word has no near one. One query; a word's own first letter is believed.
    """
    known = _words(at)
    changed = False

    def nearest(match: re.Match[str]) -> str:
        nonlocal changed
        word = fold(match[0])
        if word in known:
            return match[0]
        alike = [other for other in known if other[0] == word[0] and abs(len(other) - len(word)) <= 2]
        found = get_close_matches(word, alike, n=1, cutoff=CLOSE)
        changed = changed or bool(found)
        return known[found[0]] if found else match[0]

    if len(text.split()) > MOST_WORDS:
        return ""
    better = TYPED.sub(nearest, text)
    return better if changed else ""


def _words(at: datetime) -> dict[str, str]:
    """Each folded word of the newest public stories with the way it is written most, in lower case."""
    rows = Article.objects.public(at).newest_first().values_list("headline", "standfirst")[:NEWEST]
    seen: dict[str, Counter[str]] = {}
    for word in WORD.findall(" ".join(f"{headline} {standfirst}" for headline, standfirst in rows)):
        if len(word) >= LEAST_LETTERS:
            seen.setdefault(fold(word), Counter())[word.lower()] += 1
    return {folded: written.most_common(1)[0][0] for folded, written in seen.items()}
