"""Pages outside the sections: about us, contact."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from articles.body import references
from articles.body import render as render_body
from articles.models import Article, Page
from articles.moments import moment_of
from media.models import Photo
from newsroom.frame import for_request
from newsroom.languages import activate_for


def standing_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The page at ``/<slug>/``; 404 if there is none that readers may see. At most three queries.

    Template: articles/page.html, context: page, body.
    """
    if not any(known.slug == slug for known in for_request(request).pages):
        raise Http404
    found = Page.objects.filter(slug=slug, is_public=True).first()
    if found is None:
        raise Http404
    activate_for(request, found.language)
    at, cited = moment_of(request), references(found.body)
    ids = {wanted: [pk for kind, pk in cited if kind == wanted] for wanted in ("photo", "article")}
    stories = Article.objects.public(at).for_listing().in_bulk(ids["article"]) if ids["article"] else {}
    photos = Photo.objects.usable(at).in_bulk(ids["photo"]) if ids["photo"] else {}
    body = render_body(found.body, photos=photos, articles=stories, at=at, language=found.language)
    return render(request, "articles/page.html", {"page": found, "body": body})
