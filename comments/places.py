"""Places in an article's comments: what ``?comments=`` says, and the orders it can ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from newsroom.choices import CommentMode

if TYPE_CHECKING:
    from articles.models import Article
    from comments.models import Comment
    from comments.querysets import CommentQuerySet

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
NEWEST, OLDEST, RECOMMENDED, ANSWERED = "newest", "oldest", "recommended", "answered"
ORDERS = {"n": NEWEST, "o": OLDEST, "r": RECOMMENDED, "a": ANSWERED}
KEYS = {RECOMMENDED: "recommend_count", ANSWERED: "is_answered"}  # what comes first, before the moment
DIGITS = 18


@dataclass(frozen=True)
class Place:
    """An order and, for a later page, ``values`` of the last comment before it: (key,) microseconds, id.

    With ``thread`` it is one thread alone, its replies after the id ``after``.
    """

    order: str
    values: tuple[int, ...] = ()
    thread: int = 0
    after: int = 0

    @staticmethod
    def default_of(article: Article) -> str:
        """The order that the article's own address shows."""
        return ANSWERED if article.comment_mode == CommentMode.QUESTIONS else NEWEST

    @classmethod
    def read(cls, asked: str, *, default: str) -> Place:
        """What ``?comments=<asked>`` means. Raises Http404 for what no link of ours says."""
        if not asked or asked in ORDERS.values():
            return cls(asked or default)
        numbers = asked[1:].split("-")
        if not all(part.isascii() and part.isdigit() and len(part) <= DIGITS for part in numbers):
            raise Http404
        values = tuple(map(int, numbers))
        if asked[0] == "t" and len(values) <= 2:
            return cls(default, thread=values[0], after=values[1] if len(values) == 2 else 0)
        order = ORDERS.get(asked[0], "")
        if not order or len(values) != 2 + (order in KEYS):
            raise Http404
        return cls(order, values=values)

    @property
    def is_reversed(self) -> bool:
        return self.order != OLDEST

    @property
    def moment(self) -> datetime:
        """Raises Http404 if no clock shows it."""
        try:
            return EPOCH + self.values[-2] * MICROSECOND
        except OverflowError as error:
            raise Http404 from error

    def behind(self, row: Comment) -> str:
        """The value for the page that follows ``row``."""
        return self._value(row, row.pk)

    def before(self, row: Comment) -> str:
        """The value for the page that begins with ``row``."""
        return self._value(row, row.pk + (1 if self.is_reversed else -1))

    def first_url(self, article: Article) -> str:
        """The query string of the order's first page."""
        return "?" if self.order == self.default_of(article) else f"?comments={self.order}"

    def _value(self, row: Comment, pk: int) -> str:
        key = f"{int(getattr(row, KEYS[self.order]))}-" if self.order in KEYS else ""
        return f"{self.order[0]}{key}{(row.created_at - EPOCH) // MICROSECOND}-{pk}"


def orders_of(article: Article) -> list[dict[str, Any]]:
    """The orders that readers can choose: name, label and the query string of each."""
    labels = {NEWEST: _("Newest"), OLDEST: _("Oldest"), RECOMMENDED: _("Recommended")}
    if article.comment_mode == CommentMode.QUESTIONS:
        labels = {ANSWERED: _("Answered first"), NEWEST: labels[NEWEST], RECOMMENDED: labels[RECOMMENDED]}
    return [{"name": name, "label": label, "url": Place(name).first_url(article)} for name, label in labels.items()]


def ordered(openers: CommentQuerySet, order: str) -> CommentQuerySet:
    """``openers`` in ``order``; each order is served by an index."""
    if order == OLDEST:
        return openers.order_by("created_at", "pk")
    first = [f"-{KEYS[order]}"] if order in KEYS else []
    return openers.order_by(*first, "-created_at", "-pk")


def after(openers: CommentQuerySet, place: Place) -> CommentQuerySet:
    """Those of ``openers`` that follow the place."""
    at, pk = place.moment, place.values[-1]
    if place.order == OLDEST:
        return openers.filter(Q(created_at__gt=at) | Q(created_at=at, pk__gt=pk))
    older = Q(created_at__lt=at) | Q(created_at=at, pk__lt=pk)
    if place.order not in KEYS:
        return openers.filter(older)
    name, key = KEYS[place.order], place.values[0]
    if place.order == ANSWERED:
        return (
            openers.filter(Q(is_answered=False) & older)
            if not key
            else openers.filter(Q(is_answered=False) | (Q(is_answered=True) & older))
        )
    return openers.filter(Q(**{f"{name}__lt": key}) | (Q(**{name: key}) & older))


def key_of(order: str) -> Callable[[Comment], tuple[Any, ...]]:
    """How rows of a page are sorted in ``order``, reversed unless it is OLDEST."""
    name = KEYS.get(order)
    return lambda row: (*([getattr(row, name)] if name else []), row.created_at, row.pk)
