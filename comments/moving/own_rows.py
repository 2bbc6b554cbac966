"""Reads what ``export_comments`` wrote, which may have been anybody: each value is checked, none is trusted."""

from __future__ import annotations

import json
from typing import Any

from comments.models import Act, AppealState, Rejection, ReportReason, Status, Told
from comments.moving.rows import MOST_CHARACTERS, BadRow, Incoming, Refused, incoming, moment
from comments.moving.whole import META_KEY
from comments.moving.xml import Record
from newsroom.text import clean_line, clean_text

FLAGS = ("is_pick", "is_pinned")
ODD = (KeyError, TypeError, ValueError, AttributeError, ArithmeticError)  # what a row of another shape leads to
MOST_APPEAL = 1000


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
    """The row behind an object of ``whole.exported``; Refused with the reason if it is not whole."""
    try:
        more, status = _more(row), Status(row["status"])
    except BadRow as bad:
        return Refused(place, str(bad))
    except ODD as error:
        return Refused(place, not_ours(error))
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


def not_ours(error: Exception) -> str:
    """Why a row of another shape is left out."""
    return f"it is not what export_comments writes ({clean_line(str(error))[:100]})"


def _more(row: dict[str, Any]) -> dict[str, Any]:
    author = row.get("author")
    return {
        "author": {name: line(author[name]) for name in ("username", "email", "name")} if author else None,
        "decided_at": time_or_none(row.get("decided_at")),
        "decided_by": line(row.get("decided_by")),
        "phase": line(row.get("phase"), 20),
        "reason": line(row.get("reason")),
        "rejection": Rejection(row["rejection"]).value if row.get("rejection") else "",
        **{name: bool(row.get(name)) for name in FLAGS},
        "edited_at": time_or_none(row.get("edited_at")),
        "acts": [_act(each) for each in row.get("acts") or ()],
        "reports": [_report(each) for each in row.get("reports") or ()],
        "versions": [
            {"body": clean_text(str(each["body"]))[:MOST_CHARACTERS], "until": moment(each["until"])}
            for each in row.get("versions") or ()
        ],
        "recommendations": [
            {"reader": line(each["by"]), "at": moment(each["at"])} for each in row.get("recommendations") or ()
        ],
        "appeal": _appeal(row["appeal"]) if row.get("appeal") else None,
        "notices": [_notice(each) for each in row.get("notices") or ()],
    }


def _act(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "act": Act(row["act"]).value,
        "from_status": Status(row["from"]).value,
        "to_status": Status(row["to"]).value,
        "by": line(row["by"]),
        "at": moment(row["at"]),
        "reason": line(row["reason"]),
    }


def _report(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "reason": ReportReason(row["reason"]).value,
        "reporter": line(row["by"]),
        "created_at": moment(row["at"]),
        "handled_at": time_or_none(row["handled_at"]),
    }


def _appeal(row: dict[str, Any]) -> dict[str, Any]:
    state, decided_at = AppealState(row["state"]), time_or_none(row["decided_at"])
    if state != AppealState.OPEN and decided_at is None:
        raise BadRow("its appeal is decided at no time")
    return {
        "text": clean_text(str(row["text"]))[:MOST_APPEAL],
        "made_at": moment(row["made_at"]),
        "rejected_by": line(row["rejected_by"]),
        "state": state.value,
        "decided_by": line(row["decided_by"]),
        "decided_at": decided_at,
        "answer": line(row["answer"], 500),
    }


def _notice(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "reader": line(row["to"]),
        "told": Told(row["told"]).value,
        "at": moment(row["at"]),
        "read_at": time_or_none(row["read_at"]),
        "sent_at": time_or_none(row["sent_at"]),
    }


def line(value: Any, most: int = 200) -> str:
    """``value`` as one clean line of at most so many characters."""
    return clean_line(str(value or ""))[:most]


def time_or_none(value: Any) -> Any:
    """The moment, None for none. Raises BadRow for what is no time."""
    return moment(value) if value else None
