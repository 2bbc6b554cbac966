"""The end of the trash: what lay in it for TRASH_DAYS and was never published is deleted for good.

What was ever live is not: its address must go on answering, and the archive, comments and corrections belong to it. It
stays in the trash until somebody restores it. Of what is deleted the acts remain in the audit log, by name.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from articles.models import ArchiveEntry, Article, EditorialAct, Status

if TYPE_CHECKING:
    from articles.querysets import ArticleQuerySet

logger = logging.getLogger(__name__)
BATCH = 100


def was_live() -> Q:
    """The condition on articles that they were live once, or that the archive knows them."""
    acts = EditorialAct.objects.filter(article=OuterRef("pk")).filter(
        Q(to_status=Status.LIVE) | Q(from_status=Status.LIVE)
    )
    return Q(Exists(acts)) | Q(Exists(ArchiveEntry.objects.filter(article_number=OuterRef("pk"))))


def purge_at(article: Article) -> datetime:
    """When an article in the trash that was never live is deleted."""
    return article.status_since + timedelta(days=settings.TRASH_DAYS)


def due(at: datetime) -> ArticleQuerySet:
    """What is to be deleted at ``at``, the oldest first."""
    old = Article.objects.filter(status=Status.TRASH, status_since__lte=at - timedelta(days=settings.TRASH_DAYS))
    found: ArticleQuerySet = old.exclude(was_live()).order_by("status_since", "pk")
    return found


def purge_due(at: datetime | None = None) -> int:
    """Everything due at ``at`` (default now) is deleted, each in a transaction of its own; how many. Can be stopped and
    run twice at once; says in the log how far it is."""
    moment, total = at or timezone.now(), 0
    after: tuple[Any, ...] = ()
    while True:
        rows = due(moment)
        if after:
            rows = rows.filter(Q(status_since__gt=after[0]) | Q(status_since=after[0], pk__gt=after[1]))
        batch = list(rows.values_list("status_since", "pk")[:BATCH])
        if not batch:
            return total
        total += sum(_purge(pk, moment) for _since, pk in batch)
        after = batch[-1]
        logger.info("%s articles deleted from the trash.", total)


@transaction.atomic
def _purge(pk: int, moment: datetime) -> bool:
    """Whether article ``pk`` was deleted now: not if somebody restored it meanwhile."""
    article = Article.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if article is None or not due(moment).filter(pk=pk).exists():
        return False
    name = str(article)[:200]
    now = timezone.now()
    EditorialAct.objects.create(article=article, act="purge", from_status=article.status, to_status="", at=now)
    article.acts.update(article=None, article_name=name, revision=None)
    Article.objects.filter(pk=pk).update(latest_revision=None, live_revision=None, update_revision=None)
    article.refresh_from_db()
    article.delete()
    return True
