"""Readers point moderators to a comment."""

from __future__ import annotations

from django.db import transaction

from comments import alerts
from comments.models import Comment, CommentReport, ReportReason
from comments.reader import hashed
from newsroom.models import User


@transaction.atomic
def report(*, comment: Comment, reason: str, reporter: User | None, address: str) -> CommentReport:
    """``comment`` is reported by this reader; a second report by the same reader is the first one again, unless it says
    that the comment is illegal. Of that the administrators know at once.
    """
    key = key_of_reader(reporter) if reporter is not None else hashed("report", f"address-{address}")
    found, is_new = CommentReport.objects.get_or_create(
        comment=comment, reader_key=key, defaults={"reporter": reporter, "reason": reason}
    )
    if reason == ReportReason.ILLEGAL and (is_new or found.reason != reason):
        found.reason, found.handled_at = reason, None
        found.save(update_fields=["reason", "handled_at"])
        alerts.illegal_content(found)
    return found


def key_of_reader(reporter: User) -> str:
    """What the reports of an account are known by."""
    return hashed("report", f"user-{reporter.pk}")
