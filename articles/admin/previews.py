"""Previews on the desk: a version as its page would be, at two widths, and the links by which it is shared."""

from __future__ import annotations

from typing import Any

from csp.constants import SELF
from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import preview, rights, sharing
from articles.acts import ActRefused, NoteMissing
from articles.forms import CleanField
from articles.models import Article, Revision
from newsroom.autocomplete import is_id

SHOWN_LINKS = 50
FRESH = "fresh_preview_link"  # of the session: the address of a link just made, shown once


def preview_page(request: HttpRequest, article: Article) -> HttpResponse:
    """A version (?version=<number>, else the newest) as its public page. Never cached, never indexed.

    ``?framed=1`` leaves out the line at the top and may stand in a frame of this site, which no other page may.
    Template: admin/articles/article/preview.html, context: articles.preview.page, is_framed, may_share.
    """
    is_framed = request.GET.get("framed") == "1"
    more = {"is_framed": is_framed, "may_share": rights.may(_staff(request), sharing.PERMISSION, article)}
    response = preview.page(request, article, _version(request, article), "admin/articles/article/preview.html", **more)
    if is_framed:
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        response._csp_replace = {"frame-ancestors": [SELF]}  # type: ignore[attr-defined]  # as csp's decorator does
    return response


def widths_page(request: HttpRequest, article: Article, *, site: Any) -> HttpResponse:
    """A version at the width of a phone and of a desktop, ``?width=phone|desktop`` one of them.

    Template: admin/articles/article/widths.html, context: article, version, shown, choices.
    """
    choices = [("both", _("Both")), ("phone", _("Phone")), ("desktop", _("Desktop"))]
    asked = request.GET.get("width", "")
    context = {
        **site.each_context(request),
        "title": _("Phone and desktop"),
        "article": article,
        "version": _version(request, article),
        "shown": asked if asked in {"phone", "desktop"} else "both",
        "choices": choices,
    }
    response = TemplateResponse(request, "admin/articles/article/widths.html", context)
    response.headers["Cache-Control"] = "no-store, private"
    response._csp_replace = {"frame-src": [SELF]}  # type: ignore[attr-defined]  # as csp's decorator does
    return response


class ShareForm(forms.Form):
    """A link to be made."""

    version = forms.IntegerField(label=gettext_lazy("Version"), min_value=1, max_value=2**31 - 1)
    for_whom = CleanField(label=gettext_lazy("For whom"), max_length=120, required=False)
    days = forms.TypedChoiceField(
        label=gettext_lazy("Open for"),
        coerce=int,
        initial=3,
        choices=[
            (1, gettext_lazy("1 day")),
            (3, gettext_lazy("3 days")),
            (7, gettext_lazy("7 days")),
            (30, gettext_lazy("30 days")),
        ],
    )
    note = CleanField(
        label=gettext_lazy("Note"), max_length=255, required=False, help_text=gettext_lazy("Why, for your colleagues.")
    )


def share_list(request: HttpRequest, article: Article, *, site: Any) -> HttpResponse:
    """The links to previews of ``article``, the newest fifty; POST makes one, or closes the one named by ``close``.

    Template: admin/articles/article/shares.html, context: article, version, form, links, fresh.
    """
    if not rights.may(_staff(request), sharing.PERMISSION, article):
        raise PermissionDenied
    here = reverse("admin:articles_article_shares", args=[article.pk])
    if request.method == "POST" and "close" in request.POST:
        _close(request, article)
        return HttpResponseRedirect(here)
    form = ShareForm(request.POST or None, initial={"version": _version(request, article).number})
    if request.method == "POST" and form.is_valid() and _make(request, article, form):
        return HttpResponseRedirect(here)
    now = timezone.now()
    links = article.preview_links.select_related("revision", "by", "article").defer("revision__content")[:SHOWN_LINKS]
    context = {
        **site.each_context(request),
        "title": _("Share a preview"),
        "article": article,
        "form": form,
        "links": [(link, sharing.is_open(link, now)) for link in links],
        "fresh": request.session.pop(FRESH, "") if request.method == "GET" else "",
    }
    response = TemplateResponse(request, "admin/articles/article/shares.html", context)
    response.headers["Cache-Control"] = "no-store, private"
    return response


def _make(request: HttpRequest, article: Article, form: ShareForm) -> bool:
    """Whether the link was made; if not, the form says why."""
    given = form.cleaned_data
    revision = article.revisions.filter(number=given["version"]).first()
    if revision is None:
        form.add_error("version", _("There is no such version."))
        return False
    try:
        _link, token = sharing.share(
            article=article,
            revision=revision,
            by=_staff(request),
            days=given["days"],
            for_whom=given["for_whom"],
            note=given["note"],
        )
    except ActRefused as refusal:
        form.add_error("note" if isinstance(refusal, NoteMissing) else None, str(refusal))
        return False
    request.session[FRESH] = settings.SITE_URL + reverse("articles:shared", args=[token])
    return True


def _close(request: HttpRequest, article: Article) -> None:
    typed = request.POST["close"]
    link = get_object_or_404(article.preview_links.select_related("revision"), pk=int(typed) if is_id(typed) else 0)
    sharing.close(link=link, by=_staff(request))


def _version(request: HttpRequest, article: Article) -> Revision:
    """The version asked for, else the newest. Raises Http404 for one that is not there."""
    typed = request.GET.get("version", "")
    found = article.revisions.select_related("author")
    if typed.isascii() and typed.isdigit() and len(typed) < 10:
        found = found.filter(number=int(typed))
    revision = found.order_by("-number").first()
    if revision is None:
        raise Http404
    return revision


def _staff(request: HttpRequest) -> Any:
    return request.user
