"""Keeps the index in step with what the desk does, once each change is committed."""

from __future__ import annotations

import logging
from typing import Any

from django.db import DatabaseError
from django.db.models.signals import post_delete
from django.dispatch import receiver

from articles.models import Article
from articles.search.writing import index, remove
from articles.signals import article_changed

logger = logging.getLogger(__name__)


@receiver(article_changed, dispatch_uid="search-index")
def index_article(article_id: int, **_kwargs: Any) -> None:
    """The index holds the article as it is now. A failure is logged, for the act itself is done: `search_index` mends it."""
    try:
        index([article_id])
    except DatabaseError:
        logger.exception("Article %s could not be indexed", article_id)


@receiver(post_delete, sender=Article, dispatch_uid="search-remove")
def forget_article(instance: Article, **_kwargs: Any) -> None:
    """A deleted article is gone from the index, in the same transaction."""
    remove([instance.pk])
