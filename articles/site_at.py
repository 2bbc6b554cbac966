"""The site as it stands at another moment, for staff: the public views under a staff-only address, never kept, never indexed."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, path, resolve, reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import archive, rights, views

SHOWN = {views.home, views.section, views.topic, views.author, views.detail}
LINK = re.compile(r'(<a\b[^>]*?\shref=")(/[^"]*)"')


def parse_moment(text: str) -> datetime | None:
    """The moment that ``text`` names in the site's zone ("2018-11-02T20:00"), None if it names none.

    An hour that the clock's change leaves out is read as the one after it.
    """
    try:
        found = parse_datetime(text.strip()[:32])
        if found is None or not 1971 <= found.year <= 9000:
            return None
        return timezone.make_aware(found) if timezone.is_naive(found) else found
    except ValueError:
        return None


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Leads to the home page at the moment of ``?at=``; without one a form asks for it, 20:00 tonight filled in.

    Template: admin/articles/site_at.html, context: wanted, sentence. 400 for a moment that is none.
    """
    _check(request)
    typed, sentence = request.GET.get("at", ""), ""
    if typed:
        if parse_moment(typed) is not None:
            return HttpResponseRedirect(_address(typed.strip(), request.GET.get("path", "")))
        sentence = _("Type a date and a time, such as 2018-11-02T20:00.")
    tonight = timezone.localtime().replace(hour=20, minute=0)
    context = {
        **admin.site.each_context(request),
        "title": _("The site at another time"),
        "wanted": typed or tonight.strftime("%Y-%m-%dT%H:%M"),
        "sentence": sentence,
    }
    return _private(render(request, "admin/articles/site_at.html", context, status=400 if sentence else 200))


@require_safe
def show(request: HttpRequest, moment: str, path: str = "") -> HttpResponse:
    """The public page at ``path`` as it is at ``moment``; its links lead to pages of the same moment.

    The page's own template, with ``request.site_at`` set, by which newsroom/base.html draws the banner.
    """
    _check(request)
    at = parse_moment(moment)
    match = _page("/" + path)
    if at is None or match is None:
        raise Http404
    request.site_at, request.site_at_path = at, path  # type: ignore[attr-defined]  # read by moment_of and the banner
    request.site_at_typed = moment  # type: ignore[attr-defined]  # read by the banner
    if match.func is views.detail and at < timezone.now():
        request.site_at_archive = _archive_address(request, int(match.kwargs["pk"]), at)  # type: ignore[attr-defined]  # read by the banner
    response = _then(request, match, at)
    if response.status_code == 404:
        return _private(response)
    if response.status_code in {301, 302}:
        return _private(HttpResponseRedirect(_moved(response["Location"], moment)))
    page = response.content.decode(response.charset)
    response.content = LINK.sub(lambda link: f'{link[1]}{_moved(link[2], moment)}"', page)
    return _private(response)


def _then(request: HttpRequest, match: Any, at: datetime) -> HttpResponse:
    """The page at ``at``; of an article that is not public any more, what the archive has of that moment."""
    try:
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    except Http404:
        kept = _kept(request, match, at)
        if kept is None:
            raise
        return kept
    return (_kept(request, match, at) or response) if response.status_code == 410 else response


def _kept(request: HttpRequest, match: Any, at: datetime) -> HttpResponse | None:
    """The way to what the archive says of an article at ``at``, or the sentence that it is not for this person (404)."""
    number = int(match.kwargs.get("pk", 0))
    if match.func is not views.detail or at >= timezone.now() or archive.in_force(number, at) is None:
        return None
    address = _archive_address(request, number, at)
    if address:
        return HttpResponseRedirect(address)
    why = _(
        "This article is not on the site any more. What stood here then is in the archive, which publishers can read."
    )
    context = {
        **admin.site.each_context(request),
        "title": _("The site at another time"),
        "wanted": "",
        "sentence": why,
    }
    return render(request, "admin/articles/site_at.html", context, status=404)


def _archive_address(request: HttpRequest, number: int, at: datetime) -> str:
    user: Any = request.user
    if not rights.may(user, archive.PERMISSION):
        return ""
    return f"{reverse('admin:articles_article_archive', args=[number])}?{urlencode({'at': at.isoformat()})}"


def _check(request: HttpRequest) -> None:
    """Only those who may see every article: the pages show embargoed and scheduled ones of all sections."""
    user: Any = request.user
    if not (user.is_active and user.is_staff and user.has_perm(rights.VIEW)):
        raise PermissionDenied
    if rights.visible_condition(user) is not None:
        raise PermissionDenied


def _page(address: str) -> Any:
    try:
        match = resolve(address)
    except Resolver404:
        return None
    return match if match.func in SHOWN else None


def _moved(address: str, moment: str) -> str:
    """``address`` at ``moment`` if it is a page that has moments, else as it is."""
    there = re.split(r"[?#]", address, maxsplit=1)[0]
    if not there.startswith("/") or _page(there) is None:
        return address
    return _address(moment, "") + address[1:]


def _address(moment: str, there: str) -> str:
    return reverse("site_at_page", args=[moment, there.lstrip("/")] if there.lstrip("/") else [moment])


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


_choose, _show = admin.site.admin_view(choose), admin.site.admin_view(show)
urlpatterns = [
    path("", _choose, name="site_at"),
    path("<str:moment>/", _show, name="site_at_page"),
    path("<str:moment>/<path:path>", _show, name="site_at_page"),
]
