"""The pages for what went wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.views.decorators.cache import cache_control


@cache_control(public=True, max_age=86400)
def favicon(request: HttpRequest) -> HttpResponse:
    """Sends clients that know no ``<link rel="icon">`` to the mark."""
    return redirect(static("newsroom/mark.svg"))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400 with a sentence. Template: 400.html."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 with a sentence. Template: 403.html."""
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or stale, saying what to do. Template: 403_csrf.html."""
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 with search and the four latest stories. Template: 404.html."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, static: no database, no context processor. Template: 500.html."""
    return HttpResponse(render_to_string("500.html"), status=500)
