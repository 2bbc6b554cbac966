"""Tells the photo library in which articles a photo stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import front_pages
from articles.models import Article, PagePhoto, Reference, Slide
from articles.querysets import public_condition
from articles.rights import visible_condition
from media.usage import Use

if TYPE_CHECKING:
    from media.models import Photo
    from newsroom.models import User


PLACES = (
    "articles.slide",
    "articles.article",
    "articles.liveentry",
    "articles.pendingphoto",
)  # articles_with tells them


def is_cited() -> Exists:
    """The condition on photos that the body of an article cites them."""
    return Exists(Reference.objects.filter(kind=Reference.Kind.PHOTO, object_id=OuterRef("pk")))


def is_shown() -> Q:
    """The condition on photos that an article which is public now shows them over or in its text."""
    public = public_condition(prefix="article__")
    cited = Reference.objects.filter(public, kind=Reference.Kind.PHOTO, object_id=OuterRef("pk"))
    return Q(Exists(cited)) | Q(Exists(Slide.objects.filter(public, photo=OuterRef("pk"))))


def is_on_a_page() -> Q:
    """The condition on photos that a page outside the sections shows them to readers."""
    return Q(Exists(PagePhoto.objects.filter(page__is_public=True, photo=OuterRef("pk"))))


def articles_with(photo: Photo) -> Iterable[Use]:
    """The articles that show ``photo`` over or in their text, the last edited first, at most 50, and the places of the
    front page that lead to them; then those of which only a version not yet public does. Three queries."""
    cited = Reference.objects.filter(kind=Reference.Kind.PHOTO, object_id=photo.pk).values("article")
    slides = Slide.objects.filter(photo=photo).values("article")
    found = Article.objects.filter(Q(pk__in=cited) | Q(pk__in=slides)).order_by("-edited_at", "-pk")[:50]
    articles = list(found.only("headline"))
    for article in articles:
        yield _use(str(article), article)
    for page, number, _article in front_pages.standing_places([article.pk for article in articles], timezone.now()):
        label = _("%(page)s, place %(number)s") % {"page": page, "number": number}
        yield Use(label=label, url=reverse("admin:articles_frontpage_change", args=[page.pk]))
    waiting = Article.objects.filter(pending_photos__photo=photo).exclude(Q(pk__in=cited) | Q(pk__in=slides))
    for article in waiting.order_by("-edited_at", "-pk").only("headline")[:50]:
        label = _("%(article)s (in a version not yet public)") % {"article": article}
        yield _use(label, article)


def _use(label: str, article: Article) -> Use:
    return Use(label=label, url=reverse("admin:articles_article_change", args=[article.pk]), subject=article.pk)


def as_known(found: list[Use], user: User) -> list[Use]:
    """``found``, without the names and addresses of articles that ``user`` may not see. One query if anything limits them."""
    named = {use.subject for use in found if use.subject}
    if not named or visible_condition(user) is None:
        return found
    known = set(Article.objects.visible_to(user).filter(pk__in=named).values_list("pk", flat=True))
    hidden = Use(label=_("An article that you may not see"))
    return [hidden if use.subject and use.subject not in known else use for use in found]
