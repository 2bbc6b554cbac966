"""Where open pages say that they were opened."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from articles import page_views
from newsroom.visitors import network_of


@csrf_exempt  # it changes nothing of anybody's: a page that is the same for everyone can hold no token
@never_cache
@require_POST
def seen(request: HttpRequest, pk: str) -> HttpResponse:
    """Counts a reading of article ``pk``. 204 whatever becomes of it; no cookie is read or set. Only the site's own pages count."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin":
        page_views.count(
            article_id=int(pk), reader_key=network_of(request), agent=request.headers.get("User-Agent", "")
        )
    return HttpResponse(status=204)
