"""Sitemaps: an index, pages of articles by ranges of ids, sections, topics, authors, and the news of two days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import F, Max, Q
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Byline, Topic
from articles.querysets import public_condition
from newsroom.caches import made
from newsroom.frame import for_request
from newsroom.public_page import public_page

PER_PAGE = 5000  # ids in one file; the format allows 50 000 addresses
NEWS_SPAN, NEWS_MOST = timedelta(hours=48), 1000  # Source: https://www.google.com/schemas/sitemap-news/0.9/
RANGES_KEY, RANGES_KEPT = "sitemap-ranges", 600  # seconds
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
CHANGED = Coalesce("updated_at", "published_at")


@public_page
def index(request: HttpRequest) -> HttpResponse:
    """/sitemap.xml: all the others. One query in ten minutes, whatever the size of the archive."""
    ranges = made.get(RANGES_KEY)
    if ranges is None:
        ranges = _ranges()
        made.set(RANGES_KEY, ranges, RANGES_KEPT)
    files: list[tuple[str, datetime | None]] = [
        (reverse(f"feeds:sitemap_{name}"), None) for name in ("pages", "topics", "authors", "news")
    ]
    files += [(reverse("feeds:sitemap_articles", args=[number]), changed) for number, changed in ranges]
    entries = "".join(f"<sitemap>{_loc(path, changed)}</sitemap>" for path, changed in files)
    return _xml(f'<sitemapindex xmlns="{SITEMAP}">{entries}</sitemapindex>')


@public_page
def articles(request: HttpRequest, number: str) -> HttpResponse:
    """The public articles whose id lies in range ``number``. Three queries by keys."""
    first, at = int(number) * PER_PAGE, timezone.now()
    rows = list(
        Article.objects.public(at)
        .filter(pk__gte=first, pk__lt=first + PER_PAGE)
        .order_by("pk")
        .values_list("section__path", "slug", "pk", CHANGED, "translation_of_id")
    )
    links = _language_links(rows, first, at)
    entries = "".join(
        f"<url>{_loc(_path(path, slug, pk), changed)}{links.get(original or pk, '')}</url>"
        for path, slug, pk, changed, original in rows
    )
    return _xml(f'<urlset xmlns="{SITEMAP}" xmlns:xhtml="{XHTML}">{entries}</urlset>')


def _language_links(rows: list[Any], first: int, at: datetime) -> dict[int, str]:
    """For each original of ``rows`` that readers see in two languages or more: the links to all of them. Two queries."""
    public = (
        Article.objects.public(at)
        .order_by("pk")
        .values_list("section__path", "slug", "pk", "language", "translation_of_id")
    )
    above = {original for *_rest, original in rows if original}
    last = first + PER_PAGE
    of_range = Q(translation_of__gte=first, translation_of__lt=last) | Q(translation_of__in=above)
    translated = list(public.filter(of_range))
    originals = public.filter(pk__in=above | {row[4] for row in translated}) if translated else []
    found: dict[int, dict[str, str]] = {}
    for path, slug, pk, language, original in [*originals, *translated]:
        found.setdefault(original or pk, {}).setdefault(language, settings.SITE_URL + _path(path, slug, pk))
    return {
        original: "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(url)}"/>' for code, url in by_code.items()
        )
        for original, by_code in found.items()
        if len(by_code) > 1
    }


@public_page
def pages(request: HttpRequest) -> HttpResponse:
    """The home pages, live and audio, and every public section. One query."""
    frame = for_request(request)
    fixed = [
        "/",
        reverse("streams:live"),
        reverse("streams:audio"),
        reverse("articles:corrections"),
        reverse("articles:archive"),
        reverse("articles:galleries"),
    ]
    homes = [
        reverse(f"articles:{name}", args=[code])
        for code in frame.site.languages
        if code != frame.site.language
        for name in ("home_language", "corrections_language", "archive_language", "galleries_language")
    ]
    return _urls(
        (path, None)
        for path in [*fixed, *homes, *(each.get_absolute_url() for each in (*frame.sections, *frame.pages))]
    )


@public_page
def topics(request: HttpRequest) -> HttpResponse:
    """Topics with a public story, and when the newest came. One query."""
    at = timezone.now()
    found = (
        Topic.objects.filter(public_condition(at, "tagged__content_object__"))
        .annotate(changed=Max("tagged__content_object__published_at"))
        .order_by("-changed", "pk")
    )
    return _urls((topic.get_absolute_url(), topic.changed) for topic in found[: 10 * PER_PAGE])


@public_page
def authors(request: HttpRequest) -> HttpResponse:
    """Authors with a public story, and when the newest came. One query."""
    at = timezone.now()
    found = (
        Byline.objects.filter(public_condition(at, "article_bylines__article__"))
        .annotate(changed=Max("article_bylines__article__published_at"))
        .order_by("-changed", "pk")
    )
    return _urls((byline.get_absolute_url(), byline.changed) for byline in found[: 10 * PER_PAGE])


@public_page
def news(request: HttpRequest) -> HttpResponse:
    """The public stories of the last 48 hours for news search. Two queries."""
    at, name = timezone.now(), escape(for_request(request).site.name)
    recent = Article.objects.public(at).filter(published_at__gt=at - NEWS_SPAN).newest_first()
    rows = recent.values_list("section__path", "slug", "pk", "language", "published_at", "headline")[:NEWS_MOST]
    entries = "".join(
        f"<url>{_loc(_path(path, slug, pk), None)}<news:news><news:publication><news:name>{name}</news:name>"
        f"<news:language>{language}</news:language></news:publication>"
        f"<news:publication_date>{published.isoformat(timespec='seconds')}</news:publication_date>"
        f"<news:title>{escape(headline)}</news:title></news:news></url>"
        for path, slug, pk, language, published, headline in rows
        if published  # what is public has a date
    )
    return _xml(f'<urlset xmlns="{SITEMAP}" xmlns:news="{NEWS}">{entries}</urlset>')


def _ranges() -> list[tuple[int, datetime]]:
    """The ranges of ids that hold a public article, and the newest change in each. One query over the archive."""
    public = Article.objects.public(timezone.now()).annotate(range=F("pk") / PER_PAGE)
    return list(public.order_by("range").values_list("range").annotate(changed=Max(CHANGED)))


def _path(section: str, slug: str, pk: int) -> str:
    """What Article.get_absolute_url says, without an article."""
    return reverse("articles:detail", args=[section.rstrip("/"), slug or "-", pk])


def _urls(entries: Iterable[tuple[str, datetime | None]]) -> HttpResponse:
    lines = "".join(f"<url>{_loc(path, changed)}</url>" for path, changed in entries)
    return _xml(f'<urlset xmlns="{SITEMAP}">{lines}</urlset>')


def _loc(path: str, changed: datetime | None) -> str:
    moment = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
    return f"<loc>{escape(settings.SITE_URL + path)}</loc>{moment}"


def _xml(body: str) -> HttpResponse:
    response = HttpResponse(
        f'<?xml version="1.0" encoding="UTF-8"?>\n{body}', content_type="application/xml; charset=utf-8"
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response
