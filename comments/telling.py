"""Who hears of what becomes of a comment: its author of a decision, and whom it answers. Written in the act's transaction.

Guests hear of it if they asked to; see comments.guests.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.querysets import public_condition
from comments import guests, reasons
from comments.models import Comment, GuestNotice, Mute, ReaderNotice, Status, Told
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
    if not is_decided or (told == Told.PUBLISHED and before == Status.REMOVED):
        told = None
    parent = comment.parent if comment.status == Status.PUBLISHED else None
    of: list[tuple[int | None, Told]] = []
    if told is not None:
        of.append((comment.author_id, told))
    if parent is not None:
        of.append((_answered(comment, parent), Told.ANSWERED))
    made = [ReaderNotice(reader_id=reader, told=about, comment=comment) for reader, about in of if reader is not None]
    if made:
        ReaderNotice.objects.bulk_create(made, ignore_conflicts=True)  # who was told once is not told again
    if comment.author_id is None or (comment.parent is not None and comment.parent.author_id is None):
        _tell_guests(comment, before, told=told, parent=parent)


def appeal_decided(comment: Comment, before: str) -> None:
    """The author of ``comment``, which was in the state ``before``, knows what became of the appeal. Not if the comment was
    rejected and is published now: ``changed`` told that."""
    is_published = comment.status == Status.PUBLISHED
    if notices.is_quiet() or (is_published and before == Status.REJECTED):
        return
    told, wish = Told.GRANTED if is_published else Told.DISMISSED, guests.wish_of(comment)
    if comment.author_id is not None:
        made = [ReaderNotice(reader_id=comment.author_id, told=told, comment=comment)]
        ReaderNotice.objects.bulk_create(made, ignore_conflicts=True)
    elif wish is not None:
        GuestNotice.objects.bulk_create([GuestNotice(wish=wish, told=told, comment=comment)], ignore_conflicts=True)


def _tell_guests(comment: Comment, before: str | None, *, told: Told | None, parent: Comment | None) -> None:
    """The same for guests who asked for it. Their letters wait until the address is confirmed; spam has none asked."""
    if before not in {None, Status.WAITING}:
        GuestNotice.objects.filter(comment=comment, sent_at__isnull=True).delete()
    made: list[GuestNotice] = []
    wish = guests.wish_of(comment)
    if wish is not None and comment.status == Status.DELETED:
        guests.end(wish)
    elif wish is not None:
        if before in {None, Status.SPAM} and comment.status != Status.SPAM:
            guests.ask(wish, comment)
        made += [GuestNotice(wish=wish, told=told, comment=comment)] if told is not None else []
    answered = guests.wish_of(parent) if parent is not None else None
    if answered is not None and not guests.is_by(answered, comment):
        made.append(GuestNotice(wish=answered, told=Told.ANSWERED, comment=comment))
    if made:
        GuestNotice.objects.bulk_create(made, ignore_conflicts=True)


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


def sentence(notice: ReaderNotice | GuestNotice) -> str:
    """The notice in a sentence, in the language that is active. Comment, author and article come loaded."""
    comment = notice.comment
    about = {"headline": comment.article.headline, "name": comment.name}
    match notice.told:
        case Told.ANSWERED:
            return _("%(name)s answered your comment on “%(headline)s”.") % about
        case Told.PUBLISHED:
            return _("Your comment on “%(headline)s” is published.") % about
        case Told.GRANTED:
            return _("We looked at your comment on “%(headline)s” again, and it is published.") % about
        case Told.DISMISSED:
            return _("We looked at your comment on “%(headline)s” again, and it stays unpublished.") % about
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
