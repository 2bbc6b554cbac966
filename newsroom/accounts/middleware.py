"""The hint by which a page knows that somebody is signed in, without a look at the session."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from newsroom.languages import PERSONAL

NAME = "signed_in"


class SignedInHint:
    """On personal pages the cookie ``signed_in`` is set while somebody is, and deleted once nobody is.

    It says nothing else and opens nothing. Public pages neither read it nor set it; their script asks for the name if it is there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith(PERSONAL):
            is_signed_in, has_hint = request.user.is_authenticated, NAME in request.COOKIES
            if is_signed_in and (not has_hint or request.session.modified):
                self._set(request, response)
            elif has_hint and not is_signed_in:
                response.delete_cookie(NAME, samesite="Lax")
        return response

    def _set(self, request: HttpRequest, response: HttpResponse) -> None:
        until_close = request.session.get_expire_at_browser_close()
        response.set_cookie(
            NAME,
            "1",
            max_age=None if until_close else request.session.get_expiry_age(),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=False,
            samesite="Lax",
        )
