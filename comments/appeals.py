"""A reader whose comment was turned down may ask once for a second look; somebody else than who turned it down decides."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from comments import figures, moderation, telling
from comments.models import Appeal, AppealState, Comment, Status
from newsroom.models import User
from newsroom.text import clean_line, clean_text

TURNED_DOWN = (Status.REJECTED, Status.REMOVED)
MAX_CHARACTERS = 1000
ADMINISTRATOR = "comments.change_commentrules"


class AppealRefused(Exception):
    """An appeal that was not made or not decided. ``str()`` is the sentence for people."""


def may_appeal(comment: Comment) -> bool:
    """Whether its author may still ask for a second look. One query unless the appeal is loaded."""
    return comment.status in TURNED_DOWN and not hasattr(comment, "appeal")


@transaction.atomic
def appeal(*, comment: Comment, text: str) -> Appeal:
    """The author of ``comment`` has asked for a second look; who asks twice gets the first appeal again.

    Raises AppealRefused if the comment was not turned down or nothing is said.
    """
    said = clean_text(text)[:MAX_CHARACTERS]
    if not said:
        raise AppealRefused(_("Say why the comment should be published."))
    locked = Comment.objects.select_for_update(of=("self",)).select_related("article").get(pk=comment.pk)
    if locked.status not in TURNED_DOWN:
        raise AppealRefused(_("There is nothing to appeal against: the comment is not turned down."))
    made, is_new = Appeal.objects.get_or_create(
        comment=locked, defaults={"text": said, "rejected_by": locked.decided_by}
    )
    if is_new:
        figures.appealed(locked)
    return made


def open_appeals() -> QuerySet[Appeal]:
    """Those that wait for a decision, the oldest first; a comment that was published meanwhile needs none."""
    waiting = Appeal.objects.filter(state=AppealState.OPEN, comment__status__in=TURNED_DOWN)
    return waiting.order_by("made_at", "pk")


@transaction.atomic
def decide(*, appeal: Appeal, by: User, grant: bool, answer: str = "") -> Appeal:
    """The appeal is granted, and the comment published, or dismissed; ``answer`` is for the reader, who hears of it. An act
    of moderation is kept. Raises AppealRefused: decided already, or not by the one who turned the comment down; NotAllowed.
    """
    row = Appeal.objects.select_for_update(of=("self",)).select_related("comment").get(pk=appeal.pk)
    refusal = why_not(row, by)
    if refusal:
        raise AppealRefused(refusal)
    row.state = AppealState.GRANTED if grant else AppealState.DISMISSED
    row.decided_by, row.decided_at, row.answer = by, timezone.now(), clean_line(answer)[:500]
    row.save(update_fields=["state", "decided_by", "decided_at", "answer"])
    before, act = row.comment.status, moderation.grant_appeal if grant else moderation.dismiss_appeal
    act(comment=row.comment, by=by, reason=row.answer)
    telling.appeal_decided(row.comment, before)
    return row


def why_not(appeal: Appeal, by: User) -> str:
    """Why ``by`` may not decide about it, in a sentence; empty if they may. At most one query."""
    if appeal.state != AppealState.OPEN:
        return _("This appeal is decided already.")
    if appeal.rejected_by_id == by.pk and not (by.has_perm(ADMINISTRATOR) and _is_alone(by)):
        return _("You turned this comment down: somebody else decides about the appeal.")
    return ""


def _is_alone(by: User) -> bool:
    """Nobody else could decide: a newsroom with one moderator would have no appeals else."""
    able = User.objects.with_perm(
        moderation.PERMISSION, is_active=True, backend="django.contrib.auth.backends.ModelBackend"
    )
    return not able.filter(is_staff=True).exclude(pk=by.pk).exists()
