"""Readers recommend comments: each reader once, never the own."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from comments.models import Comment, Recommendation
from comments.signals import comments_changed
from newsroom.models import User


class NotRecommended(Exception):
    """It did not happen. ``str()`` is the sentence for people."""


@transaction.atomic
def recommend(*, comment: Comment, reader: User) -> int:
    """``reader`` recommends ``comment``; done twice it is once. Returns how many do.

    Raises NotRecommended for the own comment and for one that readers do not see.
    """
    if comment.author_id == reader.pk:
        raise NotRecommended(_("Your own comment is for others to recommend."))
    if not Comment.objects.published().filter(pk=comment.pk).exists():
        raise NotRecommended(_("This comment is no longer there."))
    _made, is_new = Recommendation.objects.get_or_create(comment=comment, reader=reader)
    return _counted(comment, 1 if is_new else 0)


@transaction.atomic
def withdraw(*, comment: Comment, reader: User) -> int:
    """``reader`` does not recommend ``comment`` (any more). Returns how many do."""
    gone, _by_model = Recommendation.objects.filter(comment=comment, reader=reader).delete()
    return _counted(comment, -gone)


@transaction.atomic
def withdraw_all(*, reader: User) -> None:
    """``reader`` recommends nothing any more. One statement for the numbers, one for the rows."""
    own = Recommendation.objects.filter(reader=reader).select_for_update()
    ids = [comment for _pk, comment in own.values_list("pk", "comment")]
    Comment.objects.filter(pk__in=ids).update(recommend_count=F("recommend_count") - 1)
    Recommendation.objects.filter(reader=reader, comment__in=ids).delete()


def is_recommended(*, comment: Comment, reader: User) -> bool:
    """Whether ``reader`` recommends ``comment``. One query."""
    return Recommendation.objects.filter(comment=comment, reader=reader).exists()


def _counted(comment: Comment, change: int) -> int:
    """The number moves by what the row's own insert or delete did, so that it is exact whoever comes at the same time."""
    if change:
        Comment.objects.filter(pk=comment.pk).update(recommend_count=F("recommend_count") + change)
        article_id = comment.article_id
        transaction.on_commit(lambda: comments_changed.send(sender=Comment, article_id=article_id))
    return int(Comment.objects.values_list("recommend_count", flat=True).get(pk=comment.pk))
