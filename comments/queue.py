"""The moderators' queue: its tabs, their numbers, and one page of a tab by keyset. See comments.queue_rows for a row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext_lazy

from comments.counting import numbers, shown
from comments.models import Comment, Status
from comments.querysets import CommentQuerySet
from comments.queue_rows import Row, rows_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise  # known to the stubs only

ROWS = 25  # a page
COUNTED = 1000  # a number above is shown as "1000+": no page counts a million rows
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
TABS: dict[str, _StrPromise] = {
    "waiting": gettext_lazy("Waiting"),
    "reported": gettext_lazy("Reported"),
    "approved": gettext_lazy("Approved"),
    "rejected": gettext_lazy("Rejected"),
    "spam": gettext_lazy("Spam"),
}
_DONE = {
    "approved": (Status.PUBLISHED,),
    "rejected": (Status.REJECTED, Status.REMOVED),
    "spam": (Status.SPAM,),
}


@dataclass(frozen=True)
class QueuePage:
    """``rows`` of a tab; ``next_cursor`` is empty at the end of it."""

    rows: list[Row]
    next_cursor: str


def counts() -> dict[str, int]:
    """``waiting``, ``reported`` and their ``total``, each COUNTED + 1 at most. One query, over a small index for each."""
    waiting, reported = numbers([Comment.objects.waiting(), Comment.objects.reported()], most=COUNTED)
    return {"waiting": waiting, "reported": reported, "total": waiting + reported}


def tab_counts() -> dict[str, str]:
    """How many comments each tab holds, in figures: "12", "1000+". One query, over COUNTED rows of each at most."""
    found = zip(TABS, numbers([in_tab(tab) for tab in TABS], most=COUNTED), strict=True)
    return {tab: shown(number, most=COUNTED) for tab, number in found}


def oldest_waiting_at() -> datetime | None:
    """When the comment that has waited longest was written. One query."""
    return Comment.objects.waiting().values_list("created_at", flat=True).first()


def last_approved_at() -> datetime | None:
    """When a comment was last approved. One query."""
    approved = Comment.objects.published().order_by("-decided_at", "-pk")
    return approved.values_list("decided_at", flat=True).first()


def in_tab(tab: str) -> CommentQuerySet:
    """The comments of a tab: what is to do, the oldest first; what is done, the latest decision first."""
    if tab in _DONE:
        return Comment.objects.filter(status__in=_DONE[tab]).order_by("-decided_at", "-pk")
    return Comment.objects.reported() if tab == "reported" else Comment.objects.waiting()


def page_of(tab: str, after: str = "") -> QueuePage:
    """The page of a tab that follows the cursor ``after``. Eight queries at most, whatever the rows. Raises Http404 for a
    cursor that is none."""
    place = read_cursor(after) if after else None
    comments: list[Comment] = []
    for part in _parts(tab):
        found = _behind(part, tab, *place) if place else part
        comments += found.with_context()[: ROWS + 1]
    if tab in _DONE:
        comments.sort(key=lambda comment: (comment.decided_at or EPOCH, comment.pk), reverse=True)
    is_last = len(comments) <= ROWS
    comments = comments[:ROWS]
    return QueuePage(rows_of(comments), "" if is_last else _cursor(tab, comments[-1]))


def _parts(tab: str) -> list[CommentQuerySet]:
    """The comments of a tab in one row for each state: an index gives each in its order, both together would be sorted."""
    if tab in _DONE:
        return [in_tab(tab).filter(status=status) for status in _DONE[tab]]
    return [in_tab(tab)]


def _behind(found: CommentQuerySet, tab: str, at: datetime, pk: int) -> CommentQuerySet:
    if tab in _DONE:
        return found.filter(decided_at__lte=at).filter(Q(decided_at__lt=at) | Q(pk__lt=pk))
    return found.filter(created_at__gte=at).filter(Q(created_at__gt=at) | Q(pk__gt=pk))


def _cursor(tab: str, comment: Comment) -> str:
    return cursor_of((tab in _DONE and comment.decided_at) or comment.created_at, comment.pk)


def cursor_of(at: datetime, pk: int) -> str:
    """The place of a row in a list by time: microseconds since 1970, and its id."""
    return f"{(at - EPOCH) // MICROSECOND}-{pk}"


def read_cursor(text: str) -> tuple[datetime, int]:
    """The place behind a cursor. Raises Http404 for one that is none."""
    moment, _dash, pk = text.partition("-")
    if not all(part.isascii() and part.isdigit() and len(part) <= 18 for part in (moment, pk)):
        raise Http404
    try:
        return EPOCH + int(moment) * MICROSECOND, int(pk)
    except OverflowError as error:
        raise Http404 from error
