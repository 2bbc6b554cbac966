"""Which articles: the one predicate for "public", and the lists built on it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from media.models import Photo

if TYPE_CHECKING:
    from articles.models import Article, Section  # named in the base class
    from newsroom.models import User

COMMENTED_WITHIN = timedelta(days=14)


def public_condition(at: datetime | None = None, prefix: str = "") -> Q:
    """What makes an article public at ``at`` (aware, default now), as a condition under ``prefix`` ("article__")."""
    return Q(**{f"{prefix}section__is_public": True}) & public_but_for_its_section(at, prefix)


def public_but_for_its_section(at: datetime | None = None, prefix: str = "") -> Q:
    """What makes an article public in a section that readers see: half of ``public_condition``, which is the answer."""
    moment = at or timezone.now()
    return (
        Q(**{f"{prefix}status": "live", f"{prefix}published_at__lte": moment})
        & (Q(**{f"{prefix}embargo_until__isnull": True}) | Q(**{f"{prefix}embargo_until__lte": moment}))
        & (Q(**{f"{prefix}expires_at__isnull": True}) | Q(**{f"{prefix}expires_at__gt": moment}))
    )


def _bylines(model: type[Article]) -> models.Prefetch[Any]:
    through = model.bylines.through._default_manager.select_related("byline__portrait").order_by("position")
    return models.Prefetch("article_bylines", queryset=through)


def _photo_count(model: type[Article]) -> models.Subquery:
    """How many photos readers find over an article. Asked in a row's own query, and only of galleries."""
    slides = model.slides.rel.related_model._default_manager.filter(
        article=models.OuterRef("pk"), photo__in=Photo.objects.usable()
    )
    counted = slides.order_by().values("article").annotate(count=models.Count("pk")).values("count")
    return models.Subquery(counted, output_field=models.IntegerField())


def load_bylines(articles: list[Article]) -> None:
    """``articles``, which are there already, know their bylines as after ``with_bylines()``. One query."""
    if articles:
        models.prefetch_related_objects(articles, _bylines(type(articles[0])))


class ArticleQuerySet(models.QuerySet["Article"]):
    def public(self, at: datetime | None = None) -> ArticleQuerySet:
        """Articles that every reader may see at ``at``. The one answer, used by every surface."""
        return self.filter(public_condition(at))

    def visible_to(self, user: User) -> ArticleQuerySet:
        """Articles that ``user`` may see on the desk, by articles.rights. No further query per row."""
        from articles import rights

        condition = rights.visible_condition(user)
        return self if condition is None else self.filter(condition)

    def offered_to(self, user: User) -> ArticleQuerySet:
        """Articles to which ``user`` may lead readers: those they see on the desk, and those everybody sees."""
        from articles import rights

        condition = rights.visible_condition(user)
        return self if condition is None else self.filter(condition | public_condition())

    def newest_first(self) -> ArticleQuerySet:
        """By publication time, the newest first; equal times by id, so that keyset pages never skip."""
        return self.order_by("-published_at", "-pk")

    def in_section(self, section: Section) -> ArticleQuerySet:
        """Articles in ``section`` or anything under it."""
        return self.filter(section__in=type(section).objects.below(section).values("pk"))

    def in_language(self, language: str) -> ArticleQuerySet:
        return self.filter(language=language)

    def for_listing(self) -> ArticleQuerySet:
        """With what a card shows, and without what it does not (the body): of a gallery also ``photo_count``, else None."""
        counted = models.Case(models.When(genre="gallery", then=_photo_count(self.model)), default=None)
        return self.select_related("section", "lead_photo").defer("body").annotate(photo_count=counted)

    def with_bylines(self) -> ArticleQuerySet:
        """With bylines and portraits in order (``article.ordered_bylines``). One more query for the whole list."""
        return self.prefetch_related(_bylines(self.model))

    def most_commented(self, *, at: datetime | None = None) -> ArticleQuerySet:
        """Those published in the last two weeks that have comments, the most first."""
        since = (at or timezone.now()) - COMMENTED_WITHIN
        return self.filter(comment_count__gt=0, published_at__gte=since).order_by(
            "-comment_count", "-published_at", "-pk"
        )
