"""Home, section, topic, author and gallery pages."""

from __future__ import annotations

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from articles.article_page import MORE
from articles.home_page import home_context
from articles.models import Article, Byline, Genre, Section, Topic
from articles.moments import moment_of
from articles.paging import page_of
from articles.section_page import section_context
from articles.views import old_address
from articles.views.page import standing_page
from newsroom.frame import for_request
from newsroom.languages import activate_for
from newsroom.public_page import public_page

GALLERIES = 12  # a page: whole rows of two, three and four


@public_page
def home(request: HttpRequest, language: str = "") -> HttpResponse:
    """The home page of the site's language, or of ``language`` at /<code>/; with a query it may be an old address.

    Template: articles/home.html, context: see articles.home_page.
    """
    frame = for_request(request)
    if not language and request.GET and (moved := old_address.answer(request)) is not None:
        return moved
    if language and language == frame.site.language:
        return HttpResponsePermanentRedirect("/")
    if language and language not in frame.site.languages:
        raise Http404
    edition = language or frame.site.language
    activate_for(request, edition)
    return render(request, "articles/home.html", home_context(frame, edition=edition, at=moment_of(request)))


@public_page
def section(request: HttpRequest, path: str) -> HttpResponse:
    """A section's front: top stories on its first page, then all stories of it and what lies under it.
    Where no section has this address, the page that has it (articles.views.page.standing_page).

    Template: articles/section.html, context: see articles.section_page.
    """
    frame, at = for_request(request), moment_of(request)
    found: Section | None = next((s for s in frame.sections if s.path == f"{path}/"), None)
    if found is None:
        return standing_page(request, slug=path)
    activate_for(request, found.language)
    context = section_context(request, found, frame=frame, at=at)
    return render(request, "articles/section.html", context)


@public_page
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """A topic's stories, in the language of those listed if they share one, else in the site's. 404 while none of them is
    public, so that a topic tells nothing of an embargoed story.

    Template: articles/topic.html, context: topic, page (with count), neighbours, newest_in (the section of the first of
    them), more_from_section (others that are new there).
    """
    found, at = get_object_or_404(Topic, slug=slug), moment_of(request)
    public = Article.objects.public(at).filter(tagged__tag=found)
    page = page_of(request, public.for_listing(), size=10, counted_as=f"topic-{found.pk}")
    if not page.items:
        raise Http404
    spoken = {article.language for article in page.items}
    activate_for(request, spoken.pop() if len(spoken) == 1 else for_request(request).site.language)
    neighbours = (
        Topic.objects.filter(tagged__content_object__in=[a.pk for a in page.items])
        .exclude(pk=found.pk)
        .annotate(shared=Count("tagged"))
        .order_by("-shared", "name")[:6]
    )
    section = page.items[0].section
    beside = Article.objects.public(at).filter(section=section).exclude(pk__in=[a.pk for a in page.items])
    context = {
        "topic": found,
        "page": page,
        "neighbours": list(neighbours),
        "newest_in": section,
        "more_from_section": list(beside.for_listing().newest_first()[:MORE]),
    }
    return render(request, "articles/topic.html", context)


@public_page
def galleries(request: HttpRequest, language: str = "") -> HttpResponse:
    """Every gallery in the site's language, or in ``language``, the newest first.

    Template: articles/galleries.html, context: page (articles.paging.Page), lead (the newest, on the first page), rest.
    """
    site = for_request(request).site
    if language and language == site.language:
        return HttpResponsePermanentRedirect(reverse("articles:galleries"))
    if language and language not in site.languages:
        raise Http404
    edition = language or site.language
    activate_for(request, edition)
    found = Article.objects.public(moment_of(request)).in_language(edition).filter(genre=Genre.GALLERY)
    page = page_of(request, found.for_listing(), size=GALLERIES, counted_as=f"galleries-{edition}")
    first = 1 if page.number == 1 else 0
    context = {"page": page, "lead": next(iter(page.items[:first]), None), "rest": page.items[first:]}
    return render(request, "articles/galleries.html", context)


@public_page
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """An author's stories. 404 while none of them is public.

    Template: articles/author.html, context: byline, page (with count), most_commented (of the author's language).
    """
    byline = get_object_or_404(Byline.objects.select_related("portrait"), slug=slug)
    at = moment_of(request)
    public = Article.objects.public(at).filter(article_bylines__byline=byline)
    page = page_of(request, public.for_listing(), size=10, counted_as=f"author-{byline.pk}")
    if not page.items:
        raise Http404
    activate_for(request, byline.language)
    everybody = Article.objects.public(at).in_language(byline.language).for_listing()
    context = {"byline": byline, "page": page, "most_commented": list(everybody.most_commented(at=at)[:5])}
    return render(request, "articles/author.html", context)
