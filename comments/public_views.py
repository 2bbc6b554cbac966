"""The comment rules and the figures of moderation, the same for everybody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from comments import figures as counted
from comments import public_figures
from comments.models import RulesText
from newsroom.frame import for_request
from newsroom.languages import activate_for
from newsroom.public_page import public_page


@public_page
def rules(request: HttpRequest, language: str = "") -> HttpResponse:
    """What may be written under articles. Template: comments/rules.html, context: text ("" for the built-in words), numbers."""
    edition, elsewhere = _edition(request, language, "comment_rules:rules")
    if elsewhere is not None:
        return elsewhere
    text = RulesText.objects.filter(language=edition).values_list("text", flat=True).first() or ""
    numbers = for_request(request).comment_rules.numbers
    return render(request, "comments/rules.html", {"text": text, "numbers": numbers})


@public_page
def figures(request: HttpRequest, language: str = "") -> HttpResponse:
    """What came and what was decided in the last twelve months. Template: comments/figures.html, context: months, see
    comments.public_figures. Two queries, however many comments there are.
    """
    edition, elsewhere = _edition(request, language, "comment_rules:figures")
    if elsewhere is not None:
        return elsewhere
    months = counted.months_of(edition, today=timezone.localdate())
    return render(request, "comments/figures.html", {"months": [public_figures.shown(month) for month in months]})


def _edition(request: HttpRequest, language: str, name: str) -> tuple[str, HttpResponse | None]:
    """The edition that is meant, switched to; the main one has one address only. Raises Http404 for one that is not there."""
    site = for_request(request).site
    if language and language == site.language:
        return language, HttpResponsePermanentRedirect(reverse(name))
    if language and language not in site.languages:
        raise Http404
    activate_for(request, language or site.language)
    return language or site.language, None
