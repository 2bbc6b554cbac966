"""Why a comment was rejected, in the words that its author reads: prewritten ones of the newsroom, else the built-in ones."""

from __future__ import annotations

from django.utils.translation import override

from comments.models import CannedReason, Comment, Rejection


def sentence(comment: Comment) -> str:
    """What the author of ``comment`` reads, in the article's language. Empty if no reason was given. One query."""
    if not comment.rejection:
        return ""
    language = comment.article.language
    found = CannedReason.objects.filter(rejection=comment.rejection, language=language).first()
    if found is not None:
        return found.sentence
    with override(language):
        return str(Rejection(comment.rejection).label)


def choices(language: str) -> list[tuple[str, str]]:
    """The reasons in the order of their keys 1 to 5, in words of ``language``. One query."""
    written = dict(CannedReason.objects.filter(language=language).values_list("rejection", "sentence"))
    return [(value, written.get(value) or str(label)) for value, label in Rejection.choices]
