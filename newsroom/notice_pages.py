"""A person's notices on the desk, and which of them come by mail."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from newsroom import notices
from newsroom.autocomplete import is_id
from newsroom.models import Notice

ROWS = 30


@require_http_methods(["GET", "HEAD", "POST"])
def notice_list(request: HttpRequest, *, site: AdminSite) -> HttpResponse:
    """A person's own notices, the newest first; POST marks one (``notice``) or all as read.

    Template: admin/notices.html, context: page (of notices, each with ``words``), unread.
    """
    person: Any = request.user
    if request.method == "POST":
        typed = request.POST.get("notice", "")
        if not typed or is_id(typed):
            notices.mark_read(person, int(typed) if typed else None)
        return HttpResponseRedirect(request.path)
    page = Paginator(Notice.objects.filter(person=person).select_related("by"), ROWS).get_page(request.GET.get("page"))
    for notice in page:
        notice.words = notices.sentence(notice)  # type: ignore[attr-defined]  # for the template
    context = {**site.each_context(request), "title": _("Notices"), "page": page}
    return TemplateResponse(request, "admin/notices.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def notice_settings(request: HttpRequest, *, site: AdminSite) -> HttpResponse:
    """Which notices come by mail. Template: admin/notice_settings.html, context: rows of kind and is_wanted, address."""
    person: Any = request.user
    if request.method == "POST":
        notices.choose(person, request.POST.getlist("by_mail"))
        messages.success(request, _("Your choice is saved."))
        return HttpResponseRedirect(request.path)
    wanted = notices.wanted(person)
    rows = [{"kind": kind, "is_wanted": wanted[kind.code]} for kind in notices.kinds(person)]
    context = {**site.each_context(request), "title": _("Letters to you"), "rows": rows, "address": person.email}
    return TemplateResponse(request, "admin/notice_settings.html", context)
