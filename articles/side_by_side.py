"""A translation beside its original, paragraph by paragraph, with the words that changed in the original since."""

from __future__ import annotations

from dataclasses import dataclass, field

from articles.comparison import ADDED, SAME, Names, Part, readable, words_changed
from articles.content import Content
from articles.models import Article, Translation
from articles.translation_links import shown_revision
from articles.translations import TEXTS, mark_of


@dataclass(frozen=True)
class Pair:
    """A paragraph of the original, old and new in one, and what stands for it in the translation."""

    original: list[Part]
    translation: str = ""

    @property
    def is_changed(self) -> bool:
        return any(kind != SAME for kind, _text in self.original)


@dataclass(frozen=True)
class Passage:
    """A field of the content, by paragraphs."""

    name: str
    pairs: list[Pair]

    @property
    def is_changed(self) -> bool:
        return any(pair.is_changed for pair in self.pairs)


@dataclass(frozen=True)
class Beside:
    """``article`` beside ``original``. ``mark`` says what was shown."""

    article: Article
    original: Article
    row: Translation
    mark: str
    passages: list[Passage] = field(default_factory=list)

    @property
    def is_changed(self) -> bool:
        return any(passage.is_changed for passage in self.passages)


def beside(article: Article) -> Beside | None:
    """``article`` beside its original, None if it is no translation. Six queries."""
    rows = Translation.objects.select_related(
        "original__live_revision", "original__latest_revision", "seen_revision", "stale_act__by", "seen_by"
    )
    row = rows.filter(article=article).first()
    current = shown_revision(row.original) if row else None
    if row is None or current is None:
        return None
    new = Content.from_json(current.content)
    old = Content.from_json(row.seen_revision.content) if row.seen_revision else new
    own = Content.from_json(article.latest_revision.content) if article.latest_revision else Content()
    names = Names(old, new, own)
    before, after, ours = (readable(content, names) for content in (old, new, own))
    passages = [Passage(name, _pairs(words_changed(before[name], after[name]), ours[name])) for name in TEXTS]
    shown = [passage for passage in passages if passage.pairs]
    return Beside(article, row.original, row, mark_of(row, row.original), shown)


def _pairs(parts: list[Part], translation: str) -> list[Pair]:
    """Paragraphs that the translation has not yet, because they are new, stand beside nothing."""
    there = [line for line in translation.split("\n") if line.strip()]
    pairs = []
    for paragraph in paragraphs(parts):
        is_new = all(kind == ADDED for kind, _text in paragraph)
        pairs.append(Pair(paragraph, "" if is_new or not there else there.pop(0)))
    return [*pairs, *(Pair([], text) for text in there)]


def paragraphs(parts: list[Part]) -> list[list[Part]]:
    """``parts`` taken apart at the ends of lines; empty lines are left out."""
    found: list[list[Part]] = [[]]
    for kind, text in parts:
        for number, line in enumerate(text.split("\n")):
            if number:
                found.append([])
            if line:
                found[-1].append((kind, line))
    return [line for line in found if any(text.strip() for _kind, text in line)]
