"""The site as an app on a phone: its manifest, and a service worker that keeps the last pages for a lost line."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from newsroom.frame import for_request
from newsroom.languages import direction

PAPER = "#ffffff"  # --paper of tokens.css
APART = ["/admin/", "/accounts/", "/comments/", "/report-error/", "/live-posts/"]  # personal, or never the same twice


@require_safe
@cache_control(public=True, max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    """/manifest.webmanifest: name, colours and pictures of the site for a home screen. One query. JSON."""
    site = for_request(request).site
    icons: list[dict[str, Any]] = [
        {
            "src": static(f"newsroom/icons/{name}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for name, size, purpose in (("192", 192, "any"), ("512", 512, "any"), ("maskable", 512, "maskable"))
    ]
    about = {
        "name": site.name,
        "short_name": site.name[:12].strip(),
        "description": site.tagline,
        "lang": site.language,
        "dir": direction(site.language),
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": icons,
    }
    return HttpResponse(json.dumps(about, ensure_ascii=False), content_type="application/manifest+json")


@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """/sw.js: what the worker must know, then the worker itself. Browsers ask for it anew each time. One query."""
    site = for_request(request).site
    known = {
        "offline": reverse("offline"),
        "apart": APART,
        "parts": [
            static(f"newsroom/{name}")
            for name in ("css/site.css", "css/pages.css", "js/theme.js", "js/site.js", "js/offline.js")
        ],
        "words": {code: _words(code) for code in site.languages},
        "language": site.language,
    }
    text = f"self.known = {json.dumps(known)};\nimportScripts({json.dumps(static('newsroom/js/worker.js'))});\n"
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=0, must_revalidate=True)
def offline(request: HttpRequest) -> HttpResponse:
    """/offline/: what the worker shows for a page that it does not have. Template: newsroom/offline.html."""
    return render(request, "newsroom/offline.html")


def _words(code: str) -> str:
    """What stands over a kept page, in the language ``code``; {when} becomes its day and time."""
    with translation.override(code):
        return _("You are offline. This is the page as it was on {when}; it may have changed since.")
