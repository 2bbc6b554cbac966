"""What authors do with their own comments: change them for a while, take them back at any time."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comments import standing, submission
from comments.models import Comment, CommentVersion, Rejection, Status
from comments.pipeline.draft import Verdict, words_hash
from comments.signals import comments_changed
from newsroom.models import SiteIdentity
from newsroom.text import clean_text

CHANGEABLE = (Status.WAITING, Status.PUBLISHED)


class OwnActRefused(Exception):
    """It did not happen. ``str()`` is the sentence for people."""


class TooLate(OwnActRefused):
    """The time to change the comment is over, or its state does not allow it any more."""


def may_edit(comment: Comment, site: SiteIdentity) -> bool:
    """Whether the author may still change it. No query."""
    until = comment.created_at + timedelta(minutes=site.comment_edit_minutes)
    return comment.status in CHANGEABLE and timezone.now() < until and not site.comments_paused


def edit(*, comment: Comment, body: str, address: str = "") -> Comment:
    """The comment says ``body``, which went the road of a new comment; what it said is kept for moderators.

    It waits, or is turned down, if a phase says so or a moderator reads first here; one that waited goes on waiting. No
    transaction is open while phases judge. Raises TooLate, or a SubmissionRefused for what could not be posted now.
    """
    text = clean_text(body)
    _require_time(comment)
    if text == comment.body:
        return comment
    phase, verdict = submission.verdict_on_edit(comment=comment, body=text, address=address)
    return _rewrite(comment, text, phase=phase, verdict=verdict)


def _require_time(comment: Comment) -> None:
    if not may_edit(comment, SiteIdentity.load()):
        raise TooLate(_("The time to change this comment is over."))


@transaction.atomic
def _rewrite(comment: Comment, text: str, *, phase: str, verdict: Verdict) -> Comment:
    """The comment has the text, the state that ``verdict`` leads to and all that follows from both."""
    _lock(comment)
    _require_time(comment)
    before, now = comment.status, timezone.now()
    CommentVersion.objects.create(comment=comment, body=comment.body, until=now)
    comment.body, comment.edited_at, comment.fingerprint = text, now, ""
    comment.words_hash = words_hash(text)
    fields = ["body", "edited_at", "fingerprint", "words_hash"]
    goes_on_waiting = before == Status.WAITING and phase == "mode"
    if verdict.status != Status.PUBLISHED and not goes_on_waiting:
        fields += _turn(comment, phase=phase, verdict=verdict, now=now)
    comment.save(update_fields=fields)
    _tell(comment, before)
    return comment


def _turn(comment: Comment, *, phase: str, verdict: Verdict, now: datetime) -> list[str]:
    """The comment is in the state of ``verdict``, which is not published; the names of the fields that say so."""
    comment.phase, comment.reason, comment.status = phase, verdict.reason[:200], verdict.status
    comment.rejection = Rejection.OTHER if verdict.status == Status.REJECTED else ""
    comment.decided_at, comment.decided_by = (None if verdict.status == Status.WAITING else now), None
    comment.is_pick = comment.is_pinned = False
    return ["phase", "reason", "status", "rejection", "decided_at", "decided_by", "is_pick", "is_pinned"]


@transaction.atomic
def delete(*, comment: Comment) -> Comment:
    """Readers do not see the comment any more; a line holds its place while replies stand under it. Done twice it is once.

    Its reports are settled. Raises TooLate for one that a moderator took down.
    """
    _lock(comment)
    before, now = comment.status, timezone.now()
    if before == Status.DELETED:
        return comment
    if before not in CHANGEABLE and before != Status.REJECTED:
        raise TooLate(_("A moderator has taken this comment down."))
    comment.status, comment.decided_at, comment.decided_by = Status.DELETED, now, comment.author
    comment.is_pick = comment.is_pinned = False
    comment.fingerprint = ""
    comment.save(update_fields=["status", "decided_at", "decided_by", "is_pick", "is_pinned", "fingerprint"])
    comment.reports.filter(handled_at__isnull=True).update(handled_at=now)
    _tell(comment, before)
    return comment


def _lock(comment: Comment) -> None:
    """The row is ours until the transaction ends and ``comment`` holds what it says now."""
    rows = Comment.objects.select_for_update(of=("self",)).select_related("article__section", "author")
    comment.refresh_from_db(from_queryset=rows)


def _tell(comment: Comment, before: str) -> None:
    """The numbers are right, and pages that show a changed text hear of it."""
    standing.changed(comment, before)
    if before == comment.status == Status.PUBLISHED:
        article_id = comment.article_id
        transaction.on_commit(lambda: comments_changed.send(sender=Comment, article_id=article_id))
