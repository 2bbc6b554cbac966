"""Which language a page is in. Public pages take it from their content, never from the visitor."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers

if TYPE_CHECKING:
    from newsroom.models import SiteIdentity

PERSONAL = ("/admin/", "/accounts/")


def default_language() -> str:
    """The language of a new row; a function, so that migrations are the same on every machine."""
    return settings.LANGUAGE_CODE


def known(code: str | None) -> str | None:
    """``code`` if the project speaks that language, else None."""
    return code if code in {language for language, _name in settings.LANGUAGES} else None


def direction(code: str) -> str:
    """``"rtl"`` or ``"ltr"`` for a language code; unknown codes read left to right."""
    return "rtl" if code.split("-", 1)[0] in settings.LANGUAGES_BIDI else "ltr"


def edition_address(name: str, site: SiteIdentity) -> str:
    """The address of the page ``name`` ("articles:archive") in the language in force, if ``site`` has that edition.

    Needs a second address with the language, whose name ends in _language.
    """
    code = translation.get_language() or ""
    if code == site.language or code not in site.languages:
        return reverse(name)
    return reverse(f"{name}_language", args=[code])


def activate_for(request: HttpRequest, code: str) -> None:
    """The rest of this request is answered in ``code`` (the site's language if it is not known)."""
    language = known(code) or settings.LANGUAGE_CODE
    translation.activate(language)
    request.LANGUAGE_CODE = language


class LanguageMiddleware:
    """Starts each request in ``?lang=``, on personal pages else in the browser's language, elsewhere in the site's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = known(request.GET.get("lang"))
        personal = request.path_info.startswith(PERSONAL)
        if asked is None and personal:
            asked = known(translation.get_language_from_request(request))
        activate_for(request, asked or settings.LANGUAGE_CODE)
        response = self.get_response(request)
        if personal:
            patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        translation.activate(settings.LANGUAGE_CODE)
        return response
