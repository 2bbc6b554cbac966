"""What moderators do: one function per act, one table that says which act leads from where to where.

Nobody else changes ``comment.status`` once it is stored. Every act locks the comment's row, checks state and right,
writes a ModerationAction, keeps ``Article.comment_count`` and, after the commit, sends ``comments_changed``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from comments import figures, reader_status, standing
from comments.models import Act, Comment, ModerationAction, Rejection, Status
from comments.signals import comments_changed
from newsroom.models import User
from newsroom.text import clean_line

PERMISSION = "comments.moderate_comment"
MARKS = (Act.PICK, Act.UNPICK, Act.PIN, Act.UNPIN)  # change no state
MOST_PINNED = 3  # of an article
_ALL = frozenset(Status) - {Status.DELETED}
_TURNED_DOWN = frozenset({Status.REJECTED, Status.REMOVED})
_NOT_UNDONE = (Act.UNDO, Act.GRANT, Act.DISMISS)  # the reader was told what became of the appeal

# act: (states it leads from, state it leads to)
TRANSITIONS: dict[Act, tuple[frozenset[Status], Status]] = {
    Act.APPROVE: (_ALL, Status.PUBLISHED),
    Act.REJECT: (_ALL, Status.REJECTED),
    Act.SPAM: (_ALL, Status.SPAM),
    Act.REMOVE: (frozenset({Status.PUBLISHED}), Status.REMOVED),
    Act.GRANT: (_TURNED_DOWN, Status.PUBLISHED),
}


class ModerationRefused(Exception):
    """An act that did not happen. ``str()`` is the sentence for people."""


class NotAllowed(ModerationRefused):
    """The person has not the right to it."""


class WrongState(ModerationRefused):
    """The comment is in a state from which the act does not lead on."""


class NothingToUndo(ModerationRefused):
    """No act is left to undo, or another one came after it."""


@dataclass(frozen=True)
class Outcome:
    """What an act led to. ``action`` is None if nothing changed: it was so already, or somebody else was first."""

    comment: Comment
    sentence: str
    action: ModerationAction | None = None

    @property
    def changed(self) -> bool:
        return self.action is not None


def approve(*, comment: Comment, by: User | None, reason: str = "", seen: str | None = None) -> Outcome:
    """Readers see the comment and it is counted once; reports of it are settled."""
    return _act(Act.APPROVE, comment, by=by, reason=reason, seen=seen)


def reject(*, comment: Comment, by: User | None, reason: str = "", seen: str | None = None) -> Outcome:
    """Readers do not see the comment. ``reason`` is one of Rejection, which its author reads, or own words, or empty."""
    return _act(Act.REJECT, comment, by=by, reason=reason, seen=seen)


def spam(*, comment: Comment, by: User | None, reason: str = "", seen: str | None = None) -> Outcome:
    """The comment lies with the spam."""
    return _act(Act.SPAM, comment, by=by, reason=reason, seen=seen)


def remove(*, comment: Comment, by: User | None, reason: str = "", seen: str | None = None) -> Outcome:
    """A published comment is gone; replies to it stay under a line that says so. Raises WrongState for another."""
    return _act(Act.REMOVE, comment, by=by, reason=reason, seen=seen)


@transaction.atomic
def undo(*, comment: Comment, by: User | None, reason: str = "", action: int | None = None) -> Outcome:
    """The comment's last act (that of the number ``action``, if given) has not happened: its state and the reports are as before it.

    Raises NothingToUndo if there is none, it is undone already, or another act came after it.
    """
    _require(comment, by=by)
    latest = comment.actions.exclude(act__in=MARKS).first()
    if latest is None or latest.act in _NOT_UNDONE or (action is not None and action != latest.pk):
        raise NothingToUndo(_("There is nothing to undo: somebody has decided since."))
    source, now = Status(comment.status), timezone.now()
    comment.reports.filter(handled_at=latest.at).update(handled_at=None)
    _enter(comment, Status(latest.from_status), by=by, at=now, rejection=_earlier_rejection(comment, latest))
    return _log(comment, Act.UNDO, source=source, by=by, at=now, reason=reason, undone=latest)


def grant_appeal(*, comment: Comment, by: User | None, reason: str = "") -> Outcome:
    """The comment that was turned down is published after all. For comments.appeals."""
    return _act(Act.GRANT, comment, by=by, reason=reason, seen=None)


@transaction.atomic
def dismiss_appeal(*, comment: Comment, by: User | None, reason: str = "") -> Outcome:
    """The comment stays as it is, and the decision is kept. For comments.appeals."""
    _require(comment, by=by)
    return _log(comment, Act.DISMISS, source=Status(comment.status), by=by, at=timezone.now(), reason=reason)


@transaction.atomic
def pick(*, comment: Comment, by: User | None, reason: str = "") -> Outcome:
    """The published comment stands out as the editors' pick. Raises WrongState for another."""
    return _mark(comment, Act.PICK, "is_pick", is_on=True, by=by, reason=reason)


