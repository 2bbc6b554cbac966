"""What an old address answers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.encoding import escape_uri_path

from articles import old_addresses
from articles.models import Article, OldAddress
from articles.moments import moment_of
from articles.views.killed import killed_or_unknown
from newsroom.frame import for_request
from newsroom.public_page import public_page


def answer(request: HttpRequest) -> HttpResponse | None:
    """What the table of old addresses has for ``request``: 301 to the page, for a killed article 410 with its sentence.

    None if no line has this address, after one query. Raises Http404 if readers may not know of the article.
    """
    line = old_addresses.find(request.path_info, request.META.get("QUERY_STRING", ""))
    if line is None:
        return None
    pages = old_addresses.own_pages(for_request(request))
    if old_addresses.is_slash_missing(request.path_info, pages=pages):
        return None
    return _lead(request, line, pages)


@public_page
def _lead(request: HttpRequest, line: OldAddress, pages: frozenset[str]) -> HttpResponse:
    end = old_addresses.last_of(line, pages=pages)
    if end is None or (end.target_path and not old_addresses.is_there(end.target_path, pages=pages)):
        raise Http404
    if end.article_id is None:
        return HttpResponsePermanentRedirect(escape_uri_path(end.target_path))
    public = Article.objects.public(moment_of(request)).select_related("section")
    article = public.filter(pk=end.article_id).first()
    if article is None:
        return killed_or_unknown(request, end.article_id)
    return HttpResponsePermanentRedirect(article.get_absolute_url())
