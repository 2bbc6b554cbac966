"""What a reader typed, made into something both databases understand and neither can choke on.

Words must all occur; "in quotes" they must stand together; -word must not occur; OR begins another choice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsroom.text import fold

MAX_CHARACTERS = 200
MAX_TERMS = 16
MAX_WORD = 60
WORD = re.compile(r"[^\W_]+")
_ARTICLE = re.compile("^[وبكف]?ال(?=..)")  # Arabic writes "the" and some small words onto the noun
# Names that FTS5's older Porter stemmer takes for other words ("andes" for "and"); PostgreSQL's newer one knows them.
# Source: https://snowballstem.org/algorithms/english/stemmer.html ("exceptional forms")
UNSTEMMED = frozenset({"andes", "atlas", "bias", "cosmos", "howe", "news"})
_PIECE = re.compile(r'(?P<minus>(?:^|(?<=\s))-)?(?:"(?P<phrase>[^"]*)(?:"|$)|(?P<plain>[^\s"]+))')


def words(text: str) -> list[str]:
    """The folded words of ``text``: letters and digits only, no accents, no case. The same for index and query."""
    return [plain_word(word) for word in WORD.findall(fold(text))]


def plain_word(folded: str) -> str:
    """One folded word as the index has it."""
    return _ARTICLE.sub("", folded)[:MAX_WORD]


def for_porter(text: str) -> str:
    """Folded ``text`` for FTS5, index and query alike: a digit keeps its stemmer away from words that have no ending."""
    return " ".join(f"{word}0" if word in UNSTEMMED else word for word in text.split())


@dataclass(frozen=True)
class Choice:
    """``wanted`` must all occur, ``unwanted`` must not; each is a word or a phrase of words with blanks between."""

    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Query:
    """One or more choices of which one must fit. Empty if nothing that was typed is a word."""

    choices: tuple[Choice, ...]

    def __bool__(self) -> bool:
        return bool(self.choices)

    @property
    def terms(self) -> set[str]:
        """The single words to highlight."""
        return {word for choice in self.choices for term in choice.wanted for word in term.split()}

    def for_fts5(self) -> str:
        """Source: https://sqlite.org/fts5.html#full_text_query_syntax"""
        arms = []
        for choice in self.choices:
            arm = " AND ".join(f'"{for_porter(term)}"' for term in choice.wanted)
            arms.append(f"(({arm})" + "".join(f' NOT "{for_porter(term)}"' for term in choice.unwanted) + ")")
        return " OR ".join(arms)

    def for_websearch(self) -> str:
        """Source: https://www.postgresql.org/docs/current/textsearch-controls.html"""
        return " or ".join(
            " ".join([*(f'"{term}"' for term in choice.wanted), *(f'-"{term}"' for term in choice.unwanted)])
            for choice in self.choices
        )


def parse(text: str) -> Query:
    """``text`` as a Query. Never raises; what is no word is passed over, at most MAX_TERMS are kept."""
    choices: list[tuple[list[str], list[str]]] = [([], [])]
    left = MAX_TERMS
    for piece in _PIECE.finditer(text[:MAX_CHARACTERS]):
        if piece["plain"] in {"OR", "O"} and choices[-1][0]:  # "o" is Spanish for "or"
            choices.append(([], []))
            continue
        term = " ".join(words(piece["phrase"] if piece["plain"] is None else piece["plain"]))
        if term and left:
            choices[-1][1 if piece["minus"] else 0].append(term)
            left -= 1
    return Query(tuple(Choice(tuple(wanted), tuple(unwanted)) for wanted, unwanted in choices if wanted))
