"""What the sheet's script says while it is open, and the button by which somebody takes over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import presence
from articles.models import Article


def said(request: HttpRequest, article: Article) -> HttpResponse:
    """The page is still open: 200 ``{html}``, the box that says who else is; 204 for ``act=leave``; 400 without a key."""
    user: Any = request.user
    page = presence.page_key(request.POST.get("page", ""))
    if page is None:
        return HttpResponse(status=400)
    if request.POST.get("act") == "leave":
        presence.leave(article=article, by=user, page=page)
        return HttpResponse(status=204)
    found = presence.beat(article=article, by=user, page=page)
    return JsonResponse({"html": render_to_string("admin/articles/article/_presence.html", {"here": found})})


def taken_over(request: HttpRequest, article: Article) -> HttpResponse:
    """Others' pages are marked; leads to the sheet with the newest text."""
    user: Any = request.user
    if presence.take_over(article=article, by=user):
        messages.success(request, _("You have taken over. The others are told and keep their text."))
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
