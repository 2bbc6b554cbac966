"""What robots may read."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from newsroom.public_page import public_page


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt: everything but personal pages, forms and search. No query."""
    closed = ["/admin/", "/accounts/", "/comments/", "/newsletter/", "/seen/", reverse("search:search")]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), ""]
    lines += [f"Sitemap: {settings.SITE_URL}{reverse(f'feeds:sitemap_{name}')}" for name in ("index", "news")]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
