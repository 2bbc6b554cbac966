"""What every template gets."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_bidi

from newsroom.frame import for_request


def frame(request: HttpRequest) -> dict[str, Any]:
    """``frame`` and ``site`` (lazy: pages that show neither ask nothing), ``page_language``, ``page_direction``."""
    return {
        "frame": SimpleLazyObject(lambda: for_request(request)),
        "site": SimpleLazyObject(lambda: for_request(request).site),
        "page_language": get_language() or "en",
        "page_direction": "rtl" if get_language_bidi() else "ltr",
    }
