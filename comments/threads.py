"""The comments of an article as its page shows them: threads of twenty, replies nested, long threads cut.

A page costs one query, two with a thread that is longer than REPLIES, however many comments there are.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.expressions import Combinable
from django.http import Http404

from comments.models import Comment, Status
from comments.places import NEWEST, Place, after, key_of, ordered
from newsroom.choices import CommentMode

if TYPE_CHECKING:
    from articles.models import Article
    from comments.querysets import CommentQuerySet

THREADS = 20  # a page
REPLIES = 10  # of a thread on a page of threads; "Show more replies" leads to the thread's own page
REPLIES_ALONE = 50  # on the thread's own page
MAX_DEPTH = 2  # levels of replies that are set in; deeper ones stay there and name whom they answer
SHOWN = (
    *("parent", "thread", "guest_name", "body", "status", "created_at", "is_pick", "is_pinned", "is_answered"),
    *("reply_count", "recommend_count", "edited_at", "author__username", "author__name", "author__is_staff"),
)


@dataclass
class Node:
    """A comment, its replies in order, and what stands beside its name. ``answers`` is None at the top of a thread.

    ``more`` replies of a thread are on the page at ``more_url``, a query string.
    """

    comment: Comment
    depth: int = 0
    answers: Comment | None = None
    is_by_author: bool = False
    replies: list[Node] = field(default_factory=list)
    more: int = 0
    more_url: str = ""
    is_elsewhere: bool = False  # what it answers stands on another page
    is_muted: bool = False  # the reader for whom the page is does not want to read its author

    @property
    def is_shown(self) -> bool:
        """Its words are shown; if not, a line in their place says why."""
        return self.comment.is_published and not self.is_muted

    @property
    def is_deleted(self) -> bool:
        return self.comment.status == Status.DELETED

    @property
    def is_by_house(self) -> bool:
        """By the article's author or by staff."""
        return self.is_by_author or bool(self.comment.author and self.comment.author.is_staff)


@dataclass(frozen=True)
class CommentPage:
    """``threads`` in ``order``; ``more_url`` and ``first_url`` are query strings, empty if there is nothing there.

    ``is_thread``: one thread alone.
    """

    threads: list[Node]
    order: str
    more_url: str
    first_url: str
    is_thread: bool = False

    def mute(self, accounts: Collection[int]) -> None:
        """What ``accounts`` wrote is not shown. No query."""
        nodes = list(self.threads)
        while nodes:
            node = nodes.pop()
            node.is_muted = node.comment.author_id in accounts
            nodes += node.replies


def page_of(article: Article, asked: str, *, byline_user_ids: Collection[int] = ()) -> CommentPage:
    """The page of ``article``'s comments that ``?comments=<asked>`` means. Raises Http404 for a bad value.

    One query, two with a long thread or a thread alone.
    """
    place = Place.read(asked, default=Place.default_of(article))
    if place.thread:
        return _alone(article, place, set(byline_user_ids))
    openers = ordered(Comment.objects.threads_of(article).filter(is_pinned=False), place.order)
    rows = _with_replies(_picked(article, openers, place))
    roots = [row for row in rows if row.pk == row.thread_id]
    pinned = [row for row in roots if row.is_pinned]
    rest = sorted((r for r in roots if not r.is_pinned), key=key_of(place.order), reverse=place.is_reversed)
    shown = [*pinned, *rest[:THREADS]]
    rows += _first_replies([root for root in shown if root.reply_count > REPLIES])
    return CommentPage(
        threads=_nested(rows, shown, set(byline_user_ids)),
        order=place.order,
        more_url=f"?comments={place.behind(shown[-1])}" if len(rest) > THREADS else "",
        first_url=place.first_url(article) if place.values else "",
    )


def address_of(comment: Comment) -> str:
    """Where a published comment stands: its article's page, the page of comments that holds it, and its ``#c`` mark.

    Up to three queries with the article and its section loaded.
    """
    path, mark = comment.article.get_absolute_url(), f"#c{comment.pk}"
    opener = comment if comment.thread_id in {None, comment.pk} else Comment.objects.get(pk=comment.thread_id or 0)
    if opener.reply_count > REPLIES and opener.pk != comment.pk:
        earlier = _replies(opener.pk).filter(pk__lt=comment.pk, status=Status.PUBLISHED).values_list("pk")
        if len(earlier[:REPLIES]) == REPLIES:
            return f"{path}?comments=t{opener.pk}-{comment.pk - 1}{mark}"
    if opener.is_pinned:
        return f"{path}{mark}"
    newest = ordered(Comment.objects.threads_of(comment.article).filter(is_pinned=False), NEWEST)
    newer = newest.filter(Q(created_at__gt=opener.created_at) | Q(created_at=opener.created_at, pk__gt=opener.pk))
    is_on_first = len(newer.values_list("pk")[:THREADS]) < THREADS
    if is_on_first and comment.article.comment_mode != CommentMode.QUESTIONS:
        return f"{path}{mark}"
    return f"{path}?comments={Place(NEWEST).before(opener)}{mark}"


