"""What is kept from whom on the desk, and how what is known of network addresses is forgotten in time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from articles import rights
from articles.models import Article
from comments.models import Comment, CommentReport, ReaderStatus
from comments.moderation import PERMISSION
from comments.pipeline import rules

BATCH = 1000


def sees_addresses(user: Any) -> bool:
    """Whether ``user`` sees and searches readers' mail addresses, and what came from the same network address: only who
    moderates, by role or as an administrator."""
    return bool(user.has_perm(PERMISSION))


def hidden_articles(user: Any, articles: Collection[int]) -> set[int]:
    """Those of ``articles`` (their numbers) whose headlines ``user`` may not see on the desk. One query for people whose
    roles are limited, else none."""
    if rights.visible_condition(user) is None:
        return set()
    return set(articles) - set(Article.objects.offered_to(user).filter(pk__in=articles).values_list("pk", flat=True))


def forget_addresses() -> int:
    """No hash of a network address is older than the rules say: of comments, of reports without an account, of standings.

    Returns how many were forgotten. In small updates, each right by itself.
    """
    before = timezone.now() - timedelta(days=rules.load().numbers.address_days)
    forgotten = 0
    for forget in (_of_comments, _of_reports, _of_standings):
        while done := forget(before):
            forgotten += done
    return forgotten


def _of_comments(before: datetime) -> int:
    old = Comment.objects.exclude(address_hash="").filter(created_at__lt=before).order_by("created_at")
    return Comment.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:BATCH])).update(address_hash="")


def _of_reports(before: datetime) -> int:
    """A report stays one: its key becomes its own number."""
    old = CommentReport.objects.filter(reporter__isnull=True, created_at__lt=before).exclude(
        reader_key__startswith="old-"
    )
    pks = list(old.order_by("created_at").values_list("pk", flat=True)[:BATCH])
    number = Cast(F("pk"), CharField())
    return CommentReport.objects.filter(pk__in=pks).update(reader_key=Concat(Value("old-"), number))


def _of_standings(before: datetime) -> int:
    old = ReaderStatus.objects.filter(key__startswith="address-", set_at__lt=before)
    pks = list(old.values_list("pk", flat=True)[:BATCH])
    ReaderStatus.objects.filter(pk__in=pks).delete()
    return len(pks)
