"""Readers point moderators to a comment."""

from __future__ import annotations

from comments.models import Comment, CommentReport
from comments.reader import hashed
from newsroom.models import User


def report(*, comment: Comment, reason: str, reporter: User | None, address: str) -> CommentReport:
    """``comment`` is reported by this reader; a second report by the same reader is the first one again."""
    key = hashed("report", f"user-{reporter.pk}" if reporter is not None else f"address-{address}")
    found, _made = CommentReport.objects.get_or_create(
        comment=comment, reader_key=key, defaults={"reporter": reporter, "reason": reason}
    )
    return found
