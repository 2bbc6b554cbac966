"""The editor of front pages: the page at reduced scale, the stories to put on it, the versions to return to."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from articles import front_pages
from articles.acts import ActRefused
from articles.admin.front_desk import shown_blocks, view_context
from articles.admin.front_forms import FrontForm, act, number
from articles.front_rows import Arrangement, from_json
from articles.home_page import home_context
from articles.models import FrontPage
from articles.section_page import section_context
from newsroom.frame import for_request
from newsroom.languages import activate_for


@admin.register(FrontPage)
class FrontPageAdmin(admin.ModelAdmin[FrontPage]):
    """One screen for each front page: the home page of a language, or (?section=) the front of a section."""

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._to_editor(request, None)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        found = FrontPage.objects.filter(pk=number(object_id)).first()
        return self._to_editor(request, found)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._to_editor(request, None)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The editor. Template: admin/articles/front_page.html, context: see articles.admin.front_desk. 409 for a change
        made on an older base, 422 for one refused; both keep what was typed."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        page = _page(request)
        if "preview" in request.GET:
            return _preview(request, page, request.GET["preview"])
        form, status = FrontForm(page=page), 200
        if request.method == "POST":
            form = FrontForm(request.POST, page=page)
            blocks = shown_blocks(request, page)
            try:
                where = act(page=page, form=form, data=request.POST, by=request.user, blocks=blocks)
            except ActRefused as refusal:
                status = 409 if isinstance(refusal, front_pages.StaleFront) else 422
                messages.error(request, str(refusal))
            else:
                if request.POST["act"] == "publish":
                    waits = form.cleaned_data["publish_at"]
                    sentence = (
                        _("The version takes its place at its time.") if waits else _("Readers see this page now.")
                    )
                    messages.success(request, sentence)
                return HttpResponseRedirect(f"{_address(page, q=request.GET.get('q', ''))}#{where}")
        context = {
            **self.admin_site.each_context(request),
            "title": str(page),
            **view_context(request, page),
            "form": form,
            "address": _address(page),
            "again": request.POST.get("act", "") if status == 409 else "",
        }
        return TemplateResponse(request, "admin/articles/front_page.html", context, status=status)

    def _to_editor(self, request: HttpRequest, page: FrontPage | None) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(_address(page))


def _address(page: FrontPage | None, **more: str) -> str:
    which: dict[str, Any] = {}
    if page is not None:
        which = {"section": page.section_id} if page.section_id else {"language": page.language}
    asked = urlencode({**which, **{name: value for name, value in more.items() if value}})
    url = reverse("admin:articles_frontpage_changelist")
    return f"{url}?{asked}" if asked else url


def _page(request: HttpRequest) -> FrontPage:
    """The page that is asked for; nothing asked: the home page, or the first section front within the person's rights."""
    frame, user = for_request(request), request.user
    language, wanted = request.GET.get("language", ""), request.GET.get("section", "")
    if not language and not wanted and not front_pages.may_arrange(user, None):  # type: ignore[arg-type]  # staff
        own = (s for s in frame.sections if front_pages.may_arrange(user, s.pk))  # type: ignore[arg-type]  # staff
        wanted = str(next((section.pk for section in own), ""))
    if wanted:
        section = next((section for section in frame.sections if section.pk == number(wanted)), None)
        if section is None:
            raise Http404
        return front_pages.front_of(section)
    if (language or frame.site.language) not in {frame.site.language, *frame.site.languages}:
        raise Http404
    return front_pages.home_of(language or frame.site.language)


def _preview(request: HttpRequest, page: FrontPage, which: str) -> HttpResponse:
    """The public page as the draft ("draft") or a version (its number) arranges it. Template: the page's own."""
    now = timezone.now()
    if which == "draft":
        arrangement = front_pages.drafted(page, now)
    else:
        version = page.versions.filter(number=min(max(number(which), 0), 2**31 - 1)).first()
        if version is None:
            raise Http404
        arrangement = from_json(version.content)
    response = _public_page(request, page, arrangement)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "no-store, private"
    return response


def _public_page(request: HttpRequest, page: FrontPage, arrangement: Arrangement) -> HttpResponse:
    frame, now, language = for_request(request), timezone.now(), front_pages.language_of(page)
    activate_for(request, language)
    if page.section_id:
        section = next(section for section in frame.sections if section.pk == page.section_id)
        context = section_context(request, section, frame=frame, at=now, arrangement=arrangement)
        return render(request, "articles/section.html", context)
    context = home_context(frame, edition=language, at=now, arrangement=arrangement)
    return render(request, "articles/home.html", context)
