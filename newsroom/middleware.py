"""Small guards at the entrance."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.translation import gettext as _

GetResponse = Callable[[HttpRequest], HttpResponse]


class RefuseBrokenText:
    """A NUL byte or broken UTF-8 in the address or its query answers 400: no database can hold it, no page needs it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info or not _is_text(request.META.get("QUERY_STRING", "")):
            return HttpResponseBadRequest(
                _("This address holds characters that no page of ours has."), content_type="text/plain; charset=utf-8"
            )
        return self.get_response(request)


def _is_text(query: str) -> bool:
    try:
        return "\x00" not in unquote_to_bytes(query.replace("+", " ")).decode("utf-8")
    except UnicodeError:
        return False


class PermissionsPolicy:
    """Every answer forbids the browser features that the site never asks for."""

    VALUE = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.VALUE)
        return response