@transaction.atomic
def unpick(*, comment: Comment, by: User | None, reason: str = "") -> Outcome:
    """The comment stands like any other."""
    return _mark(comment, Act.UNPICK, "is_pick", is_on=False, by=by, reason=reason)


@transaction.atomic
def pin(*, comment: Comment, by: User | None, reason: str = "") -> Outcome:
    """The published comment stands above all others of its article. Raises WrongState for another, for a reply, and for
    the fourth of an article."""
    if comment.parent_id is not None:
        raise WrongState(_("Only a comment that opens a thread can be pinned."))
    others = Comment.objects.filter(article=comment.article_id, is_pinned=True).exclude(pk=comment.pk)
    if others.count() >= MOST_PINNED:
        raise WrongState(_("Three comments are pinned here already. Release one first."))
    return _mark(comment, Act.PIN, "is_pinned", is_on=True, by=by, reason=reason)


@transaction.atomic
def unpin(*, comment: Comment, by: User | None, reason: str = "") -> Outcome:
    """The comment stands where its order puts it."""
    return _mark(comment, Act.UNPIN, "is_pinned", is_on=False, by=by, reason=reason)


def said(comment: Comment) -> str:
    """The comment's state in a sentence: "Approved by Irene Vasco a moment ago". Reads who decided unless loaded."""
    if comment.decided_at is None:
        return _("Waiting for a moderator")
    state = comment.get_status_display()
    ago = _ago(comment.decided_at)
    if comment.decided_by is None:
        return _("%(state)s %(ago)s") % {"state": state, "ago": ago}
    return _("%(state)s by %(name)s %(ago)s") % {"state": state, "name": comment.decided_by.display_name, "ago": ago}


# --- The parts of an act ----------------------------------------------------------------------------------------------


@transaction.atomic
def _act(act: Act, comment: Comment, *, by: User | None, reason: str, seen: str | None) -> Outcome:
    """``seen`` is what the moderator had before their eyes (``Comment.seen_as``): in another state now, somebody was first.

    Raises WrongState for a text that its author has changed since, which nobody has read.
    """
    _require(comment, by=by)
    sources, target = TRANSITIONS[act]
    source, now = Status(comment.status), timezone.now()
    if seen is not None and seen.partition(".")[0] != source:
        return Outcome(comment, said(comment))
    if seen is not None and seen != comment.seen_as:
        raise WrongState(_("Its author has changed it meanwhile. Load the page again and read it."))
    if source not in sources:
        raise WrongState(_("This is not possible: the comment is %(state)s now.") % {"state": source.label.lower()})
    settled = comment.reports.filter(handled_at__isnull=True).update(handled_at=now)
    if source == target and not settled:
        return Outcome(comment, said(comment))
    rejection = reason if act == Act.REJECT and reason in Rejection.values else ""
    _enter(comment, target, by=by, at=now, rejection=rejection)
    return _log(comment, act, source=source, by=by, at=now, reason=reason)


