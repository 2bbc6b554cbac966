"""Pages of newest-first lists by keyset: the thousandth page costs what the first does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Page:
    """``items`` newest first; ``older_url`` and ``newest_url`` are query strings or empty; ``number`` counts from 1."""

    items: list[Any]
    older_url: str
    newest_url: str
    number: int
    count: int | None = None
    first_index: int = 1

    @property
    def last_index(self) -> int:
        return self.first_index + len(self.items) - 1


def page_of(request: HttpRequest, articles: QuerySet[Any], *, size: int, count: int | None = None) -> Page:
    """The page of ``articles``, or anything with published_at, that ``?before=<cursor>&page=<number>`` asks for. One query. Raises Http404 for a bad cursor."""
    cursor = request.GET.get("before", "")
    number = _number(request.GET.get("page", "1")) if cursor else 1
    rows = list(_after(articles.order_by("-published_at", "-pk"), cursor)[: size + 1])
    older = f"?before={cursor_of(rows[size - 1])}&page={number + 1}" if len(rows) > size else ""
    return Page(
        items=rows[:size],
        older_url=older,
        newest_url="?" if cursor else "",
        number=number,
        count=count,
        first_index=(number - 1) * size + 1,
    )


def cursor_of(article: Any) -> str:
    """The place of ``article`` in a newest-first list: microseconds since 1970, and its id."""
    published_at = cast("datetime", article.published_at)  # lists hold public articles only
    return f"{(published_at - EPOCH) // MICROSECOND}-{article.pk}"


def _after(articles: QuerySet[Any], cursor: str) -> QuerySet[Any]:
    if not cursor:
        return articles
    moment, _dash, pk = cursor.partition("-")
    if not (_is_count(moment) and _is_count(pk)):
        raise Http404
    try:
        at = EPOCH + int(moment) * MICROSECOND
    except OverflowError as error:
        raise Http404 from error
    return articles.filter(Q(published_at__lt=at) | Q(published_at=at, pk__lt=int(pk)))


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18


def _number(text: str) -> int:
    if not _is_count(text) or not 1 <= int(text) <= 10_000_000:
        raise Http404
    return int(text)
