"""Forms that were refused because their token is missing or out of date, shown again with what was typed into them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def shown_again_by(show: View) -> Callable[[View], View]:
    """The form of the decorated view, refused for its token, is shown by ``show``, which stores nothing."""

    def mark(view: View) -> View:
        view.show_again = show  # type: ignore[attr-defined]  # a function takes it, Callable has no word for that
        return view

    return mark


def again(request: HttpRequest, reason: str) -> HttpResponse | None:
    """The form that ``request`` sent, filled as it was; None where there is no such page, for a script, which fetches a form
    by itself, and for what another site sent: nobody is to find words of strangers in their form."""
    match = request.resolver_match
    show: Any = getattr(match.func, "show_again", None) if match is not None else None
    if match is None or show is None or "X-Fragment" in request.headers or reason.startswith(("Origin", "Referer")):
        return None
    answer: HttpResponse = show(request, *match.args, **match.kwargs)
    return answer