def _require(comment: Comment, *, by: User | None) -> None:
    """The row is ours until the transaction ends and ``comment`` holds what it says now, with the people and the article
    that an act touches; None is the system itself. One query. Raises NotAllowed.
    """
    if by is not None and not by.has_perm(PERMISSION):
        raise NotAllowed(_("You may not moderate comments. Ask an administrator."))
    comment.refresh_from_db(from_queryset=Comment.objects.select_for_update(of=("self",)).with_parties())


def _enter(comment: Comment, target: Status, *, by: User | None, at: datetime, rejection: str) -> None:
    """The comment has the new state and its article the new number."""
    before = comment.status
    waits = target == Status.WAITING
    comment.status, comment.rejection = target, rejection
    comment.decided_at, comment.decided_by = (None, None) if waits else (at, by)
    comment.is_pick = comment.is_pick and target == Status.PUBLISHED
    comment.is_pinned = comment.is_pinned and target == Status.PUBLISHED
    comment.save(update_fields=["status", "rejection", "decided_at", "decided_by", "is_pick", "is_pinned"])
    standing.changed(comment, before)


def _earlier_rejection(comment: Comment, undone: ModerationAction) -> str:
    """The reason that stood before ``undone``, if the comment was rejected then."""
    if undone.from_status != Status.REJECTED:
        return ""
    earlier = comment.actions.filter(act=Act.REJECT, pk__lt=undone.pk).first()
    return earlier.reason if earlier is not None and earlier.reason in Rejection.values else ""


def _mark(comment: Comment, act: Act, name: str, *, is_on: bool, by: User | None, reason: str) -> Outcome:
    _require(comment, by=by)
    if is_on and not comment.is_published:
        raise WrongState(_("Only a published comment can stand out."))
    if getattr(comment, name) == is_on:
        return Outcome(comment, said(comment))
    setattr(comment, name, is_on)
    comment.save(update_fields=[name])
    article_id = comment.article_id
    transaction.on_commit(lambda: comments_changed.send(sender=Comment, article_id=article_id))
    return _log(comment, act, source=Status(comment.status), by=by, at=timezone.now(), reason=reason)


def _log(
    comment: Comment,
    act: Act,
    *,
    source: Status,
    by: User | None,
    at: datetime,
    reason: str,
    undone: ModerationAction | None = None,
) -> Outcome:
    action = ModerationAction.objects.create(
        comment=comment,
        act=act,
        from_status=source,
        to_status=comment.status,
        by=by,
        at=at,
        reason=clean_line(reason)[:200],
    )
    figures.acted(action, comment, undone=undone)
    if act == Act.APPROVE:
        reader_status.trust_if_earned(comment)
    return Outcome(comment, _sentence(comment, act), action)


def _sentence(comment: Comment, act: Act) -> str:
    words = {
        Act.APPROVE: _("Comment by %(name)s approved."),
        Act.REJECT: _("Comment by %(name)s rejected."),
        Act.SPAM: _("Comment by %(name)s marked as spam."),
        Act.REMOVE: _("Comment by %(name)s removed."),
        Act.UNDO: _("Undone: the comment by %(name)s is as it was."),
        Act.PICK: _("Comment by %(name)s is an editors' pick."),
        Act.GRANT: _("Appeal granted: the comment by %(name)s is published."),
        Act.DISMISS: _("Appeal dismissed: the comment by %(name)s stays as it is."),
        Act.UNPICK: _("Comment by %(name)s is no editors' pick any more."),
        Act.PIN: _("Comment by %(name)s pinned."),
        Act.UNPIN: _("Comment by %(name)s is no longer pinned."),
    }
    return words[act] % {"name": comment.name}


def _ago(at: datetime) -> str:
    now = timezone.now()
    if (now - at).total_seconds() < 60:
        return _("a moment ago")
    return _("%(time)s ago") % {"time": timesince(at, now, depth=1)}
