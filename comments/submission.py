"""The road of a comment: ordered phases, each of which may refuse it, decide on it, or let it pass on.

The order is this file's and is the same for every site; what each phase goes by stands in the admin (comments.models.rules).
The phase that decided is stored with the comment, with its reason, and shown to moderators.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article
from comments import figures, standing
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
from newsroom.models import SiteIdentity, User
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
OF_TEXT = ("length", "banned_words", "suspect_words", "links")  # what an edited text is judged by again


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
    for name, phase in PHASES:
        verdict = phase(draft)
        if verdict is not None:
            return _store(draft, phase=name, verdict=verdict)
    raise AssertionError("The last phase always decides.")


def verdict_on_edit(*, comment: Comment, body: str) -> tuple[str, Verdict] | None:
    """The phase that objects to ``body`` as the new text of ``comment``, and its verdict; None if none does.

    A published comment waits again where a moderator reads first. One query with the article and the author loaded. Raises LengthRefused.
    """
    current = frame.current()
    mode = mode_for(comment.article, current.site, sections=current.sections)
    draft = Draft(
        comment.article,
        clean_text(body),
        None,
        comment.author,
        None,
        Facts(),
        current.site,
        mode,
        current.comment_rules,
    )
    for name, phase in PHASES:
        verdict = phase(draft) if name in OF_TEXT else None
        if verdict is not None:
            return name, verdict
    verdict = checks.mode(draft)
    return ("mode", verdict) if comment.is_published and verdict.status != Status.PUBLISHED else None


def mode_of(article: Article, site: SiteIdentity) -> CommentMode:
    """The mode of a public article. Up to two queries with its section loaded. Raises ArticleNotPublic if it shows no comments to readers."""
    mode = mode_for(article, site)
    if mode == CommentMode.OFF or not Article.objects.public().filter(pk=article.pk).exists():
        raise ArticleNotPublic(_("This article takes no comments."))
    return mode


def _draft(
    *, article: Article, body: str, author: User | None, guest: Guest | None, parent: Comment | None, facts: Facts
) -> Draft:
    if guest is not None:
        guest = Guest(name=clean_line(guest.name)[:80], email=clean_line(guest.email))
    current = frame.current()
    return Draft(
        article=article,
        body=clean_text(body),
        parent=parent,
        author=author,
        guest=None if author is not None else guest,
        facts=facts,
        site=current.site,
        mode=mode_of(article, current.site),
        rules=current.comment_rules,
    )


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
        reason=verdict.reason[:200],
        rejection=Rejection.OTHER if verdict.status == Status.REJECTED else "",
        address_hash=draft.address_hash,
        fingerprint=draft.fingerprint,
        words_hash=draft.words_hash,
    )
    try:
        with transaction.atomic():
            comment.save()
            standing.changed(comment, None)
            figures.came(comment)
    except IntegrityError:
        same = _already_posted(draft)
        if same is None:
            raise
        return same
    return comment
