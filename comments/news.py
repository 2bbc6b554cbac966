"""How open pages learn that there are new comments, without asking the database.

The article's visible number lies in the cache for a few seconds and is dropped there when comments change. Of all the
readers in these seconds one pays for one query. A page says the number that it shows; the difference is the news.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Case, When
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import ngettext

from articles.models import Article
from articles.querysets import public_condition
from articles.signals import article_changed
from comments.signals import comments_changed
from newsroom.caches import made

KEPT = 5  # seconds


@dataclass(frozen=True)
class Count:
    """What the cache holds: the visible number, the language of the page, and until when readers may see it."""

    number: int
    language: str
    is_public: bool
    until: datetime | None


def count_of(article_id: int) -> Count | None:
    """The article's number of comments; None if readers do not see the article. No query on a hit, one otherwise."""
    found: Count | None = made.get(_key(article_id))
    if found is None:
        is_public = Case(When(public_condition(), then=True), default=False, output_field=BooleanField())
        row = Article.objects.filter(pk=article_id).values_list("comment_count", "language", is_public, "expires_at")
        first = row.first()
        if first is None:  # guesses must not fill the cache
            return None
        found = Count(*first)
        made.add(_key(article_id), found, KEPT)
    is_over = found.until is not None and found.until <= timezone.now()
    return found if found.is_public and not is_over else None


def sentence(now: Count, since: int) -> str:
    """ "3 new comments" in the language that is active; empty if there is none."""
    new = now.number - since
    if new <= 0:
        return ""
    return ngettext("%(count)s new comment", "%(count)s new comments", new) % {"count": new}


@receiver([comments_changed, article_changed], dispatch_uid="comments-count")
def drop(article_id: int, **_kwargs: Any) -> None:
    """The next page that asks reads the number anew."""
    made.delete(_key(article_id))


def _key(article_id: int) -> str:
    return f"comments-count-{article_id}"
