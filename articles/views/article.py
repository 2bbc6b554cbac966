"""The article's page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from articles import article_page
from articles.models import Article, Genre
from articles.moments import moment_of
from articles.views.killed import killed_or_unknown
from articles.views.lists import section as section_view
from newsroom.frame import for_request
from newsroom.languages import activate_for
from newsroom.public_page import public_page


@public_page
def detail(request: HttpRequest, path: str, slug: str, pk: str) -> HttpResponse:
    """One article. Found by its id; any other section or slug leads (301) to the canonical address, with the query.

    Withdrawn and unknown: 404. Killed: 410 with its public sentence (410.html).
    Template: articles/article_detail.html, context: articles.article_page.context; a gallery's is articles/gallery.html,
    its context with articles.article_page.gallery, ``?photo=<number>`` the picture shown. ``?before=`` and ``?post=``:
    see articles.live_page.
    """
    frame, at = for_request(request), moment_of(request)
    if any(section.path == f"{path}/{slug}-{pk}/" for section in frame.sections):
        return section_view(request, path=f"{path}/{slug}-{pk}")
    article = Article.objects.public(at).select_related("section", "lead_photo").filter(pk=int(pk)).first()
    if article is None:
        return killed_or_unknown(request, int(pk))
    if (path, slug) != (article.section.path.rstrip("/"), article.slug):  # type: ignore[union-attr]  # public: it has one
        query = request.META["QUERY_STRING"]
        return HttpResponsePermanentRedirect(f"{article.get_absolute_url()}{'?' if query else ''}{query}")
    activate_for(request, article.language)
    context = article_page.context(article, frame=frame, at=at, asked=request.GET.dict())
    if article.genre == Genre.GALLERY and not context["live"] and context["slides"]:
        shown = article_page.gallery(context["slides"], request.GET.get("photo", ""), article=article, at=at)
        return render(request, "articles/gallery.html", {**context, **shown})
    return render(request, "articles/article_detail.html", context)
