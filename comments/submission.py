"""The road of a comment: ordered phases, each of which may refuse it, decide on it, or let it pass on.

The order is this file's and is the same for every site; what each phase goes by stands in the admin (comments.models.rules).
The phase that decided is stored with the comment, with its reason, and shown to moderators.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article
from comments import figures, guests, standing
from comments.models import Comment, Rejection, Status
from comments.modes import mode_for
from comments.pipeline import checks, gates
from comments.pipeline.draft import Draft, Facts, Guest, Verdict
from comments.pipeline.gates import needs_sign_in
from comments.pipeline.refusals import (
    ArticleNotPublic,
    CommentsClosed,
    LengthRefused,
    ParentGone,
    ReaderBanned,
    ReaderSuspended,
    SignInNeeded,
    SlowLane,
    SubmissionRefused,
    TooQuick,
)
from newsroom import frame
from newsroom.choices import CommentMode
from newsroom.models import User
from newsroom.text import clean_line, clean_text

__all__ = [
    "ArticleNotPublic",
    "CommentsClosed",
    "Draft",
    "Facts",
    "Guest",
    "LengthRefused",
    "ParentGone",
    "ReaderBanned",
    "ReaderSuspended",
    "SignInNeeded",
    "SlowLane",
    "SubmissionRefused",
    "TooQuick",
    "Verdict",
    "mode_of",
    "needs_sign_in",
    "submit",
    "told_before",
    "verdict_on_edit",
]

Phase = Callable[[Draft], Verdict | None]
PHASES: tuple[tuple[str, Phase], ...] = (
    ("closed", gates.closed),
    ("signed_in", gates.signed_in),
    ("standing", gates.standing),
    ("length", gates.length),
    ("answered", gates.answered),
    ("rate", gates.rate),
    ("trap", checks.trap),
    ("speed", checks.speed),
    ("banned_words", checks.banned_words),
    ("suspect_words", checks.suspect_words),
    ("links", checks.links),
    ("repeats", checks.repeats),
    ("watched", checks.watched),
    ("account", checks.account),
    ("record", checks.record),
    ("first_timer", checks.first_timer),
    ("proof", checks.proof),
    ("outside", checks.outside),
    ("mode", checks.mode),
)
NOT_OF_EDITS = ("answered", "proof")  # what is answered may be gone by now; the form for changes asks for no work


def submit(
    *,
    article: Article,
    body: str,
    author: User | None = None,
    guest: Guest | None = None,
    parent: Comment | None = None,
    facts: Facts | None = None,
) -> Comment:
    """The comment as it was stored: published and counted, waiting, rejected, or put to the spam. Sent twice, it is there once.

    Raises a SubmissionRefused, whose sentence says why it was not taken.
    """
    draft = _draft(article=article, body=body, author=author, guest=guest, parent=parent, facts=facts or Facts())
    same = _already_posted(draft)
    if same is not None:
        return same
    phase, verdict = _decided(draft, PHASES)
    return _store(draft, phase=phase, verdict=verdict)


def told_before(*, article: Article, author: User | None, facts: Facts, mode: CommentMode) -> str:
    """What the reader should know before writing: banned, suspended, or how many comments are left in the slow lane.

    Empty for nearly everybody. One query, two in the slow lane.
    """
    current = frame.current()
    return gates.standing_words(
        Draft(article, "", None, author, None, facts, current.site, mode, current.comment_rules)
    )


def verdict_on_edit(*, comment: Comment, body: str, address: str = "") -> tuple[str, Verdict]:
    """The phase that decides about ``body`` as the new text of ``comment``, and its verdict, as if it were posted now from ``address``.

    The comment itself is left out of what the reader wrote before. Raises a SubmissionRefused.
    """
    current = frame.current()
    draft = Draft(
        article=comment.article,
        body=clean_text(body),
        parent=comment.parent,
        author=comment.author,
        guest=None if comment.author else Guest(comment.guest_name, comment.guest_email),
        facts=Facts(address=address),
        site=current.site,
        mode=mode_for(comment.article, current.site, sections=current.sections),
        rules=current.comment_rules,
        itself=comment,
    )
    return _decided(draft, (each for each in PHASES if each[0] not in NOT_OF_EDITS))


def _decided(draft: Draft, phases: Iterable[tuple[str, Phase]]) -> tuple[str, Verdict]:
    """The first of ``phases`` that decides, and its verdict."""
    for name, phase in phases:
        verdict = phase(draft)
        if verdict is not None:
            return name, verdict
    raise AssertionError("The last phase always decides.")


def mode_of(article: Article, shown: frame.Frame) -> CommentMode:
    """The mode of a public article. One query with the frame. Raises ArticleNotPublic if it shows no comments to readers."""
    mode = mode_for(article, shown.site, sections=shown.sections)
    if mode == CommentMode.OFF or not Article.objects.public().filter(pk=article.pk).exists():
        raise ArticleNotPublic(_("This article takes no comments."))
    return mode


def _draft(
    *, article: Article, body: str, author: User | None, guest: Guest | None, parent: Comment | None, facts: Facts
) -> Draft:
    if guest is not None:
        guest = Guest(clean_line(guest.name)[:80], clean_line(guest.email), wants_letters=guest.wants_letters)
    current = frame.current()
    return Draft(
        article=article,
        body=clean_text(body),
        parent=parent,
        author=author,
        guest=None if author is not None else guest,
        facts=facts,
        site=current.site,
        mode=mode_of(article, current),
        rules=current.comment_rules,
    )


def _already_posted(draft: Draft) -> Comment | None:
    known = Comment.objects.filter(fingerprint=draft.fingerprint).exclude(fingerprint="")  # as its index has them
    return known.select_related("author", "article").order_by().first()


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
        reason=verdict.reason[:200],
        rejection=Rejection.OTHER if verdict.status == Status.REJECTED else "",
        address_hash=draft.address_hash,
        fingerprint=draft.fingerprint,
        words_hash=draft.words_hash,
    )
    try:
        with transaction.atomic():
            comment.save()
            if draft.guest and draft.guest.wants_letters:
                guests.wish(comment)
            standing.changed(comment, None)
            figures.came(comment)
    except IntegrityError:
        same = _already_posted(draft)
        if same is None:
            raise
        return same
    return comment