def _picked(article: Article, openers: CommentQuerySet, place: Place) -> CommentQuerySet:
    """The ids of one page of openers, and one more; pinned ones besides on the first page."""
    if place.values:
        return after(openers, place).values("pk")[: THREADS + 1]  # type: ignore[return-value]  # of dicts
    page = Comment.objects.filter(pk__in=openers.values("pk")[: THREADS + 1]).order_by().values("pk")
    pinned = Comment.objects.published().filter(article=article, is_pinned=True, parent__isnull=True)
    return page.union(pinned.order_by().values("pk"))  # type: ignore[return-value]  # of dicts


def _visible() -> Combinable:
    """Published, or the place of one that is not under which others stand."""
    answered = Comment.objects.published().filter(parent=OuterRef("pk"))
    return Q(status=Status.PUBLISHED) | Q(pk=F("thread")) | Exists(answered)


def _for_page(rows: CommentQuerySet) -> CommentQuerySet:
    return rows.with_authors().order_by("pk").only(*SHOWN)


def _with_replies(openers: CommentQuerySet) -> list[Comment]:
    """``openers`` and, of threads that are not long, all replies that have a place on the page; the oldest first."""
    is_short = Q(parent__isnull=True) | Q(thread__reply_count__lte=REPLIES)
    return list(_for_page(Comment.objects.filter(_visible(), is_short, thread__in=openers)))


def _replies(thread: int) -> CommentQuerySet:
    return Comment.objects.filter(thread=thread, parent__isnull=False)


def _first_replies(roots: list[Comment]) -> list[Comment]:
    """The first REPLIES replies of each thread of ``roots``. An answer is always younger than what it answers."""
    if not roots:
        return []
    parts = []
    for root in roots:
        last = _replies(root.pk).filter(status=Status.PUBLISHED).order_by("pk").values("pk")[REPLIES - 1 : REPLIES]
        parts.append(Q(thread=root.pk, pk__lte=Subquery(last)))
    return list(_for_page(Comment.objects.filter(_visible(), reduce(or_, parts), parent__isnull=False)))


def _alone(article: Article, place: Place, author_ids: set[int]) -> CommentPage:
    """One thread: its opener and REPLIES_ALONE replies from a place on."""
    opener = _for_page(Comment.objects.threads_of(article)).filter(pk=place.thread).first()
    if opener is None:
        raise Http404
    found = list(_for_page(_replies(opener.pk).filter(_visible(), pk__gt=place.after))[: REPLIES_ALONE + 1])
    rows = found[:REPLIES_ALONE]
    here = {opener.pk, *(row.pk for row in rows)}
    elsewhere = {row.parent_id for row in rows if row.parent_id not in here}
    above = Comment.objects.with_authors().only(*SHOWN).in_bulk(elsewhere) if elsewhere else {}
    nodes = _nested([opener, *rows], [opener], author_ids, above)
    nodes[0].more = 0
    return CommentPage(
        threads=nodes,
        order="",
        more_url=f"?comments=t{opener.pk}-{rows[-1].pk}" if len(found) > REPLIES_ALONE else "",
        first_url="?",
        is_thread=True,
    )


def _nested(
    rows: list[Comment], roots: list[Comment], author_ids: set[int], above: dict[int, Comment] | None = None
) -> list[Node]:
    """The threads of ``roots`` with ``rows`` in them; ``above`` holds what is answered on the page but stands elsewhere."""
    nodes = {row.pk: Node(row, is_by_author=row.author_id in author_ids) for row in rows}
    threads = {root.pk: 0 for root in roots}
    last = dict(threads)
    for row in rows:
        if row.pk == row.thread_id or row.thread_id not in threads:
            continue
        _hang(nodes, row, above or {})
        threads[row.thread_id] += row.is_published
        last[row.thread_id] = max(last[row.thread_id], row.pk)
    for root in roots:
        node = nodes[root.pk]
        node.more = max(0, root.reply_count - threads[root.pk])
        node.more_url = f"?comments=t{root.pk}-{last[root.pk]}"
    return [nodes[root.pk] for root in roots]


def _hang(nodes: dict[int, Node], row: Comment, above: dict[int, Comment]) -> None:
    """``row`` stands in the list of what it answers, or of the opener if that is not on the page."""
    node, opener = nodes[row.pk], nodes[row.thread_id or 0]
    parent = nodes.get(row.parent_id or 0, opener)
    node.is_elsewhere = row.parent_id in above
    node.answers = above[row.parent_id or 0] if node.is_elsewhere else parent.comment
    node.depth = min(parent.depth + 1, MAX_DEPTH)
    _holder(parent, nodes, opener).replies.append(node)


def _holder(above: Node, nodes: dict[int, Node], opener: Node) -> Node:
    """The comment in whose list a reply to ``above`` stands: itself, or the one above it at the deepest level."""
    while above.depth >= MAX_DEPTH:
        above = nodes.get(above.comment.parent_id or 0, opener)
    return above
