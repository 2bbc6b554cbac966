"""What follows from a comment's state, kept in the transaction that changes it: two numbers, and who hears of it.

Everybody who changes ``comment.status`` calls ``changed``: submission, moderation, and the author's own acts.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from comments import counter, telling
from comments.models import Comment, Status
from comments.signals import comments_changed


def changed(comment: Comment, before: str | None) -> None:
    """``comment`` entered its state from ``before`` (None: it was just written): the article's and the thread's numbers
    are right, its author and whom it answers have their notices and, after the commit, ``comments_changed`` is sent. To be called in that transaction, the row stored."""
    telling.changed(comment, before)
    change = (comment.status == Status.PUBLISHED) - (before == Status.PUBLISHED)
    if change:
        counter.add(article_id=comment.article_id, change=change)
        if comment.thread_id and comment.thread_id != comment.pk:
            _in_thread(comment.thread_id, change, is_staff=bool(comment.author and comment.author.is_staff))
        article_id = comment.article_id
        transaction.on_commit(lambda: comments_changed.send(sender=Comment, article_id=article_id))


def _in_thread(thread: int, change: int, *, is_staff: bool) -> None:
    """The comment that opened the thread knows how many replies stand in it, and whether one is by staff."""
    staff = Comment.objects.published().filter(thread=OuterRef("pk"), author__is_staff=True).exclude(pk=OuterRef("pk"))
    opener = Comment.objects.filter(pk=thread)
    opener.update(reply_count=F("reply_count") + change)
    if is_staff:
        opener.update(is_answered=Exists(staff))
