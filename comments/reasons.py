"""Why a comment was rejected, in the words that its author reads: prewritten ones of the newsroom, else the built-in ones.

The prewritten ones are a part of the frame (see newsroom.frame), so a page of comments costs no query for them.
"""

from __future__ import annotations

from django.utils.translation import override

from comments.models import CannedReason, Comment, Rejection
from newsroom import frame
from newsroom.frame import Frame

PART = "canned_reasons"


def register() -> None:
    """Every process learns of a change with its next page."""
    frame.register(PART, _load, models=[CannedReason])


def _load() -> dict[tuple[str, str], str]:
    return {(r.language, r.rejection): r.sentence for r in CannedReason.objects.all()}


def sentence(comment: Comment, *, shown: Frame | None = None) -> str:
    """What the author of ``comment`` reads, in the article's language, with a full stop. Empty if no reason was given.

    No query with the frame given and the article loaded.
    """
    if not comment.rejection:
        return ""
    language = comment.article.language
    written: str | None = (shown or frame.current()).canned_reasons.get((language, comment.rejection))
    with override(language):
        found = written or str(Rejection(comment.rejection).label)
    return found if found.endswith((".", "!", "?", "…")) else f"{found}."


def choices(language: str, *, shown: Frame | None = None) -> list[tuple[str, str]]:
    """The reasons in the order of their keys 1 to 5, in words of ``language``."""
    written = (shown or frame.current()).canned_reasons
    return [(value, written.get((language, value)) or str(label)) for value, label in Rejection.choices]
