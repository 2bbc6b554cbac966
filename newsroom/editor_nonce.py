"""Gives the editor's inline import map the nonce of its page, so that the security policy lets it through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse

GetResponse = Callable[[HttpRequest], HttpResponse]


class EditorMediaNonceMiddleware:
    """``media`` in a template's context carries the request's nonce where it can. A class, since Django asks it per response."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(
        self, request: HttpRequest, response: SimpleTemplateResponse
    ) -> SimpleTemplateResponse:
        context = response.context_data or {}
        media: Any = context.get("media")
        if hasattr(media, "with_nonce"):
            context["media"] = media.with_nonce(str(request.csp_nonce))  # type: ignore[attr-defined]  # django-csp sets it
        return response
