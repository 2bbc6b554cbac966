"""What moderators know of one reader: their record, their comments, notes on them, and how their standing changed."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from comments.models import Comment, ReaderAct, ReaderNote, ReaderStatus, Standing
from comments.moderation import PERMISSION, NotAllowed
from comments.querysets import CommentQuerySet
from comments.queue_rows import Record, Row, records_of, rows_of
from comments.reader_status import Reader, keys_of, reader_of, status_of
from newsroom.models import User
from newsroom.text import clean_text

SHOWN = 25


@dataclass(frozen=True)
class ReaderFile:
    """Everything about the reader who wrote ``comment``. ``reader`` is None if nothing is known of them any more."""

    comment: Comment
    reader: Reader | None
    record: Record
    status: ReaderStatus | None
    acts: list[ReaderAct]
    notes: list[ReaderNote]
    rows: list[Row]

    @property
    def standing(self) -> Standing:
        return self.status.at() if self.status is not None else Standing.NEW

    @property
    def account(self) -> User | None:
        return self.comment.author


def open_file(comment: Comment) -> ReaderFile:
    """The file of who wrote ``comment``. Fifteen queries at most, whatever they wrote."""
    reader = reader_of(comment)
    keys = keys_of(reader) if reader is not None else []
    acts = ReaderAct.objects.filter(status__key__in=keys).select_related("by")[:SHOWN]
    return ReaderFile(
        comment=comment,
        reader=reader,
        record=next(iter(records_of([comment]).values()), Record()),
        status=status_of(reader) if reader is not None else None,
        acts=list(acts),
        notes=list(_notes_on(comment)),
        rows=rows_of(list(_by_the_same(comment).with_context().order_by("-created_at", "-pk")[:SHOWN])),
    )


def _notes_on(comment: Comment) -> list[ReaderNote]:
    if comment.author_id is None and not comment.guest_email:
        return []
    whose = {"reader": comment.author_id} if comment.author_id else {"reader": None, "guest_email": comment.guest_email}
    return list(ReaderNote.objects.filter(**whose).select_related("by")[:SHOWN])


def _by_the_same(comment: Comment) -> CommentQuerySet:
    if comment.author_id is not None:
        return Comment.objects.filter(author=comment.author_id)
    if comment.guest_email:
        return Comment.objects.filter(author=None, guest_email=comment.guest_email).exclude(guest_email="")
    return Comment.objects.filter(pk=comment.pk)


class NoteRefused(Exception):
    """A note that was not taken. ``str()`` is the sentence for people."""


def add_note(*, comment: Comment, body: str, by: User) -> ReaderNote:
    """The moderators know ``body`` about who wrote ``comment``. Raises NotAllowed, or NoteRefused with the reason."""
    if not by.has_perm(PERMISSION):
        raise NotAllowed(_("You may not moderate comments. Ask an administrator."))
    text = clean_text(body)
    if not text:
        raise NoteRefused(_("Write the note first."))
    if len(text) > 2000:
        raise NoteRefused(_("A note has at most 2000 characters."))
    if comment.author_id is None and not comment.guest_email:
        raise NoteRefused(_("Nothing is known of this reader any more."))
    mail = "" if comment.author_id else comment.guest_email
    return ReaderNote.objects.create(reader_id=comment.author_id, guest_email=mail, body=text, by=by, at=timezone.now())
