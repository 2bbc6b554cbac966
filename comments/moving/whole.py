"""A comment with all that belongs to it as one JSON object: what ``export_comments`` writes and the import reads again.

Not in it: hashes of addresses, which mean nothing elsewhere, and what readers keep for themselves (mutes, notices).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Prefetch

from comments.models import (
    Act,
    Comment,
    CommentReport,
    CommentVersion,
    ModerationAction,
    Recommendation,
    Rejection,
    ReportReason,
    Status,
)
from comments.moving.rows import BadRow, Incoming, Refused, incoming, moment
from comments.moving.xml import Record
from newsroom.models import User

OWN = "newsroom"  # where a comment comes from that was written here
META_KEY = "_newsroom"
BATCH = 500
FLAGS = ("is_pick", "is_pinned")


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
        "article__section", "author", "parent", "decided_by"
    )
    for comment in rows.defer("article__body").prefetch_related(*related).iterator(BATCH):
        yield comment, _object(comment)


def _object(comment: Comment) -> dict[str, Any]:
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
        "decided_at": comment.decided_at.isoformat() if comment.decided_at else None,
        "decided_by": _login(comment.decided_by),
        "phase": comment.phase,
        "reason": comment.reason,
        "rejection": comment.rejection,
        "is_pick": comment.is_pick,
        "is_pinned": comment.is_pinned,
        "edited_at": comment.edited_at.isoformat() if comment.edited_at else None,
        "acts": [
            {"act": a.act, "from": a.from_status, "to": a.to_status, "by": _login(a.by), "at": a.at.isoformat(), "reason": a.reason}
            for a in comment.actions.all()
        ],
        "reports": [
            {
                "reason": r.reason,
                "by": _login(r.reporter),
                "key": r.reader_key,
                "at": r.created_at.isoformat(),
                "handled_at": r.handled_at.isoformat() if r.handled_at else None,
            }
            for r in comment.reports.all()
        ],
        "versions": [{"body": v.body, "until": v.until.isoformat()} for v in comment.versions.all()],
        "recommendations": [{"by": r.reader.username, "at": r.at.isoformat()} for r in comment.recommendations.all()],
    }  # fmt: skip


def _login(user: User | None) -> str:
    return user.username if user is not None else ""


# --- Back again -------------------------------------------------------------------------------------------------------


def from_meta(record: Record) -> dict[str, Any] | None:
    """The object that ``export_comments wordpress`` put beside a comment, if there is one."""
    keys = record.lists.get("wp:commentmeta/wp:meta_key", [])
    values = record.lists.get("wp:commentmeta/wp:meta_value", [])
    if META_KEY not in keys or len(keys) != len(values):
        return None
    try:
        found = json.loads(values[keys.index(META_KEY)])
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def incoming_of(place: str, row: dict[str, Any]) -> Incoming | Refused:
    """The row behind an object of ``exported``; Refused with the reason if it is not whole."""
    try:
        more, status = _more(row), Status(row["status"])
    except BadRow as bad:
        return Refused(place, str(bad))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return Refused(place, f"it is not what export_comments writes ({error})")
    author = more["author"]
    return incoming(
        place,
        key=row.get("id"),
        parent=row.get("parent"),
        thread=row.get("address") or str(row.get("article") or ""),
        body=row.get("body"),
        name=row.get("guest_name") or (author and (author["name"] or author["username"])),
        email=row.get("guest_email") or (author and author["email"]),
        created_at=row.get("created_at"),
        status=status,
        more=more,
    )


def _more(row: dict[str, Any]) -> dict[str, Any]:
    author = row.get("author")
    return {
        "author": {name: str(author[name]) for name in ("username", "email", "name")} if author else None,
        "decided_at": _time(row.get("decided_at")),
        "decided_by": str(row.get("decided_by") or ""),
        "phase": str(row.get("phase") or "")[:20],
        "reason": str(row.get("reason") or "")[:200],
        "rejection": Rejection(row["rejection"]).value if row.get("rejection") else "",
        **{name: bool(row.get(name)) for name in FLAGS},
        "edited_at": _time(row.get("edited_at")),
        "acts": [
            {
                "act": Act(a["act"]).value,
                "from_status": Status(a["from"]).value,
                "to_status": Status(a["to"]).value,
                "by": str(a["by"]),
                "at": moment(a["at"]),
                "reason": str(a["reason"])[:200],
            }
            for a in row.get("acts") or ()
        ],
        "reports": [
            {
                "reason": ReportReason(r["reason"]).value,
                "reporter": str(r["by"]),
                "reader_key": str(r["key"])[:64],
                "created_at": moment(r["at"]),
                "handled_at": _time(r["handled_at"]),
            }
            for r in row.get("reports") or ()
        ],
        "versions": [{"body": str(v["body"]), "until": moment(v["until"])} for v in row.get("versions") or ()],
        "recommendations": [{"reader": str(r["by"]), "at": moment(r["at"])} for r in row.get("recommendations") or ()],
    }


def _time(value: Any) -> Any:
    return moment(value) if value else None


def logins_in(rows: Iterable[Incoming]) -> set[str]:
    """Every user name that ``rows`` mention."""
    found: set[str] = set()
    for row in rows:
        if row.more:
            found.add((row.more["author"] or {}).get("username", ""))
            found |= {row.more["decided_by"], *(a["by"] for a in row.more["acts"])}
            found |= {r["reporter"] for r in row.more["reports"]} | {r["reader"] for r in row.more["recommendations"]}
    return found - {""}
