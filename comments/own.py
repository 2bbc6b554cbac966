"""What authors do with their own comments: change them for a while, take them back at any time."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comments import standing, submission
from comments.models import Comment, CommentVersion, Status
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


@transaction.atomic
def edit(*, comment: Comment, body: str) -> Comment:
    """The comment says ``body``, which went through the pipeline again; what it said is kept for moderators.

    It waits if a phase holds the new text or a moderator reads first here; one that waited goes on waiting. Raises TooLate,
    or a SubmissionRefused for a text that cannot stand.
    """
    site = SiteIdentity.load()
    _lock(comment)
    if not may_edit(comment, site):
        raise TooLate(_("The time to change this comment is over."))
    text = clean_text(body)
    if text == comment.body:
        return comment
    objection = submission.verdict_on_edit(comment=comment, body=text)
    before, now = comment.status, timezone.now()
    CommentVersion.objects.create(comment=comment, body=comment.body, until=now)
    comment.body, comment.edited_at, comment.fingerprint = text, now, ""
    fields = ["body", "edited_at", "fingerprint"]
    if objection is not None:
        comment.phase, comment.reason = objection[0], objection[1].reason[:200]
        comment.status = objection[1].status
        comment.decided_at, comment.decided_by = (None if comment.status == Status.WAITING else now), None
        fields += ["phase", "reason", "status", "decided_at", "decided_by"]
    comment.save(update_fields=fields)
    _tell(comment, before)
    return comment


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
