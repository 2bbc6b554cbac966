"""The editor of the home pages: the places as they stand, the stories to put there, the versions to return to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import front_pages
from articles.acts import ActRefused
from articles.admin.article_form import SectionChoice
from articles.admin.widgets import Moment
from articles.front_page import compose
from articles.front_pages import Row
from articles.models import Article, FrontPageSlot, FrontPageVersion, Section
from newsroom.frame import for_request
from newsroom.languages import activate_for

OFFERED, VERSIONS = 30, 20


class PlaceForm(forms.Form):
    """From when until when something stands at its place."""

    starts_at = Moment(label=gettext_lazy("From"))
    ends_at = Moment(label=gettext_lazy("Until"))
    may_repeat = forms.BooleanField(label=gettext_lazy("May stand twice on the page"), required=False)
    rule_section = SectionChoice(
        label=gettext_lazy("Newest of section"), queryset=Section.objects.order_by("path"), required=False
    )


@admin.register(FrontPageSlot)
class FrontPageSlotAdmin(admin.ModelAdmin[FrontPageSlot]):
    """One screen for each home page. Single rows have no page of their own."""

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._to_editor(request)

    def change_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._to_editor(request)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._to_editor(request)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The editor of ?language=. Template: admin/articles/front_page.html. 409 for a change made on an older base,
        422 for one refused; both keep what was typed."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        site = for_request(request).site
        language = request.GET.get("language") or site.language
        if language not in {site.language, *site.languages}:
            raise Http404
        if "version" in request.GET:
            return _preview(request, language, request.GET["version"])
        form, status = PlaceForm(), 200
        if request.method == "POST":
            form = PlaceForm(request.POST)
            try:
                _act(request, language, form)
            except ActRefused as refusal:
                status = 409 if isinstance(refusal, front_pages.StaleFront) else 422
                messages.error(request, str(refusal))
            else:
                messages.success(request, _("The page stands as you arranged it."))
                return HttpResponseRedirect(f"{request.path}?language={language}")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Home page"),
            **_context(request, language),
            "form": form,
            "may_change": self.has_change_permission(request),
            "again": request.POST.get("act", "") if status == 409 else "",
        }
        return TemplateResponse(request, "admin/articles/front_page.html", context, status=status)

    def _to_editor(self, request: HttpRequest) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("admin:articles_frontpageslot_changelist"))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _act(request: HttpRequest, language: str, form: PlaceForm) -> None:
    """The act of the pressed button: "place:3:17", "rule:3", "move:3:1", "clear:0", "restore:4". Raises ActRefused."""
    by: Any = request.user
    base = _number(request.POST.get("base", ""))
    act, first, second = [*request.POST.get("act", "").split(":"), "", "", ""][:3]
    common: Any = {"language": language, "base": base}
    if act in {"place", "rule"}:
        if not form.is_valid():
            raise ActRefused(" ".join(str(e) for errors in form.errors.values() for e in errors))
        facts = form.cleaned_data
        section = facts.pop("rule_section") if act == "rule" else facts.pop("rule_section") and None
        article = _number(second) if act == "place" else None
        row = Row(_number(first), article, section.pk if section else None, **facts)
        front_pages.place(row=row, by=by, **common)
    elif act == "move":
        front_pages.move(position=_number(first), by=1 if second == "down" else -1, person=by, **common)
    elif act == "restore":
        front_pages.restore(number=max(_number(first), 0), by=by, **common)
    elif act == "clear":
        rows = front_pages.rows_of(language)
        if front_pages.number_of(language) != base:
            raise front_pages.StaleFront
        if not 0 <= _number(first) < len(rows):
            raise ActRefused(_("There is no such place."))
        front_pages.clear(row=rows[_number(first)], by=by, **common)
    else:
        raise ActRefused(_("Choose what to do."))


def _context(request: HttpRequest, language: str) -> dict[str, Any]:
    """What the template needs, by a fixed number of queries."""
    frame, now = for_request(request), timezone.now()
    user: Any = request.user
    rows = front_pages.rows_of(language)
    front = compose(language=language, sections=_sections(frame, language), at=now)
    named = Article.objects.filter(pk__in=[row.article for row in rows if row.article]).defer("body").in_bulk()
    sections = {section.pk: section for section in frame.sections}
    standing = [front.lead, *(front.secondary + [None] * 3)[:3], *(front.lead_links + [None] * 3)[:3]]
    places = [
        {
            "number": number,
            "story": standing[number - 1],
            "rows": [
                {
                    "index": i,
                    "row": r,
                    "article": named.get(r.article or 0),
                    "section": sections.get(r.rule_section or 0),
                }
                for i, r in enumerate(rows)
                if r.position == number
            ],
        }
        for number in front_pages.PLACES
    ]
    wanted = request.GET.get("q", "").strip()[:100]
    offered = Article.objects.visible_to(user).in_language(language).filter(status="live").newest_first()
    if wanted:
        offered = offered.filter(headline__icontains=wanted)
    return {
        "language": language,
        "languages": sorted({frame.site.language, *frame.site.languages}),
        "base": front_pages.number_of(language),
        "places": places,
        "wanted": wanted,
        "offered": list(offered.for_listing()[:OFFERED]),
        "versions": list(FrontPageVersion.objects.filter(language=language).select_related("by")[:VERSIONS]),
        "now": now,
    }


def _sections(frame: Any, language: str) -> list[Section]:
    return [section for section in frame.sections if section.language == language and section.in_menu]


def _preview(request: HttpRequest, language: str, number: str) -> HttpResponse:
    """The public home page as a version arranges it. Template: articles/home.html."""
    version = FrontPageVersion.objects.filter(language=language, number=max(_number(number), 0)).first()
    if version is None:
        raise Http404
    slots = [front_pages.slot_of(language, row) for row in front_pages.from_json(version.content)]
    sections = _sections(for_request(request), language)
    activate_for(request, language)
    front = compose(language=language, sections=sections, at=timezone.now(), slots=slots)
    response = render(request, "articles/home.html", {"front": front, "edition_language": language})
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "no-store, private"
    return response
