"""The rules in force, read once per process and change: they are a part of the frame (see newsroom.frame)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from comments.models import CommentRules, WordKind, WordList
from comments.pipeline.words import WordMatcher, lines_of
from newsroom import frame

PART = "comment_rules"


@dataclass(frozen=True)
class Words:
    """One list in use."""

    kind: str
    language: str
    words: str


@dataclass(frozen=True)
class Rules:
    """Numbers and switches, and the lists in use."""

    numbers: CommentRules
    lists: tuple[Words, ...] = ()

    def matcher(self, kind: WordKind, language: str) -> WordMatcher | None:
        """What finds the words of ``kind`` in a text of an edition; None without words. Compiled at first use."""
        texts = tuple(one.words for one in self.lists if one.kind == kind and one.language in {"", language})
        return compiled(texts) if texts else None


@lru_cache(maxsize=16)
def compiled(texts: tuple[str, ...]) -> WordMatcher:
    """The matcher of several lists. Kept: two editions and both kinds, before and after a change."""
    return WordMatcher(line for text in texts for line in lines_of(text))


def load() -> Rules:
    """The rules as the database has them. Two queries."""
    rows = WordList.objects.filter(is_active=True).values_list("kind", "language", "words")
    return Rules(CommentRules.load(), tuple(Words(*row) for row in rows))


def current() -> Rules:
    """The rules in force. One query unless they changed."""
    found: Rules = frame.current().comment_rules
    return found


def register() -> None:
    """Every process learns of a change with its next page."""
    frame.register(PART, load, models=[CommentRules, WordList])
