"""The pages for what went wrong."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.views.decorators.cache import cache_control

from newsroom import stale_forms
from newsroom.models import Endpoint, EndpointKind

LONG_FIELDS = ("body", "text", "message")


@cache_control(public=True, max_age=86400)
def favicon(request: HttpRequest) -> HttpResponse:
    """Sends clients that know no ``<link rel="icon">`` to the mark."""
    return redirect(static("newsroom/mark.svg"))


@cache_control(public=True, max_age=3600)
def indexnow_key(request: HttpRequest, key: str) -> HttpResponse:
    """The key by which search engines know that a ping comes from this site; 404 for every other one. One query."""
    if not Endpoint.objects.filter(kind=EndpointKind.INDEXNOW, is_active=True, secret=key).exists():
        raise Http404
    return HttpResponse(key, content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400 with a sentence. Template: 400.html."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 with a sentence. Template: 403.html."""
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or stale: the form itself, if its view can show it again with what was typed.

    Else a page that says what to do. Template: 403_csrf.html, context: texts, what was typed into fields of several
    lines, so that nobody has to write it again.
    """
    form = stale_forms.again(request, reason)
    if form is not None:
        return form
    texts = [request.POST[name] for name in LONG_FIELDS if request.POST.get(name)]
    return render(request, "403_csrf.html", {"texts": texts}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 with search and the four latest stories. Template: 404.html."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, static: no database, no context processor. Template: 500.html."""
    return HttpResponse(render_to_string("500.html"), status=500)
