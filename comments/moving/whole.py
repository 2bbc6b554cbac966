"""A comment with all that belongs to it as one JSON object: what ``export_comments`` writes and the import reads again.

Not in it: hashes of network addresses and what is made of them (they expire, and mean nothing elsewhere).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from comments.models import (
    Appeal,
    Comment,
    CommentReport,
    CommentVersion,
    ModerationAction,
    ReaderNotice,
    Recommendation,
)
from newsroom.models import User

OWN = "newsroom"  # where a comment comes from that was written here
META_KEY = "_newsroom"
BATCH = 500


def key_of(comment: Comment | None) -> str:
    """The id of ``comment`` in files: where it was imported from, else its number here."""
    return (comment.origin or f"{OWN}:{comment.pk}") if comment is not None else ""


def exported() -> Iterator[tuple[Comment, dict[str, Any]]]:
    """Every comment with its object, article by article. A fixed number of queries for each BATCH; few are in memory."""
    related = (
        Prefetch("actions", ModerationAction.objects.order_by("pk").select_related("by")),
        Prefetch("reports", CommentReport.objects.order_by("pk").select_related("reporter")),
        Prefetch("versions", CommentVersion.objects.order_by("pk")),
        Prefetch("recommendations", Recommendation.objects.order_by("pk").select_related("reader")),
    )
    rows = Comment.objects.order_by("article", "pk").select_related(
        "article__section", "author", "parent", "decided_by", "appeal__rejected_by", "appeal__decided_by"
    )
    each = rows.defer("article__body").prefetch_related(*related).iterator(BATCH)
    while batch := list(itertools.islice(each, BATCH)):
        notices: dict[int, list[ReaderNotice]] = {comment.pk: [] for comment in batch}
        for notice in ReaderNotice.objects.filter(comment__in=batch).order_by("pk").select_related("reader"):
            notices[notice.comment_id].append(notice)
        for comment in batch:
            yield comment, _object(comment, notices[comment.pk])


def _object(comment: Comment, notices: list[ReaderNotice]) -> dict[str, Any]:
    author = comment.author
    return {
        "id": key_of(comment),
        "parent": key_of(comment.parent),
        "article": comment.article_id,
        "address": comment.article.get_absolute_url(),
        "author": {"username": author.username, "email": author.email, "name": author.name} if author else None,
        "guest_name": comment.guest_name,
        "guest_email": comment.guest_email,
        "body": comment.body,
        "status": comment.status,
        "created_at": comment.created_at.isoformat(),
        "decided_at": written(comment.decided_at),
        "decided_by": login(comment.decided_by),
        "phase": comment.phase,
        "reason": comment.reason,
        "rejection": comment.rejection,
        "is_pick": comment.is_pick,
        "is_pinned": comment.is_pinned,
        "edited_at": written(comment.edited_at),
        "acts": [
            {"act": a.act, "from": a.from_status, "to": a.to_status, "by": login(a.by), "at": written(a.at), "reason": a.reason}
            for a in comment.actions.all()
        ],
        "reports": [
            {"reason": r.reason, "by": login(r.reporter), "at": written(r.created_at), "handled_at": written(r.handled_at)}
            for r in comment.reports.all()
        ],
        "versions": [{"body": v.body, "until": written(v.until)} for v in comment.versions.all()],
        "recommendations": [{"by": r.reader.username, "at": written(r.at)} for r in comment.recommendations.all()],
        "appeal": _appeal(getattr(comment, "appeal", None)),
        "notices": [
            {"to": n.reader.username, "told": n.told, "at": written(n.at), "read_at": written(n.read_at), "sent_at": written(n.sent_at)}
            for n in notices
        ],
    }  # fmt: skip


def _appeal(appeal: Appeal | None) -> dict[str, Any] | None:
    if appeal is None:
        return None
    return {
        "text": appeal.text,
        "made_at": written(appeal.made_at),
        "rejected_by": login(appeal.rejected_by),
        "state": appeal.state,
        "decided_by": login(appeal.decided_by),
        "decided_at": written(appeal.decided_at),
        "answer": appeal.answer,
    }


def login(user: User | None) -> str:
    """The user name, empty for nobody."""
    return user.username if user is not None else ""


def written(at: datetime | None) -> str | None:
    """The moment as text."""
    return at.isoformat() if at is not None else None
