"""What every public page has in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from newsroom import page_store

View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """``view`` answers GET and HEAD with the same bytes for everyone.

    This process may keep them (newsroom.page_store), shared caches as long as they ask again each time (ETag, 304).
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        page_store.keep(request)
        response = view(request, *args, **kwargs)
        if response.status_code in {200, 301, 304, 404, 410}:
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return response

    return require_safe(wrapped)
