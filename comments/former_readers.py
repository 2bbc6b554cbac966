"""What comments know of an account: all of it for the one who takes it along, nothing once they have left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone

from comments import guests, recommending, search, standing, telling
from comments.models import (
    Appeal,
    Comment,
    CommentReport,
    CommentVersion,
    Mute,
    ReaderAct,
    ReaderNote,
    Recommendation,
    Status,
)
from newsroom import notices
from newsroom.accounts.parts import Part
from newsroom.choices import FormerReaders
from newsroom.models import SiteIdentity, User

BATCH = 200
GONE = "–"  # the text of a comment whose author took everything along


def export(reader: User) -> dict[str, Any]:
    """What ``reader`` wrote, recommended, reported, muted and appealed against, and how moderators regarded them, as plain
    JSON values. Eight queries."""
    comments = Comment.objects.filter(author=reader).select_related("article").prefetch_related("versions")
    reports = CommentReport.objects.filter(reporter=reader).order_by("pk")
    recommended = Recommendation.objects.filter(reader=reader).order_by("pk")
    return {
        "written": [_written(comment) for comment in comments.defer("article__body")],
        "recommended": [{"comment": pk, "at": at.isoformat()} for pk, at in recommended.values_list("comment", "at")],
        "reported": [
            {"comment": pk, "reason": reason, "at": at.isoformat()}
            for pk, reason, at in reports.values_list("comment", "reason", "created_at")
        ],
        "muted": [mute.muted.display_name for mute in Mute.objects.filter(reader=reader).select_related("muted")],
        "appeals": [
            {"comment": row.comment_id, "text": row.text, "made": row.made_at.isoformat(), "state": row.state, "answer": row.answer}
            for row in Appeal.objects.filter(comment__author=reader).order_by("pk")
        ],
        "standings": [
            {"from": act.from_standing, "to": act.to_standing, "until": act.until.isoformat() if act.until else None, "at": act.at.isoformat(), "reason": act.reason}
            for act in ReaderAct.objects.filter(status__reader=reader).order_by("pk")
        ],
        "notices": [
            {"about": telling.sentence(notice), "at": notice.at.isoformat()} for notice in telling.shown_to(reader)
        ],
    }  # fmt: skip


def _written(comment: Comment) -> dict[str, Any]:
    return {
        "number": comment.pk,
        "article": comment.article_id,
        "text": comment.body,
        "written": comment.created_at.isoformat(),
        "state": comment.status,
        "edited": comment.edited_at.isoformat() if comment.edited_at else None,
        "earlier_texts": [version.body for version in comment.versions.all()],
    }


@transaction.atomic
def forget(reader: User) -> None:
    """Nothing of ``reader`` is left: comments stand without the name, or are removed, as the site says."""
    recommending.withdraw_all(reader=reader)
    _forget_as_guest(reader)
    Appeal.objects.filter(comment__author=reader).delete()
    removes = SiteIdentity.load().former_readers == FormerReaders.REMOVE
    for batch in _batches(reader):
        ids = [comment.pk for comment in batch]
        if removes:
            with notices.quietly():
                _remove(batch)
        Comment.objects.filter(pk__in=ids).update(author=None, guest_name="", address_hash="", fingerprint="")
        search.index(ids)


def _forget_as_guest(reader: User) -> None:
    """Comments that were left with the same address before there was an account do not keep it; nor do notes on that guest,
    and the letters that these comments asked for."""
    for address in guests.mails_of(reader):
        guests.forget_mail(address)
        Comment.objects.filter(guest_email__iexact=address).update(guest_email="")
        ReaderNote.objects.filter(guest_email__iexact=address).delete()


def _batches(reader: User) -> Iterator[list[Comment]]:
    own = Comment.objects.filter(author=reader).select_for_update(of=("self",)).order_by("pk")
    while batch := list(own[:BATCH]):
        yield batch


def _remove(batch: list[Comment]) -> None:
    now = timezone.now()
    for comment in batch:
        before = comment.status
        comment.status, comment.body, comment.decided_at = Status.DELETED, GONE, now
        comment.is_pick = comment.is_pinned = False
        comment.words_hash = comment.reason = ""  # the reason may quote what was written
        fields = ["status", "body", "decided_at", "is_pick", "is_pinned", "words_hash", "reason"]
        comment.save(update_fields=fields)
        standing.changed(comment, before)
    CommentVersion.objects.filter(comment__in=batch).delete()


PART = Part(name="comments", export=export, forget=forget, unread=telling.unread)
