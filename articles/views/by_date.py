"""The archive by date."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from articles import by_date
from articles.models import Article
from articles.moments import moment_of
from articles.paging import page_of
from articles.querysets import ArticleQuerySet
from newsroom.frame import for_request
from newsroom.languages import activate_for
from newsroom.public_page import public_page

PAGE = 20


@public_page
def archive(request: HttpRequest, year: str = "", month: str = "", day: str = "", language: str = "") -> HttpResponse:
    """All stories of the site's language (or of ``language``) with the years, the months of a year, the days of a month,
    or a day's stories.

    404 for a span without a public story, so that it tells nothing of what is to come. Templates:
    articles/archive.html, context: span (None for all years), spans [(Span, count or None)], page (the newest stories, for all
    years only); articles/archive_day.html, context: span, page, earlier and later (days or None). Both: address (of this
    edition's archive), edition_language.
    """
    site = for_request(request).site
    if language and language not in site.languages:
        raise Http404
    if language == site.language:
        return HttpResponsePermanentRedirect(request.path_info.removeprefix(f"/{language}"))
    edition = language or site.language
    activate_for(request, edition)
    public = Article.objects.public(moment_of(request)).in_language(edition)
    address = reverse("articles:archive_language", args=[edition]) if language else reverse("articles:archive")
    context: dict[str, object] = {"address": address, "edition_language": edition}
    if not year:
        page = page_of(request, public.for_listing(), size=PAGE, counted_as=address)
        context |= {"span": None, "spans": [(span, None) for span in by_date.years(public)], "page": page}
        return render(request, "articles/archive.html", context)
    span = _span(year, month, day)
    if span.day:
        return render(request, "articles/archive_day.html", {**context, **_day(request, public, span, address)})
    spans = by_date.counted(public, span.parts)
    if not spans:
        raise Http404
    return render(request, "articles/archive.html", {**context, "span": span, "spans": spans})


def _span(year: str, month: str, day: str) -> by_date.Span:
    try:
        return by_date.span_of(year, month, day)
    except ValueError as error:
        raise Http404 from error


def _day(request: HttpRequest, public: ArticleQuerySet, span: by_date.Span, address: str) -> dict[str, object]:
    page = page_of(request, public.filter(span.condition).for_listing(), size=PAGE, counted_as=f"{address}{span.first}")
    if not page.items:
        raise Http404
    earlier, later = by_date.beside(public, span)
    return {"span": span, "page": page, "earlier": earlier, "later": later}
