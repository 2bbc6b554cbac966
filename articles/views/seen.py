"""Where open pages say that they were opened."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles import page_views
from newsroom.visitors import network_of


@csrf_exempt  # it changes nothing of anybody's: a page that is the same for everyone can hold no token
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def seen(request: HttpRequest, pk: str) -> HttpResponse:
    """Counts a reading of article ``pk``: the page's script posts here, and a page without scripts asks for a picture and
    gets none. 204 whatever becomes of it; no cookie is read or set. Only the site's own pages count."""
    if _is_reading(request):
        page_views.count(
            article_id=int(pk), reader_key=network_of(request), agent=request.headers.get("User-Agent", "")
        )
    return HttpResponse(status=204)


def _is_reading(request: HttpRequest) -> bool:
    """Whether a page of the site asks, and not somebody who follows the address. Old browsers do not say who asks."""
    is_own = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    is_picture = request.method == "GET" and request.headers.get("Sec-Fetch-Dest", "image") == "image"
    return is_own and (request.method == "POST" or is_picture)
