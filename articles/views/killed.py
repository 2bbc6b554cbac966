"""What stands where a killed article stood."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from articles.models import Article, Status
from newsroom.languages import activate_for


def killed_or_unknown(request: HttpRequest, pk: int) -> HttpResponse:
    """410 with the public sentence of the killed article ``pk``. Raises Http404 for every other. One query.

    Template: 410.html, context: sentence.
    """
    killed = Article.objects.filter(pk=pk, status=Status.KILLED).only("kill_note", "language").first()
    if killed is None:
        raise Http404
    activate_for(request, killed.language)
    return render(request, "410.html", {"sentence": killed.kill_note}, status=410)
