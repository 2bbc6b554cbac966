"""Numbers that stop: no page counts a million rows to say that there are many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from comments.querysets import CommentQuerySet

MOST = 99  # a number above is shown as "99+"
_PEOPLE = "COUNT(DISTINCT author_id) + COUNT(DISTINCT CASE WHEN author_id IS NULL THEN guest_email END)"


def numbers(lists: Sequence[CommentQuerySet], *, most: int = MOST) -> list[int]:
    """How many comments each of ``lists`` holds, ``most`` + 1 at most. One query for all, none without lists."""
    return _counted("COUNT(*)", [found.order_by().values("pk") for found in lists], most)


def people(lists: Sequence[CommentQuerySet]) -> list[int]:
    """How many people wrote the first MOST + 1 comments of each of ``lists``. One query for all, none without lists."""
    return _counted(_PEOPLE, [found.values("author_id", "guest_email") for found in lists], MOST)


def shown(number: int, *, most: int = MOST) -> str:
    """In figures: "12", "99+"."""
    return str(number) if number <= most else f"{most}+"


def _counted(what: str, lists: Sequence[QuerySet[Any, Any]], most: int) -> list[int]:
    if not lists:
        return []
    bounded = [found[: most + 1].query.sql_with_params() for found in lists]
    columns = ", ".join(f"(SELECT {what} FROM ({sql}) AS bounded)" for sql, _params in bounded)  # noqa: S608  # made by the ORM
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}", [value for _sql, params in bounded for value in params])
        return list(cursor.fetchone())
