"""The reader's own address behind a trusted proxy. In the middleware only with TRUST_PROXY."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class TrustedProxy:
    """REMOTE_ADDR is the address that the proxy in front saw, so that limits count readers and not the proxy.

    It is the last one of X-Forwarded-For, which the proxy itself added; those before it anybody can invent.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seen = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if seen:
            request.META["REMOTE_ADDR"] = seen
        return self.get_response(request)
