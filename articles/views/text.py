"""The text edition: the same stories in a few kilobytes, for slow lines, old devices and readers who want words only."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from articles import article_page
from articles.body import references
from articles.body import render as render_body
from articles.live_page import live_page
from articles.models import Article, Section
from articles.moments import moment_of
from articles.paging import page_of
from articles.querysets import ArticleQuerySet
from media.models import Photo
from newsroom.frame import for_request
from newsroom.languages import activate_for
from newsroom.public_page import public_page

PAGE = 20
NODES = "text/nodes"


@public_page
def text_front(request: HttpRequest, language: str = "") -> HttpResponse:
    """The newest stories of the site's language, or of ``language``.

    Template: text/list.html, context: heading (empty here), page, sections, address (of the full page).
    """
    frame = for_request(request)
    if language and language == frame.site.language:
        return HttpResponsePermanentRedirect(reverse("articles:text"))
    if language and language not in frame.site.languages:
        raise Http404
    edition = language or frame.site.language
    activate_for(request, edition)
    public = Article.objects.public(moment_of(request)).in_language(edition)
    sections = [section for section in frame.sections if section.language == edition and section.in_menu]
    home = reverse("articles:home_language", args=[language]) if language else reverse("articles:home")
    return _list(request, public, heading="", sections=sections, address=home, counted_as=f"edition-{edition}")


@public_page
def text_section(request: HttpRequest, path: str) -> HttpResponse:
    """The newest stories of a section and what lies under it. Template: as of ``text_front``."""
    frame = for_request(request)
    found = next((section for section in frame.sections if section.path == f"{path}/"), None)
    if found is None:
        raise Http404
    activate_for(request, found.language)
    below = [section.pk for section in frame.sections if section.path.startswith(found.path)]
    public = Article.objects.public(moment_of(request)).filter(section_id__in=below)
    return _list(
        request,
        public,
        heading=found.name,
        sections=found.subsections,
        address=found.get_absolute_url(),
        counted_as=f"section-{found.pk}",
    )


@public_page
def text_article(request: HttpRequest, path: str, slug: str, pk: str) -> HttpResponse:
    """One article in words. Any other section or slug leads (301) to the right address; 404 for what is not public.

    Template: text/article.html, context: article, slides (usable ones), bylines, body, live, and what became of the
    article (articles.article_page.since). Five queries besides those of a live coverage and of an updated article.
    """
    at = moment_of(request)
    article = Article.objects.public(at).select_related("section").with_bylines().filter(pk=int(pk)).first()
    if article is None or article.section is None:
        raise Http404
    if (path, slug) != (article.section.path.rstrip("/"), article.slug):
        return HttpResponsePermanentRedirect(f"/text{article.get_absolute_url()}")
    activate_for(request, article.language)
    slides = [
        slide for slide in article.slides.select_related("photo").order_by("position") if slide.photo.is_usable(at)
    ]
    context = {
        "article": article,
        "slides": slides,
        "bylines": article.ordered_bylines,
        "body": _body(article, request),
        "live": live_page(article, at=at, asked=request.GET.dict(), nodes=NODES),
        "address": article.get_absolute_url(),
        "site_url": settings.SITE_URL,
        **article_page.since(article, frame=for_request(request), at=at),
    }
    return render(request, "text/article.html", context)


def _body(article: Article, request: HttpRequest) -> str:
    at, cited = moment_of(request), references(article.body)
    ids = {wanted: [pk for kind, pk in cited if kind == wanted] for wanted in ("photo", "article")}
    photos = Photo.objects.usable(at).in_bulk(ids["photo"]) if ids["photo"] else {}
    stories = Article.objects.public(at).for_listing().in_bulk(ids["article"]) if ids["article"] else {}
    return render_body(article.body, photos=photos, articles=stories, at=at, language=article.language, nodes=NODES)


def _list(
    request: HttpRequest,
    articles: ArticleQuerySet,
    *,
    heading: str,
    sections: list[Section],
    address: str,
    counted_as: str,
) -> HttpResponse:
    page = page_of(request, articles.for_listing(), size=PAGE, counted_as=counted_as)
    context: dict[str, object] = {"heading": heading, "page": page, "sections": sections, "address": address}
    context["site_url"] = settings.SITE_URL
    return render(request, "text/list.html", context)
