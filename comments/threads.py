"""The comments of an article as its page shows them: threads of twenty, replies nested."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q
from django.http import Http404

from comments.models import Comment, Status

if TYPE_CHECKING:
    from articles.models import Article
    from comments.querysets import CommentQuerySet

THREADS = 20  # a page
MAX_DEPTH = 2  # levels of replies that are set in; deeper ones stay there and name whom they answer
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
NEWEST, OLDEST = "newest", "oldest"


@dataclass
class Node:
    """A comment, its replies in order, and what stands beside its name. ``answers`` is None at the top of a thread."""

    comment: Comment
    depth: int = 0
    answers: Comment | None = None
    is_by_author: bool = False
    replies: list[Node] = field(default_factory=list)

    @property
    def is_shown(self) -> bool:
        """Its words are shown; if not, a line in their place says why."""
        return self.comment.is_published

    @property
    def is_deleted(self) -> bool:
        return self.comment.status == Status.DELETED


@dataclass(frozen=True)
class CommentPage:
    """``threads`` in ``order``; ``more_url`` and ``first_url`` are query strings, empty if there is nothing there."""

    threads: list[Node]
    order: str
    more_url: str
    first_url: str


def page_of(article: Article, asked: str, *, byline_user_ids: Collection[int] = ()) -> CommentPage:
    """The page of ``article``'s comments that ``?comments=<asked>`` means. One query. Raises Http404 for a bad value."""
    order, after = _read(asked)
    openers = _openers(article, order)
    if after is not None:
        openers = _after(openers, order, *after)
    rows = _with_replies(openers)
    roots = sorted(
        (row for row in rows if row.pk == row.thread_id),
        key=lambda row: (row.created_at, row.pk),
        reverse=order == NEWEST,
    )
    shown = roots[:THREADS]
    return CommentPage(
        threads=_nested(rows, shown, set(byline_user_ids)),
        order=order,
        more_url=f"?comments={_cursor(order, shown[-1])}" if len(roots) > THREADS else "",
        first_url=("?" if order == NEWEST else "?comments=oldest") if after is not None else "",
    )


def address_of(comment: Comment) -> str:
    """Where a published comment stands: its article's page, the page of comments that holds it, and its ``#c`` mark.

    Up to two queries with the article and its section loaded.
    """
    path = comment.article.get_absolute_url()
    opener = comment if comment.thread_id in {None, comment.pk} else Comment.objects.get(pk=comment.thread_id or 0)
    newer = _openers(comment.article, NEWEST).filter(
        Q(created_at__gt=opener.created_at) | Q(created_at=opener.created_at, pk__gt=opener.pk)
    )
    if len(newer.values_list("pk")[:THREADS]) < THREADS:
        return f"{path}#c{comment.pk}"
    just_before = f"n{(opener.created_at - EPOCH) // MICROSECOND}-{opener.pk + 1}"
    return f"{path}?comments={just_before}#c{comment.pk}"


def _openers(article: Article, order: str) -> CommentQuerySet:
    openers = Comment.objects.threads_of(article)
    return openers if order == NEWEST else openers.order_by("created_at", "pk")


def _after(openers: CommentQuerySet, order: str, at: datetime, pk: int) -> CommentQuerySet:
    if order == NEWEST:
        return openers.filter(Q(created_at__lt=at) | Q(created_at=at, pk__lt=pk))
    return openers.filter(Q(created_at__gt=at) | Q(created_at=at, pk__gt=pk))


def _with_replies(openers: CommentQuerySet) -> list[Comment]:
    """One page of openers, one more, and all under them that has a place on the page; the oldest first."""
    answered = Comment.objects.published().filter(parent=OuterRef("pk"))
    visible = Q(status=Status.PUBLISHED) | Q(pk=F("thread")) | Exists(answered)
    rows = Comment.objects.filter(visible, thread__in=openers.values("pk")[: THREADS + 1])
    return list(
        rows.with_authors()
        .order_by("created_at", "pk")
        .only(
            *("parent", "thread", "guest_name", "body", "status", "created_at", "is_pick"),
            *("author__username", "author__name", "author__is_staff"),
        )
    )


def _nested(rows: list[Comment], roots: list[Comment], author_ids: set[int]) -> list[Node]:
    nodes = {row.pk: Node(row, is_by_author=row.author_id in author_ids) for row in rows}
    threads = {root.pk for root in roots}
    for row in rows:
        if row.pk == row.thread_id or row.thread_id not in threads:
            continue
        node, opener = nodes[row.pk], nodes[row.thread_id]
        above = nodes.get(row.parent_id or 0, opener)
        node.answers, node.depth = above.comment, min(above.depth + 1, MAX_DEPTH)
        _holder(above, nodes, opener).replies.append(node)
    return [nodes[root.pk] for root in roots]


def _holder(above: Node, nodes: dict[int, Node], opener: Node) -> Node:
    """The comment in whose list a reply to ``above`` stands: itself, or the one above it at the deepest level."""
    while above.depth >= MAX_DEPTH:
        above = nodes.get(above.comment.parent_id or 0, opener)
    return above


def _cursor(order: str, row: Comment) -> str:
    return f"{order[0]}{(row.created_at - EPOCH) // MICROSECOND}-{row.pk}"


def _read(asked: str) -> tuple[str, tuple[datetime, int] | None]:
    """Order and place from the value of ``?comments=``."""
    if asked in {"", NEWEST, OLDEST}:
        return asked or NEWEST, None
    order = {"n": NEWEST, "o": OLDEST}.get(asked[0])
    moment, _dash, pk = asked[1:].partition("-")
    if order is None or not all(part.isascii() and part.isdigit() and len(part) <= 18 for part in (moment, pk)):
        raise Http404
    try:
        return order, (EPOCH + int(moment) * MICROSECOND, int(pk))
    except OverflowError as error:
        raise Http404 from error
