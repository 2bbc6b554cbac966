"""What the open pages of a live coverage ask every few seconds."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from articles import live_polling


@require_safe
def live_posts(request: HttpRequest, pk: str) -> HttpResponse:
    """The coverage's number, and with ``?since=<number>`` what changed after it (see live_polling.answer). JSON.

    304 while nothing changed, 404 if readers may not see the article (its page then stops asking), 400 for a ``since``
    that is no number. No query unless the cache has nothing; shared caches may keep an answer as long as ours does.
    """
    typed = request.GET.get("since", "")
    if typed and not (typed.isascii() and typed.isdigit() and len(typed) <= 9):
        return HttpResponse(status=400)
    now = live_polling.stamp(int(pk))
    if now is None:
        return _kept(HttpResponse(status=404))
    etag = f'"{pk}-{now.version}-{typed}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        text = live_polling.answer(int(pk), now, int(typed) if typed else None)
        response = HttpResponse(text, content_type="application/json")
    response.headers["ETag"] = etag
    return _kept(response)


def _kept(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, public=True, max_age=0, s_maxage=live_polling.KEPT)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
