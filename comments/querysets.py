"""Which comments: what readers see, what waits, and a reader's record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import BooleanField, Case, Q, When

from articles.querysets import public_condition

if TYPE_CHECKING:
    from articles.models import Article
    from comments.models import Comment  # noqa: F401  # named in the base class


class CommentQuerySet(models.QuerySet["Comment"]):
    def published(self) -> CommentQuerySet:
        """Those that every reader sees."""
        return self.filter(status="published")

    def waiting(self) -> CommentQuerySet:
        """Those that a moderator has not read, the oldest first."""
        return self.filter(status="waiting").order_by("created_at", "pk")

    def reported(self) -> CommentQuerySet:
        """Published ones with a report nobody has handled, the oldest first."""
        from comments.models import CommentReport

        open_reports = CommentReport.objects.filter(handled_at__isnull=True)
        return self.published().filter(pk__in=open_reports.order_by().values("comment")).order_by("created_at", "pk")

    def threads_of(self, article: Article) -> CommentQuerySet:
        """The comments that open the visible threads of ``article``, newest first.

        One that is no longer published still opens its thread while a reply in it is.
        """
        is_visible = Q(status="published") | Q(reply_count__gt=0)
        return self.filter(is_visible, article=article, parent__isnull=True).order_by("-created_at", "-pk")

    def with_authors(self) -> CommentQuerySet:
        """With what shows who wrote it, by the same query."""
        return self.select_related("author")

    def with_parties(self) -> CommentQuerySet:
        """With whom an act on it concerns (its author, who decided, whom it answers) and its article, by the same query."""
        return self.select_related("article", "author", "parent", "decided_by").defer(
            "article__body", "article__standfirst"
        )

    def with_article_shown(self) -> CommentQuerySet:
        """With its article, which ``Comment.is_on_shown_article`` then knows of: what is not public is not named to readers."""
        is_public = When(public_condition(None, "article__"), then=True)
        found = self.annotate(article_is_shown=Case(is_public, default=False, output_field=BooleanField()))
        return found.select_related("article__section", "author", "appeal").defer("article__body")

    def with_context(self) -> CommentQuerySet:
        """With all that a moderator's row shows of other rows, by the same query."""
        shown = self.select_related("article__section", "author", "parent__author", "decided_by")
        return shown.defer("article__body", "article__standfirst")
