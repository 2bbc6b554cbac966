"""The visible numbers of comments, kept with the article and with the comment that opens a thread."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from articles.models import Article
from comments.models import Comment, Recommendation


def add(*, article_id: int, change: int) -> None:
    """The article has ``change`` (1 or -1) more published comments. To be called in the transaction that makes it so."""
    Article.objects.filter(pk=article_id).update(comment_count=F("comment_count") + change)


def recount(articles: QuerySet[Article]) -> int:
    """Every article of ``articles``, and every comment under them, has the numbers that the rows give; returns how many
    articles were asked for."""
    published = Comment.objects.published()
    replies = published.filter(thread=OuterRef("pk"), parent__isnull=False).order_by().values("thread")
    openers = Comment.objects.filter(article__in=articles.values("pk"))
    openers.filter(parent__isnull=True).update(reply_count=_number(replies))
    recommended = Recommendation.objects.filter(comment=OuterRef("pk")).order_by().values("comment")
    openers.update(recommend_count=_number(recommended))
    return articles.update(comment_count=_number(published.filter(article=OuterRef("pk")).order_by().values("article")))


def _number(rows: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)
