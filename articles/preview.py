"""A version as its public page would show it: for the desk and for who was sent a link."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from articles import article_page
from articles.content import Content
from articles.models import Article, Genre, Revision
from newsroom.frame import for_request
from newsroom.languages import activate_for


def page(request: HttpRequest, article: Article, revision: Revision, template: str, **more: Any) -> HttpResponse:
    """``template`` drawn over the public page that ``revision`` would make. Kept nowhere, never indexed.

    Context: articles.article_page.context (with a gallery's), public_page (the template it extends), is_preview,
    version, is_public_version, and ``more``.
    """
    now = timezone.now()
    shown, slides, bylines, topics = article_page.with_content(article, Content.from_json(revision.content))
    activate_for(request, shown.language)
    context = article_page.context(
        shown, frame=for_request(request), at=now, slides=slides, bylines=bylines, topics=topics
    )
    public_page = "articles/article_detail.html"
    if shown.genre == Genre.GALLERY and not context["live"] and context["slides"]:
        public_page = "articles/gallery.html"
        asked = request.GET.get("photo", "")
        context |= article_page.gallery(context["slides"], asked, article=shown, at=now)
    about = {
        "public_page": public_page,
        "is_preview": True,
        "version": revision,
        "is_public_version": article.is_public(now) and revision.pk == article.live_revision_id,
    }
    response = TemplateResponse(request, template, {**context, **about, **more})
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
