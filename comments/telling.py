"""Who hears of what becomes of a comment: its author of a decision, and whom it answers. Written in the act's transaction.

Guests are told nothing: nobody has confirmed that the address is theirs.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.querysets import public_condition
from comments import reasons
from comments.models import Comment, Mute, ReaderNotice, Status, Told
from newsroom import notices
from newsroom.models import User

OF_STATUS = {Status.PUBLISHED: Told.PUBLISHED, Status.REJECTED: Told.REJECTED, Status.REMOVED: Told.REMOVED}


def changed(comment: Comment, before: str | None) -> None:
    """Notices about the state that ``comment`` entered are there, and unsent ones about another state are not."""
    if notices.is_quiet():
        return
    if before not in {None, Status.WAITING}:  # of one that waits nobody has been told
        ReaderNotice.objects.filter(comment=comment, sent_at__isnull=True, read_at__isnull=True).delete()
    told = OF_STATUS.get(Status(comment.status))
    is_decided = before is not None and comment.decided_by_id and comment.decided_by_id != comment.author_id
    of: list[tuple[int | None, Told]] = []
    if told and is_decided and not (told == Told.PUBLISHED and before == Status.REMOVED):
        of.append((comment.author_id, told))
    if comment.status == Status.PUBLISHED and comment.parent is not None:
        of.append((_answered(comment, comment.parent), Told.ANSWERED))
    made = [ReaderNotice(reader_id=reader, told=about, comment=comment) for reader, about in of if reader is not None]
    if made:
        ReaderNotice.objects.bulk_create(made, ignore_conflicts=True)  # who was told once is not told again


def shown_to(reader: User, at: datetime | None = None) -> QuerySet[ReaderNotice]:
    """The notices of ``reader`` that lead somewhere, the newest first: the article is public, the answer stands."""
    stands = ~Q(told=Told.ANSWERED) | Q(comment__status=Status.PUBLISHED)
    found = ReaderNotice.objects.filter(public_condition(at, "comment__article__"), stands, reader=reader)
    return found.select_related("comment__article__section", "comment__author").order_by("-at", "-pk")


def unread(reader: User) -> int:
    """How many notices ``reader`` has not read. One query over its own index."""
    return shown_to(reader).filter(read_at__isnull=True).count()


def mark_read(reader: User) -> None:
    """``reader`` has read all notices there are."""
    ReaderNotice.objects.filter(reader=reader, read_at__isnull=True).update(read_at=timezone.now())


def sentence(notice: ReaderNotice) -> str:
    """The notice in a sentence, in the language that is active. Comment, author and article come loaded."""
    comment = notice.comment
    about = {"headline": comment.article.headline, "name": comment.name}
    match notice.told:
        case Told.ANSWERED:
            return _("%(name)s answered your comment on “%(headline)s”.") % about
        case Told.PUBLISHED:
            return _("Your comment on “%(headline)s” is published.") % about
        case Told.REMOVED:
            return _("A moderator removed your comment on “%(headline)s”.") % about
    said = _("A moderator did not publish your comment on “%(headline)s”.") % about
    return f"{said} {reasons.sentence(comment)}" if comment.rejection else said


def _answered(comment: Comment, parent: Comment) -> int | None:
    """Who hears that ``comment`` answers their ``parent``; None if nobody wants to."""
    if parent.author_id is None or parent.author_id == comment.author_id:
        return None
    if comment.author_id is None:  # guests cannot be muted
        return parent.author_id
    is_muted = Mute.objects.filter(reader=parent.author_id, muted=comment.author_id).exists()
    return None if is_muted else parent.author_id
