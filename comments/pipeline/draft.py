"""A comment on its road, and what is known of who sends it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from articles.models import Article
from comments.models import Comment, ReaderStatus, Standing, Status
from comments.pipeline.rules import Rules
from comments.querysets import CommentQuerySet
from comments.reader import hashed
from comments.reader_status import GuestReader, Reader, status_of
from newsroom.choices import CommentMode
from newsroom.models import SiteIdentity, User
from newsroom.text import clean_line, fold


@dataclass(frozen=True)
class Guest:
    """Who comments without an account."""

    name: str
    email: str
    wants_letters: bool = False


@dataclass(frozen=True)
class Facts:
    """What is known of how the comment came.

    ``at`` (aware) is the moment it was written if it is told after the fact, by an import or the demo: no rate holds
    for the past. ``seconds`` is how long the form was open, None if nobody measured. ``stamp`` and ``proof`` are the
    form's note of when it opened and the work that was done for it.
    """

    address: str = ""
    at: datetime | None = None
    seconds: float | None = None
    trap_filled: bool = False
    stamp: str = ""
    proof: str = ""


@dataclass(frozen=True)
class Verdict:
    """The state a phase gives the comment, and why, in words for moderators."""

    status: Status
    reason: str = ""


@dataclass
class Draft:
    """A comment on its road. What costs a query is asked at most once, and only if a phase wants it."""

    article: Article
    body: str
    parent: Comment | None
    author: User | None
    guest: Guest | None
    facts: Facts
    site: SiteIdentity
    mode: CommentMode
    rules: Rules
    itself: Comment | None = None  # the comment whose new text this is
    address_hash: str = field(init=False)

    def __post_init__(self) -> None:
        self.address_hash = hashed("address", self.facts.address)

    @property
    def reader_key(self) -> str:
        """Who it is, for counting and comparing."""
        if self.author is not None:
            return f"user-{self.author.pk}"
        return f"guest-{self.guest.email.lower() if self.guest else ''}-{self.address_hash}"

    @property
    def fingerprint(self) -> str:
        """The same for the same words by the same reader in the same place."""
        parent = self.parent.pk if self.parent else 0
        return hashed("fingerprint", f"{self.article.pk} {parent} {self.reader_key} {fold(clean_line(self.body))}")

    @cached_property
    def words_hash(self) -> str:
        """The same for the same words, whoever writes them where."""
        return words_hash(self.body)

    @cached_property
    def reader(self) -> Reader:
        """The account, or what a guest is known by."""
        if self.author is not None:
            return self.author
        return GuestReader(self.guest.email if self.guest else "", self.address_hash)

    @cached_property
    def status(self) -> ReaderStatus | None:
        """What moderators made of the reader. One query."""
        return status_of(self.reader)

    @property
    def standing(self) -> Standing:
        return self.status.at() if self.status is not None else Standing.NEW

    @property
    def is_by_house(self) -> bool:
        """Somebody of the staff writes."""
        return self.author is not None and self.author.is_staff

    @property
    def is_trusted(self) -> bool:
        """Staff and trusted readers are asked less."""
        return self.is_by_house or self.standing == Standing.TRUSTED

    @property
    def earlier(self) -> CommentQuerySet:
        """The reader's comments so far; those of a guest by the mail address, none without one."""
        if self.author is not None:
            return self.others.filter(author=self.author)
        email = self.guest.email if self.guest else ""
        if not email:
            return Comment.objects.none()
        return self.others.filter(author=None, guest_email=email).exclude(guest_email="")  # as its index has them

    @property
    def others(self) -> CommentQuerySet:
        """All comments but the one whose new text this is."""
        return Comment.objects.exclude(pk=self.itself.pk) if self.itself is not None else Comment.objects.all()


def words_hash(body: str) -> str:
    """The same for the same words in any case and accents."""
    return hashed("words", fold(clean_line(body)))
