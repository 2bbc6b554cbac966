"""The pictures for sharing pages that have no photo."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response

from articles import share_card as cards
from articles.models import Article
from articles.moments import moment_of
from newsroom.frame import for_request
from newsroom.public_page import public_page


@public_page
def share_card(request: HttpRequest, pk: str, token: str) -> HttpResponse:
    """The card of an article that is public now, or of the site (0), as PNG. 302 to the picture of today's words.

    404 for an article that readers may not see, at once: caches ask each time, and are told with a 304 that costs no
    drawing. One query besides the frame's.
    """
    site = for_request(request).site
    public = Article.objects.public(moment_of(request)).select_related("section")
    article = get_object_or_404(public, pk=int(pk)) if int(pk) else None
    card = cards.card_of(article, site)
    if token != card.token:
        return HttpResponseRedirect(cards.address(article, site))
    answer = get_conditional_response(request, etag=f'"{token}"') or HttpResponse(
        cards.drawn(card), content_type="image/png"
    )
    answer.headers["ETag"] = f'"{token}"'
    answer.headers["Cache-Tag"] = f"article-{article.pk}" if article else "site"
    return answer
