"""Feeds of the newest public stories: of the site, a language, a section, a topic, an author."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date

from articles.models import Article, Byline, Correction, TaggedArticle, Topic
from articles.querysets import ArticleQuerySet
from articles.syndication.rss import corrections_rss, rss
from newsroom.frame import for_request
from newsroom.languages import activate_for
from newsroom.public_page import public_page

ITEMS = 30
CORRECTED, CORRECTED_WITHIN = 10, timedelta(days=7)  # that many older ones stand in a feed again, so long


@public_page
def site(request: HttpRequest, language: str = "") -> HttpResponse:
    """The newest stories of the site, in every language or in ``language``. RSS; four queries."""
    identity = for_request(request).site
    asked = language or request.GET.get("lang", "")
    if asked and asked not in identity.languages:
        raise Http404
    articles = Article.objects.public(timezone.now())
    main = not asked or asked == identity.language
    return _feed(
        request,
        articles.in_language(asked) if asked else articles,
        title=identity.name,
        description=identity.tagline,
        path="/" if main else reverse("articles:home_language", args=[asked]),
        language=asked or identity.language,
    )


@public_page
def section(request: HttpRequest, path: str) -> HttpResponse:
    """The newest stories of a section and all under it. RSS; four queries."""
    frame = for_request(request)
    found = next((s for s in frame.sections if s.path == f"{path}/"), None)
    if found is None:
        raise Http404
    below = [s.pk for s in frame.sections if s.path.startswith(found.path)]
    return _feed(
        request,
        Article.objects.public(timezone.now()).filter(section_id__in=below),
        title=f"{found.name} – {frame.site.name}",
        description=found.description,
        path=found.get_absolute_url(),
        language=found.language,
    )


@public_page
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest stories about a topic; 404 while none is public. RSS; five queries."""
    found = get_object_or_404(Topic, slug=slug)
    return _feed(
        request,
        Article.objects.public(timezone.now()).filter(tagged__tag=found),
        title=f"{found.name} – {for_request(request).site.name}",
        description=found.description,
        path=found.get_absolute_url(),
        language=for_request(request).site.language,
        may_be_empty=False,
    )


@public_page
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest stories of an author; 404 while none is public. RSS; five queries."""
    found = get_object_or_404(Byline, slug=slug)
    return _feed(
        request,
        Article.objects.public(timezone.now()).filter(article_bylines__byline=found),
        title=f"{found.name} – {for_request(request).site.name}",
        description=found.role,
        path=found.get_absolute_url(),
        language=found.language,
        may_be_empty=False,
    )


@public_page
def corrections(request: HttpRequest) -> HttpResponse:
    """The newest corrections of the site, in every language or in ``?lang=``. RSS; two queries."""
    identity = for_request(request).site
    asked = request.GET.get("lang", "")
    if asked and asked not in identity.languages:
        raise Http404
    found = Correction.objects.public(timezone.now()).select_related("article__section")
    activate_for(request, asked or identity.language)
    items = list((found.filter(article__language=asked) if asked else found)[:ITEMS])
    hubs, language = for_request(request).hubs, asked or identity.language
    feed, changed = corrections_rss(items, site=identity, feed_path=request.path, language=language, hubs=hubs)
    response = HttpResponse(feed, content_type="application/rss+xml; charset=utf-8")
    _name_hubs(request, response)
    return _dated(response, changed) if items else response


def _name_hubs(request: HttpRequest, response: HttpResponse) -> None:
    """Who reads the feed may learn from which hubs news of it come (WebSub, section 4). No query."""
    hubs = for_request(request).hubs
    if hubs:
        links = [f'<{url}>; rel="hub"' for url in hubs]
        response.headers["Link"] = ", ".join([*links, f'<{settings.SITE_URL}{request.path}>; rel="self"'])


def _feed(
    request: HttpRequest,
    articles: ArticleQuerySet,
    *,
    title: str,
    description: str,
    path: str,
    language: str,
    may_be_empty: bool = True,
) -> HttpResponse:
    topics = Prefetch("tagged", queryset=TaggedArticle.objects.select_related("tag").order_by("pk"))
    wanted = articles.for_listing().with_bylines().prefetch_related(topics)
    items = sorted(wanted.filter(pk__in=_newest(articles)), key=_shown_at, reverse=True)
    if not items and not may_be_empty:
        raise Http404
    activate_for(request, language)
    said = {"title": title, "description": description, "path": path, "language": language}
    feed, changed = rss(items, **said, feed_path=request.path, hubs=for_request(request).hubs)
    response = HttpResponse(feed, content_type="application/rss+xml; charset=utf-8")
    _name_hubs(request, response)
    return _dated(response, changed) if items else response


def _newest(articles: ArticleQuerySet) -> QuerySet[Any, Any]:
    """The newest of ``articles``, and older ones that were corrected these days: readers of the feed saw them wrong."""
    corrected = articles.filter(corrected_at__gt=timezone.now() - CORRECTED_WITHIN).order_by("-corrected_at", "-pk")
    newest = Article.objects.filter(pk__in=articles.newest_first().values("pk")[:ITEMS]).order_by().values("pk")
    return newest.union(Article.objects.filter(pk__in=corrected.values("pk")[:CORRECTED]).order_by().values("pk"))


def _shown_at(article: Article) -> tuple[datetime, int]:
    """When it came, or came again because it was corrected."""
    return max(moment for moment in (article.published_at, article.corrected_at) if moment), article.pk


def _dated(response: HttpResponse, changed: datetime) -> HttpResponse:
    response.headers["Last-Modified"] = http_date(changed.timestamp())
    return response
