"""Two people saved: every field of both texts side by side, and the text that comes of their choices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from articles.body.blocks import blocks
from articles.comparison import Merged, Names, Part, merge, readable, words_changed
from articles.content import Content

MINE, THEIRS, BOTH = "mine", "theirs", "both"
PREFIX = "merge_"  # of the form's fields


@dataclass(frozen=True)
class FieldConflict:
    """A field that differs. ``choice`` is "" where both changed it and nobody can tell which is right."""

    name: str
    mine: str
    theirs: str
    parts: list[Part]
    choice: str
    has_both: bool


def conflicts(*, base: Content | None, mine: Content, theirs: Content) -> list[FieldConflict]:
    """Every field in which ``mine`` and ``theirs`` differ, with the choice that follows from ``base``, the text both
    began with (None: unknown). Four queries."""
    names = Names(mine, theirs)
    my_words, their_words = readable(mine, names), readable(theirs, names)
    a, b, start = mine.to_json(), theirs.to_json(), base.to_json() if base else None
    return [
        FieldConflict(
            name=name,
            mine=my_words[name],
            theirs=their_words[name],
            parts=words_changed(their_words[name], my_words[name]),
            choice=_choice(name, start, a, b),
            has_both=name == "body" and base is not None,
        )
        for name in a
        if a[name] != b[name]
    ]


def _choice(name: str, base: Mapping[str, Any] | None, mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> str:
    if base is None:
        return ""
    if mine[name] == base[name]:
        return THEIRS
    if theirs[name] == base[name]:
        return MINE
    if name == "body" and _bodies(base[name], mine[name], theirs[name]).is_clean:
        return BOTH
    return ""


def _bodies(base: str, mine: str, theirs: str) -> Merged:
    return merge(blocks(base), blocks(mine), blocks(theirs))


def chosen(
    given: Mapping[str, str], *, base: Content | None, mine: Content, theirs: Content
) -> tuple[Content, list[str]]:
    """The content that comes of the choices ``given`` ("merge_headline": "mine"), and the fields nobody decided on.

    What was not asked stays as it follows from ``base``; an undecided field is mine.
    """
    values: dict[str, Any] = {}
    undecided = []
    for conflict in conflicts(base=base, mine=mine, theirs=theirs):
        choice = given.get(PREFIX + conflict.name, conflict.choice)
        if choice == THEIRS:
            values[conflict.name] = getattr(theirs, conflict.name)
        elif choice == BOTH and conflict.has_both and base is not None:
            values["body"] = "".join(_bodies(base.body, mine.body, theirs.body).blocks)
        elif choice != MINE:
            undecided.append(conflict.name)
    return replace(mine, **values), undecided


def sentence(undecided: list[str], labels: Mapping[str, str]) -> str:
    """What a person reads who left a choice open."""
    names = ", ".join(labels.get(name, name) for name in undecided)
    return _("Choose one of the two texts for: %(fields)s.") % {"fields": names}
