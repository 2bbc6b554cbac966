"""What authors changed in their comments, for moderators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from articles.comparison import Part, words_changed
from comments.models import Comment

SHOWN = 5  # comparing takes time, and whoever changes a comment often has little left of it


@dataclass(frozen=True)
class Edit:
    """One change: when it was made, and its words, those that went and those that came."""

    at: datetime
    parts: list[Part]


def edits_of(comment: Comment) -> list[Edit]:
    """The latest SHOWN changes of ``comment`` by its author, the newest first. One query."""
    edits, newer = [], comment.body
    for version in comment.versions.all()[:SHOWN]:
        edits.append(Edit(version.until, words_changed(version.body, newer)))
        newer = version.body
    return edits
