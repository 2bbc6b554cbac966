"""The visible number of comments, kept with the article."""

from __future__ import annotations

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from articles.models import Article
from comments.models import Comment


def add(*, article_id: int, change: int) -> None:
    """The article has ``change`` (1 or -1) more published comments. To be called in the transaction that makes it so."""
    Article.objects.filter(pk=article_id).update(comment_count=F("comment_count") + change)


def recount(articles: QuerySet[Article]) -> int:
    """Every article of ``articles`` has the number its published comments give; returns how many were asked for."""
    published = Comment.objects.published().filter(article=OuterRef("pk")).order_by().values("article")
    number = published.annotate(number=Count("pk")).values("number")
    return articles.update(comment_count=Coalesce(Subquery(number), 0))
