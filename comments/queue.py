"""The moderators' queue: its tabs, what a row shows, and the numbers for the desk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from comments.models import Comment, CommentReport, ReportReason, Status
from comments.querysets import CommentQuerySet

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise  # known to the stubs only

ROWS = 25  # a page
TABS: dict[str, _StrPromise] = {
    "waiting": gettext_lazy("Waiting"),
    "reported": gettext_lazy("Reported"),
    "approved": gettext_lazy("Approved"),
    "rejected": gettext_lazy("Rejected"),
    "spam": gettext_lazy("Spam"),
}
_REJECTED = (Status.REJECTED, Status.REMOVED)


@dataclass(frozen=True)
class Record:
    """What moderators decided about a reader's comments so far."""

    approved: int = 0
    rejected: int = 0

    def __str__(self) -> str:
        if not self.approved and not self.rejected:
            return _("First comment")
        return _("%(approved)d approved, %(rejected)d rejected") % {
            "approved": self.approved,
            "rejected": self.rejected,
        }


@dataclass(frozen=True)
class Row:
    """A comment in the queue: its reader's record and why it is here, in words."""

    comment: Comment
    record: Record
    reports: str

    @property
    def reasons(self) -> list[str]:
        return [reason for reason in (self.comment.reason, self.reports) if reason]


def counts() -> dict[str, int]:
    """``waiting``, ``reported`` and their ``total``. Two queries, each over its own small index."""
    waiting = Comment.objects.waiting().count()
    reported = Comment.objects.reported().count()
    return {"waiting": waiting, "reported": reported, "total": waiting + reported}


def tab_counts() -> dict[str, int]:
    """How many comments each tab holds. Two queries."""
    by_status = dict(Comment.objects.order_by().values_list("status").annotate(number=Count("pk")))
    return {
        "waiting": by_status.get(Status.WAITING, 0),
        "reported": Comment.objects.reported().count(),
        "approved": by_status.get(Status.PUBLISHED, 0),
        "rejected": sum(by_status.get(status, 0) for status in _REJECTED),
        "spam": by_status.get(Status.SPAM, 0),
    }


def oldest_waiting_at() -> datetime | None:
    """When the comment that has waited longest was written. One query."""
    return Comment.objects.waiting().values_list("created_at", flat=True).first()


def last_approved_at() -> datetime | None:
    """When a comment was last approved. One query."""
    approved = Comment.objects.published().order_by("-decided_at", "-pk")
    return approved.values_list("decided_at", flat=True).first()


def in_tab(tab: str) -> CommentQuerySet:
    """The comments of a tab: what is to do, the oldest first; what is done, the latest decision first."""
    match tab:
        case "reported":
            return Comment.objects.reported()
        case "approved":
            return Comment.objects.published().order_by("-decided_at", "-pk")
        case "rejected":
            return Comment.objects.filter(status__in=_REJECTED).order_by("-decided_at", "-pk")
        case "spam":
            return Comment.objects.filter(status=Status.SPAM).order_by("-decided_at", "-pk")
        case _:
            return Comment.objects.waiting()


def page_of(tab: str, number: int) -> tuple[list[Row], bool]:
    """The rows of page ``number`` (from 1) of a tab, and whether more follow. Four queries, whatever the rows."""
    start = (number - 1) * ROWS
    shown = (
        in_tab(tab)
        .select_related("article__section", "author", "parent__author", "decided_by")
        .defer("article__body", "article__standfirst")
    )
    found = list(shown[start : start + ROWS + 1])
    comments = found[:ROWS]
    records, reports = _records(comments), _reports(comments)
    rows = [Row(c, records.get(_reader(c), Record()), reports.get(c.pk, "")) for c in comments]
    return rows, len(found) > ROWS


def _reader(comment: Comment) -> int | str:
    return comment.author_id or comment.guest_email


def _records(comments: Iterable[Comment]) -> dict[int | str, Record]:
    """The record of every reader among ``comments``, by account or e-mail address. Two queries."""
    readers = {_reader(comment) for comment in comments}
    counted = {
        "approved": Count("pk", filter=Q(status=Status.PUBLISHED)),
        "rejected": Count("pk", filter=Q(status__in=(*_REJECTED, Status.SPAM))),
    }
    records: dict[int | str, Record] = {}
    by_account = Comment.objects.filter(author__in=[key for key in readers if isinstance(key, int)])
    by_mail = Comment.objects.filter(
        author=None, guest_email__in=[key for key in readers if isinstance(key, str) and key]
    )
    for rows, key in ((by_account, "author"), (by_mail, "guest_email")):
        for found in rows.order_by().values(key).annotate(**counted):
            records[found[key]] = Record(approved=found["approved"], rejected=found["rejected"])
    return records


def _reports(comments: Iterable[Comment]) -> dict[int, str]:
    """ "Reported by 3 readers: insult" for each reported one of ``comments``. One query."""
    open_reports = CommentReport.objects.filter(comment__in=[c.pk for c in comments], handled_at__isnull=True)
    found: dict[int, dict[str, int]] = {}
    for pk, reason, number in open_reports.order_by("reason").values_list("comment", "reason").annotate(n=Count("pk")):
        found.setdefault(pk, {})[reason] = number
    sentences = {}
    for pk, by_reason in found.items():
        number = sum(by_reason.values())
        names = ", ".join(str(ReportReason(reason).label).lower() for reason in by_reason)
        sentences[pk] = ngettext(
            "Reported by %(n)d reader: %(reasons)s", "Reported by %(n)d readers: %(reasons)s", number
        ) % {"n": number, "reasons": names}
    return sentences
