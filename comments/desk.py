"""The comments' part of the desk: navigation with its red number, two tiles, and those that wait longest."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from comments import queue
from comments.models import Comment, CommentReport, Status
from newsroom import desk

LIMIT = timedelta(hours=2)  # later than this is late. Source: design brief, section 7.
ROWS = 3


def register() -> None:
    """The desk shows what readers wait for."""
    right = "comments.moderate_comment"
    desk.register(
        desk.Entry(
            gettext_lazy("Comments"),
            "admin:comments_comment_changelist",
            "comments.view_comment",
            30,
            count=_open,
            icon="comment",
        ),
        desk.Tile(gettext_lazy("Comments waiting"), lambda user: _tab("waiting"), _waiting, right, 20),
        desk.Tile(gettext_lazy("Comments reported"), lambda user: _tab("reported"), _reported, right, 30),
        desk.Panel("admin/comments/_waiting_panel.html", waiting_panel, right, 20),
    )


def _tab(name: str) -> str:
    return f"{reverse('admin:comments_comment_changelist')}?tab={name}"


def _open() -> int:
    return queue.counts()["total"]


def _waiting(user: Any) -> tuple[int, str, bool]:
    number, oldest = Comment.objects.filter(status=Status.WAITING).count(), queue.oldest_waiting_at()
    if not number or oldest is None:
        return 0, _("Nothing waiting"), False
    return number, _("Oldest: %(time)s") % {"time": timesince(oldest, depth=1)}, timezone.now() - oldest > LIMIT


def _reported(user: Any) -> tuple[int, str, bool]:
    rows = CommentReport.objects.filter(handled_at__isnull=True).values_list("comment_id", "comment__article_id")
    comments, articles = {comment for comment, _article in rows}, {article for _comment, article in rows}
    if not comments:
        return 0, _("Nothing waiting"), False
    sentence = ngettext("On %(n)d article", "On %(n)d articles", len(articles)) % {"n": len(articles)}
    return len(comments), sentence, False


def waiting_panel(user: Any) -> dict[str, Any]:
    """The comments that have waited longest, with their author and article. One query."""
    rows = (
        Comment.objects.filter(status=Status.WAITING).select_related("author", "article").order_by("created_at", "pk")
    )
    found = list(rows[:ROWS])
    for comment in found:
        comment.waiting = timesince(comment.created_at, depth=1)  # type: ignore[attr-defined]  # for the template
    return {"all_url": _tab("waiting"), "rows": found}
