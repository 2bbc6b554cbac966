"""The words of all comments, for moderators. Readers never ask this index."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from articles.search.query import for_porter, words
from comments.models import Comment
from comments.models.search_entry import TABLE


@transaction.atomic
def index(ids: Iterable[int]) -> int:
    """The index holds what these comments say now. Three queries; returns how many it holds."""
    keys = list(ids)
    comments = Comment.objects.filter(pk__in=keys).order_by("pk").select_related("author")
    rows = [_row(comment) for comment in comments.only("body", "guest_name", "author__name", "author__username")]
    remove(keys)
    _insert(rows)
    return len(rows)


def remove(ids: Iterable[int]) -> None:
    """The index holds nothing of these comments."""
    keys = list(ids)
    if keys:
        marks = ", ".join(["%s"] * len(keys))
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE rowid IN ({marks})", keys)  # noqa: S608  # only marks go in


def _row(comment: Comment) -> tuple[int, str]:
    return comment.pk, for_porter(" ".join(words(f"{comment.name}\n{comment.body}")))


def _insert(rows: list[tuple[int, str]]) -> None:
    if not rows:
        return
    document = "to_tsvector('simple', %s)" if connection.vendor == "postgresql" else "%s"
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {TABLE} (rowid, document) VALUES (%s, {document})", rows)  # noqa: S608  # constants


@receiver(post_save, sender=Comment, dispatch_uid="comments-search-index")
def index_comment(instance: Comment, created: bool, update_fields: Any, raw: bool, **_kwargs: Any) -> None:
    """What was written or changed can be found, from the same transaction on. An act of moderation costs nothing here."""
    if created:
        _insert([_row(instance)])
    elif update_fields is None or {"body", "guest_name", "author"} & set(update_fields):
        index([instance.pk])


@receiver(post_delete, sender=Comment, dispatch_uid="comments-search-remove")
def forget_comment(instance: Comment, **_kwargs: Any) -> None:
    """A deleted comment is gone from the index, in the same transaction."""
    remove([instance.pk])
