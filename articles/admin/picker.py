"""What the editor's article picker asks for. Staff who may see articles only."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from articles.models import Article, Genre

PAGE = 20


@require_safe
def article_picker(request: HttpRequest) -> JsonResponse:
    """Articles as JSON: those of ``?ids=5,3`` in that order, else the newest edited whose headline holds every word of ``?q=``,
    of ``?genre=`` if it is given.

    ``{"results": [{id, headline, status, status_label, is_public, section, date}]}``. One query.
    Raises PermissionDenied for people who may not see articles.
    """
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    articles = Article.objects.offered_to(request.user).select_related("section").defer("body")  # type: ignore[arg-type]  # staff
    wanted = request.GET.get("ids")
    if wanted is not None:
        ids = [int(word) for word in re.findall(r"\b\d{1,18}\b", wanted)][:50]
        known = articles.in_bulk(ids)
        found = [known[pk] for pk in dict.fromkeys(ids) if pk in known]
    else:
        for word in request.GET.get("q", "").replace("\x00", "")[:200].split()[:8]:
            articles = articles.filter(headline__icontains=word)
        if request.GET.get("genre") in Genre.values:
            articles = articles.filter(genre=request.GET["genre"])
        found = list(articles.order_by("-edited_at", "-pk")[:PAGE])
    return JsonResponse({"results": [_described(article) for article in found]})


def _described(article: Article) -> dict[str, Any]:
    return {
        "id": article.pk,
        "headline": str(article),
        "status": article.status,
        "status_label": article.status_label,
        "is_public": article.is_public(),
        "section": str(article.section or ""),
        "date": article.published_at.date().isoformat() if article.published_at else "",
    }
