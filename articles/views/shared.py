"""A preview that was shared by a link."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import preview, sharing
from newsroom.frame import for_request
from newsroom.languages import activate_for


@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """The version that the link of ``token`` opens. Template: articles/shared.html, context: articles.preview.page, link.

    Every other token, closed, past its end or never given, gets the same page (articles/shared_gone.html, 404).
    """
    now = timezone.now()
    link = sharing.opened_by(token, now)
    if link is None:
        activate_for(request, for_request(request).site.language)
        response = render(request, "articles/shared_gone.html", status=404)
        response.headers["Cache-Control"] = "no-store, private"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response
    if request.method == "GET":
        sharing.count_view(link, now)
    return preview.page(request, link.article, link.revision, "articles/shared.html", link=link, share_url="")
