"""Home, section, topic and author pages."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from articles import front_pages
from articles.article_page import breadcrumb
from articles.front_page import FrontPage, arranged, compose
from articles.models import Article, Byline, Genre, Section, Topic
from articles.moments import moment_of
from articles.paging import page_of
from articles.querysets import load_bylines
from articles.views.page import standing_page
from articles.views.public import public_page
from media.models import Stream
from newsroom.frame import Frame, for_request
from newsroom.languages import activate_for

TOP, PAGE = 5, 15
BAND, COMING = 3, 4  # pictures and announcements in the dark band of a home page


@public_page
def home(request: HttpRequest, language: str = "") -> HttpResponse:
    """The home page of the site's language, or of ``language`` at /<code>/.

    Template: articles/home.html, context: front (articles.front_page.FrontPage), edition_language, coming (the next
    programmes), galleries (the newest, for the places that no programme takes in the dark band).
    """
    frame = for_request(request)
    if language and language == frame.site.language:
        return HttpResponsePermanentRedirect("/")
    if language and language not in frame.site.languages:
        raise Http404
    edition = language or frame.site.language
    activate_for(request, edition)
    sections = [section for section in frame.sections if section.language == edition and section.in_menu]
    at = moment_of(request)
    slots = front_pages.slots_at(edition, at) if hasattr(request, "site_at") and at < timezone.now() else None
    front = compose(language=edition, sections=sections, at=at, slots=slots)
    load_bylines(front.opinion)
    context = {"front": front, "edition_language": edition, **_band(frame, front, edition=edition, at=at)}
    return render(request, "articles/home.html", context)


def _band(frame: Frame, front: FrontPage, *, edition: str, at: datetime) -> dict[str, object]:
    """What stands in the watch-and-listen band beside the programme on air: no story that the page has. Two queries at most."""
    free = BAND - len(frame.streams)
    galleries = Article.objects.public(at).in_language(edition).filter(genre=Genre.GALLERY, lead_photo__isnull=False)
    galleries = galleries.exclude(pk__in=[story.pk for story in front.stories])
    return {
        "coming": list(Stream.objects.coming(at).filter(starts_at__lt=at + timedelta(days=1))[:COMING]),
        "galleries": list(galleries.for_listing().newest_first()[:free]) if 0 < free < BAND else [],
    }


@public_page
def section(request: HttpRequest, path: str) -> HttpResponse:
    """A section's front: top stories on its first page, then all stories of it and what lies under it.
    Where no section has this address, the page that has it (articles.views.page.standing_page).

    Template: articles/section.html, context: section, breadcrumb, children, top, page, most_commented, fallback (the
    parent's latest for an empty section).
    """
    frame, at = for_request(request), moment_of(request)
    found: Section | None = next((s for s in frame.sections if s.path == f"{path}/"), None)
    if found is None:
        return standing_page(request, slug=path)
    activate_for(request, found.language)
    below = [s.pk for s in frame.sections if s.path.startswith(found.path)]
    public = Article.objects.public(at).filter(section_id__in=below).for_listing()
    page = page_of(request, public, size=PAGE)
    top = arranged(page.items[:TOP] if page.number == 1 else [])
    fallback: list[Article] = []
    if found.parent_id and not page.items:
        near = Article.objects.public(at).filter(section_id=found.parent_id)
        fallback = list(near.for_listing().newest_first()[:4])
    context = {
        "section": found,
        "breadcrumb": breadcrumb(found),
        "children": found.subsections,  # type: ignore[attr-defined]  # set by ordered_tree
        "top": top,
        "items": page.items[len(top) :],
        "page": page,
        "most_commented": list(public.most_commented(at=at)[:5]),
        "fallback": fallback,
    }
    return render(request, "articles/section.html", context)


@public_page
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """A topic's stories. 404 while none of them is public, so that a topic tells nothing of an embargoed story.

    Template: articles/topic.html, context: topic, page (with count), neighbours.
    """
    found = get_object_or_404(Topic, slug=slug)
    public = Article.objects.public(moment_of(request)).filter(tagged__tag=found)
    count = public.count()
    if not count:
        raise Http404
    page = page_of(request, public.for_listing(), size=10, count=count)
    neighbours = (
        Topic.objects.filter(tagged__content_object__in=[a.pk for a in page.items])
        .exclude(pk=found.pk)
        .annotate(shared=Count("tagged"))
        .order_by("-shared", "name")[:6]
    )
    return render(request, "articles/topic.html", {"topic": found, "page": page, "neighbours": list(neighbours)})


@public_page
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """An author's stories. 404 while none of them is public.

    Template: articles/author.html, context: byline, page (with count), most_commented (of the author's language).
    """
    byline = get_object_or_404(Byline.objects.select_related("portrait"), slug=slug)
    at = moment_of(request)
    public = Article.objects.public(at).filter(article_bylines__byline=byline)
    count = public.count()
    if not count:
        raise Http404
    activate_for(request, byline.language)
    page = page_of(request, public.for_listing(), size=10, count=count)
    everybody = Article.objects.public(at).in_language(byline.language).for_listing()
    context = {"byline": byline, "page": page, "most_commented": list(everybody.most_commented(at=at)[:5])}
    return render(request, "articles/author.html", context)
