"""The road of a comment: ordered phases, each of which may refuse it, decide on it, or let it pass on.

The phase that decided is stored with the comment and shown to moderators.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Article
from comments.counter import add
from comments.models import Comment, Status
from comments.modes import mode_for
from comments.reader import hashed
from comments.signals import comments_changed
from comments.text import count_links
from newsroom.choices import CommentMode
from newsroom.models import SiteIdentity, User
from newsroom.text import clean_line, clean_text, fold

MIN_CHARACTERS, MAX_CHARACTERS = 2, 4000
RATE_SECONDS, RATE_COMMENTS = 60, 3  # so many comments by one reader in so many seconds
MIN_SECONDS = 2.0  # nobody reads a form, writes and sends in less


class SubmissionRefused(Exception):
    """A comment that was not taken. ``str()`` is the sentence for people."""


class ArticleNotPublic(SubmissionRefused):
    """Readers do not see the article, or it shows no comments."""


class CommentsClosed(SubmissionRefused):
    """The article takes no comments any more."""


class SignInNeeded(SubmissionRefused):
    """Guests may not comment here."""


class LengthRefused(SubmissionRefused):
    """Too short or too long."""


class ParentGone(SubmissionRefused):
    """The comment that is answered is not on this article's page."""


class TooQuick(SubmissionRefused):
    """Too many comments in a short time; ``seconds`` to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            ngettext(
                "You are posting quickly. Wait %(n)d second and try again.",
                "You are posting quickly. Wait %(n)d seconds and try again.",
                seconds,
            )
            % {"n": seconds}
        )
        self.seconds = seconds


@dataclass(frozen=True)
class Guest:
    """Who comments without an account."""

    name: str
    email: str


@dataclass(frozen=True)
class Facts:
    """What is known of how the comment came.

    ``at`` (aware) is the moment it was written if it is told after the fact, by an import or the demo: no rate holds
    for the past. ``seconds`` is how long the form was open, None if nobody measured.
    """

    address: str = ""
    at: datetime | None = None
    seconds: float | None = None
    trap_filled: bool = False


@dataclass(frozen=True)
class Verdict:
    """The state a phase gives the comment, and why, in words for moderators."""

    status: Status
    reason: str = ""


@dataclass
class Draft:
    """A comment on its road."""

    article: Article
    body: str
    parent: Comment | None
    author: User | None
    guest: Guest | None
    facts: Facts
    site: SiteIdentity
    mode: CommentMode
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

    @property
    def words_hash(self) -> str:
        """The same for the same words, whoever writes them where."""
        return hashed("words", fold(clean_line(self.body)))


def submit(
    *,
    article: Article,
    body: str,
    author: User | None = None,
    guest: Guest | None = None,
    parent: Comment | None = None,
    facts: Facts | None = None,
) -> Comment:
    """The comment as it was stored: published and counted, waiting, or put to the spam. Sent twice, it is there once.

    Raises a SubmissionRefused, whose sentence says why it was not taken.
    """
    draft = _draft(article=article, body=body, author=author, guest=guest, parent=parent, facts=facts or Facts())
    same = _already_posted(draft)
    if same is not None:
        return same
    for name, phase in PHASES:
        verdict = phase(draft)
        if verdict is not None:
            return _store(draft, phase=name, verdict=verdict)
    raise AssertionError("The last phase always decides.")


def mode_of(article: Article, site: SiteIdentity) -> CommentMode:
    """The mode of a public article. Up to two queries with its section loaded. Raises ArticleNotPublic if it shows no comments to readers."""
    mode = mode_for(article, site)
    if mode == CommentMode.OFF or not Article.objects.public().filter(pk=article.pk).exists():
        raise ArticleNotPublic(_("This article takes no comments."))
    return mode


def needs_sign_in(mode: CommentMode, site: SiteIdentity) -> bool:
    """Whether only people with an account may comment."""
    return mode == CommentMode.MEMBERS or not site.guest_comments


def _draft(
    *, article: Article, body: str, author: User | None, guest: Guest | None, parent: Comment | None, facts: Facts
) -> Draft:
    if guest is not None:
        guest = Guest(name=clean_line(guest.name)[:80], email=clean_line(guest.email))
    site = SiteIdentity.load()
    return Draft(
        article=article,
        body=clean_text(body),
        parent=parent,
        author=author,
        guest=None if author is not None else guest,
        facts=facts,
        site=site,
        mode=mode_of(article, site),
    )


# --- The phases, in their order ---------------------------------------------------------------------------------------


def closed(draft: Draft) -> None:
    """Raises CommentsClosed on an article that takes none."""
    if draft.mode == CommentMode.CLOSED:
        raise CommentsClosed(_("Comments on this article are closed."))


def signed_in(draft: Draft) -> None:
    """Raises SignInNeeded for a guest where guests may not write, or one without a name."""
    if draft.author is not None:
        return
    if needs_sign_in(draft.mode, draft.site) or draft.guest is None or not draft.guest.name:
        raise SignInNeeded(_("Sign in to post a comment."))


def length(draft: Draft) -> None:
    """Raises LengthRefused outside MIN_CHARACTERS to MAX_CHARACTERS."""
    count = len(draft.body)
    if count < MIN_CHARACTERS:
        raise LengthRefused(_("Write your comment first."))
    if count > MAX_CHARACTERS:
        raise LengthRefused(
            _("A comment has at most %(most)s characters; yours has %(count)s.")
            % {
                "most": number_format(MAX_CHARACTERS, force_grouping=True),
                "count": number_format(count, force_grouping=True),
            }
        )


def answered(draft: Draft) -> None:
    """Raises ParentGone unless the comment that is answered stands, published, under the same article."""
    if draft.parent is None:
        return
    standing = Comment.objects.published().filter(pk=draft.parent.pk, article=draft.article)
    if not standing.exists():
        raise ParentGone(_("The comment you answer is no longer there."))


def rate(draft: Draft) -> None:
    """Raises TooQuick if the reader has used up RATE_COMMENTS in RATE_SECONDS. Counts in the cache, atomically."""
    if draft.facts.at is not None:
        return
    key, now = hashed("rate", draft.reader_key), timezone.now().timestamp()
    slots = [f"comments-rate-{key}-{n}" for n in range(RATE_COMMENTS)]
    if any(cache.add(slot, now + RATE_SECONDS, timeout=RATE_SECONDS) for slot in slots):
        return
    ends = [end for end in cache.get_many(slots).values() if isinstance(end, float)]
    raise TooQuick(max(1, round(min(ends, default=now) - now)))


def trap(draft: Draft) -> Verdict | None:
    """Spam if the field that people do not see was filled in."""
    return Verdict(Status.SPAM, _("The hidden field was filled in")) if draft.facts.trap_filled else None


def speed(draft: Draft) -> Verdict | None:
    """Held if the form came back faster than people write."""
    if draft.facts.seconds is not None and draft.facts.seconds < MIN_SECONDS:
        return Verdict(Status.WAITING, _("Written in less than two seconds"))
    return None


def links(draft: Draft) -> Verdict | None:
    """Held if it holds a web address."""
    count = count_links(draft.body)
    if not count:
        return None
    return Verdict(Status.WAITING, ngettext("%(n)d link", "%(n)d links", count) % {"n": count})


def mode(draft: Draft) -> Verdict:
    """Waits where a moderator reads first, else published."""
    return Verdict(Status.WAITING if draft.mode == CommentMode.MODERATED else Status.PUBLISHED)


PHASES: tuple[tuple[str, Callable[[Draft], Verdict | None]], ...] = (
    ("closed", closed),
    ("signed_in", signed_in),
    ("length", length),
    ("answered", answered),
    ("rate", rate),
    ("trap", trap),
    ("speed", speed),
    ("links", links),
    ("mode", mode),
)


# --- Storing ----------------------------------------------------------------------------------------------------------


def _already_posted(draft: Draft) -> Comment | None:
    return Comment.objects.select_related("author", "article").filter(fingerprint=draft.fingerprint).first()


def _store(draft: Draft, *, phase: str, verdict: Verdict) -> Comment:
    """The comment is stored, and counted if it is published. The same comment stored a moment ago is given back."""
    at = draft.facts.at or timezone.now()
    comment = Comment(
        article=draft.article,
        parent=draft.parent,
        author=draft.author,
        guest_name=draft.guest.name if draft.guest else "",
        guest_email=draft.guest.email if draft.guest else "",
        body=draft.body,
        status=verdict.status,
        created_at=at,
        decided_at=None if verdict.status == Status.WAITING else at,
        phase=phase,
        reason=verdict.reason,
        address_hash=draft.address_hash,
        fingerprint=draft.fingerprint,
        words_hash=draft.words_hash,
    )
    try:
        with transaction.atomic():
            comment.save()
            if comment.is_published:
                add(article_id=draft.article.pk, change=1)
    except IntegrityError:
        same = _already_posted(draft)
        if same is None:
            raise
        return same
    if comment.is_published:
        transaction.on_commit(lambda: comments_changed.send(sender=Comment, article_id=draft.article.pk))
    return comment
