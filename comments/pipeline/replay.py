"""What phases that look at other comments would have said at a comment's own time, for a dry run over past ones.

One of each sees the comments of the run in their order; each remembers those it let pass.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from comments.models import Comment, CommentRules, Status
from comments.pipeline.checks import OPEN, TURNED_DOWN, record_words
from comments.pipeline.draft import words_hash

MOST_EARLIER = 20_000  # comments of these readers that are looked at, the newest


class Rates:
    """Comments by one reader, and from one network address, in a span of time, as ``gates.rate`` counts them."""

    def __init__(self, numbers: CommentRules) -> None:
        self._limits = (
            (numbers.rate_comments, timedelta(seconds=numbers.rate_seconds)),
            (numbers.address_comments, timedelta(seconds=numbers.address_seconds)),
        )
        self._taken: dict[str, deque[datetime]] = defaultdict(deque)

    def is_too_quick(self, comment: Comment) -> bool:
        """Whether no slot was free; if one was, it is taken."""
        keys = (f"reader {reader_key(comment)}", f"address {comment.address_hash}" if comment.address_hash else "")
        spans = [(self._taken[key], most, span) for key, (most, span) in zip(keys, self._limits, strict=True) if key]
        for taken, _most, span in spans:
            while taken and taken[0] <= comment.created_at - span:
                taken.popleft()
        if any(len(taken) >= most for taken, most, _span in spans):
            return True
        for taken, _most, _span in spans:
            taken.append(comment.created_at)
        return False


class Repeats:
    """The same words among the comments of the run, as ``checks.repeats`` would have seen them."""

    def __init__(self, numbers: CommentRules) -> None:
        self._numbers = numbers
        self._seen: dict[str, list[tuple[datetime, str]]] = {}

    def is_one(self, comment: Comment) -> bool:
        """Whether enough others, or the reader, wrote the same within the days before. ``comment`` is seen from now on."""
        numbers = self._numbers
        if not numbers.repeat_readers or len(comment.body) < numbers.repeat_characters:
            return False
        reader = reader_key(comment)
        same = self._seen.setdefault(comment.words_hash or words_hash(comment.body), [])
        since = comment.created_at - timedelta(days=numbers.repeat_days)
        readers = {who for at, who in same if at >= since}
        same.append((comment.created_at, reader))
        return reader in readers or len(readers) + 1 >= numbers.repeat_readers


@dataclass(frozen=True)
class Earlier:
    """A comment as it was decided, if and when it was."""

    pk: int
    created_at: datetime
    decided_at: datetime | None
    status: str


@dataclass
class Records:
    """What had been decided about a reader's earlier comments when a comment came; by what stands of them today."""

    of_reader: dict[str, list[Earlier]] = field(default_factory=dict)

    @classmethod
    def of(cls, comments: Collection[Comment]) -> Records:
        """The records behind ``comments``. Two queries."""
        authors = {comment.author_id for comment in comments if comment.author_id}
        mails = {comment.guest_email for comment in comments if not comment.author_id} - {""}
        found: dict[str, list[Earlier]] = defaultdict(list)
        for rows in (
            Comment.objects.filter(author__in=authors),
            Comment.objects.filter(author=None, guest_email__in=mails).exclude(guest_email=""),  # as its index has them
        ):
            needed = rows.only("author", "guest_email", "address_hash", "created_at", "decided_at", "status")
            for row in needed.order_by("-created_at", "-pk")[:MOST_EARLIER]:
                found[reader_key(row)].append(Earlier(row.pk, row.created_at, row.decided_at, row.status))
        return cls(dict(found))

    def objection(self, comment: Comment, numbers: CommentRules) -> tuple[str, str] | None:
        """The phase that would have held it for the reader's record, or as one of the first; and why."""
        last = [each for each in self._before(comment) if each.status not in OPEN][: numbers.record_of]
        turned_down = sum(each.status in TURNED_DOWN for each in last)
        if numbers.record_rejected and turned_down >= numbers.record_rejected:
            return "record", record_words(turned_down, numbers.record_of)
        approved = sum(each.status == Status.PUBLISHED for each in self._before(comment))
        if approved < numbers.first_comments:
            return "first_timer", _("One of the reader's first comments")
        return None

    def _before(self, comment: Comment) -> Iterable[Earlier]:
        """The reader's comments that were decided when ``comment`` came, the newest first."""
        at = comment.created_at
        for each in self.of_reader.get(reader_key(comment), ()):
            if each.pk != comment.pk and each.created_at <= at and each.decided_at and each.decided_at <= at:
                yield each


def reader_key(comment: Comment) -> str:
    """Who wrote it, as far as it is known."""
    return str(comment.author_id or comment.guest_email or comment.address_hash)
