"""Corrections of an article, and the tickets by which readers ask for them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import corrections, error_reports, rights
from articles.acts import ActRefused
from articles.models import Article, Correction, CorrectionKind, ErrorReport, ReportState


class CorrectionForm(forms.Form):
    """A correction as typed. Too long or empty is judged by articles.corrections."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=CorrectionKind.choices)
    text = forms.CharField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy(
            "What was wrong and what is right. Readers see it with the article and on the page of corrections."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class DismissForm(forms.Form):
    """Why a report is dismissed. Too long a note is cut by articles.error_reports."""

    note = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("For colleagues. The reader does not see it."),
        required=False,
        widget=forms.TextInput(attrs={"maxlength": 500, "dir": "auto"}),
    )
    tell = forms.BooleanField(
        label=gettext_lazy("Thank the reader by mail, and say that the text stays"), required=False, initial=True
    )


class ReportStateFilter(admin.SimpleListFilter):
    """By what became of it; without a choice: what waits."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*ReportState.choices, ("all", _("All"))]

    def choices(self, changelist: Any) -> Any:
        """The ways to filter, each of them said: there is none without a state."""
        for value, label in self.lookup_choices:
            link = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": self._chosen() == value, "query_string": link, "display": label}

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        chosen = self._chosen()
        return queryset if chosen == "all" else queryset.filter(state=chosen)

    def _chosen(self) -> str:
        value = self.value()
        return value if value in {*ReportState.values, "all"} else ReportState.OPEN.value


def article_corrections(request: HttpRequest, article: Article, *, site: Any) -> HttpResponse:
    """The corrections of ``article``: a new one, and each to amend or withdraw.

    Template: admin/articles/article/corrections.html, context: article, form, found (corrections with their forms), stale
    (the one that a colleague changed meanwhile), reports. A refused act answers 422 with the text kept, 409 upon an older base.
    """
    if not rights.may(request.user, corrections.PERMISSION, article):  # type: ignore[arg-type]  # staff
        raise PermissionDenied
    form, status, asked = CorrectionForm(), 200, None
    if request.method == "POST":
        form = CorrectionForm(request.POST)
        asked = _asked(request, article)
        try:
            messages.success(request, _done(request, article, asked, form))
        except ActRefused as refusal:
            form.add_error("text" if isinstance(refusal, corrections.Unsaid) else None, str(refusal))
            status = 409 if isinstance(refusal, corrections.StaleCorrection) else 422
        else:
            return HttpResponseRedirect(request.path)
    found = [
        (
            each,
            form
            if asked == each
            else CorrectionForm(initial={"kind": each.kind, "text": each.text}, auto_id=f"id_{each.pk}_%s"),
        )
        for each in article.corrections.select_related("by")
    ]
    context = {
        **site.each_context(request),
        "title": _("Corrections"),
        "article": article,
        "form": CorrectionForm() if asked else form,
        "found": found,
        "stale": asked if status == 409 else None,
        "reports": article.error_reports.filter(state=ReportState.OPEN),
    }
    return TemplateResponse(request, "admin/articles/article/corrections.html", context, status=status)


def _asked(request: HttpRequest, article: Article) -> Correction | None:
    pk = request.POST.get("correction", "")
    return get_object_or_404(Correction, article=article, pk=int(pk)) if _is_id(pk) else None


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _done(request: HttpRequest, article: Article, asked: Correction | None, form: CorrectionForm) -> str:
    """The act of the pressed button is done; the sentence that says so. Raises ActRefused."""
    by: Any = request.user
    kind = request.POST.get("kind", "")
    kind = kind if kind in CorrectionKind.values else CorrectionKind.CORRECTION.value
    text = request.POST.get("text", "")
    if asked is None:
        corrections.publish(article=article, kind=kind, text=text, by=by)
        return _("Readers see the correction now.")
    base = int(request.POST["base"]) if _is_id(request.POST.get("base", "")) else None
    if request.POST.get("act") == "withdraw":
        corrections.withdraw(correction=asked, by=by, base=base)
        return _("The correction is withdrawn.")
    corrections.amend(correction=asked, kind=kind, text=text, by=by, base=base)
    return _("The correction is changed.")


@admin.register(ErrorReport)
class ErrorReportAdmin(admin.ModelAdmin[ErrorReport]):
    """Tickets: the open ones first. A ticket is decided on its page."""

    list_display = ("report", "article_headline", "created_at", "state", "decided_by")
    list_display_links = ("report",)
    list_filter = (ReportStateFilter, "created_at", "article__language")
    list_select_related = ("article", "decided_by")
    search_fields = ("text", "article__headline", "email")
    list_per_page = 50
    show_full_result_count = False
    actions = None

    def get_queryset(self, request: HttpRequest) -> Any:
        """Those upon articles that the person may see."""
        reports = super().get_queryset(request).defer("article__body")
        return rights.of_visible(reports, request.user, "article")  # type: ignore[arg-type]  # staff

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: ErrorReport | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ErrorReport | None = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("what is wrong"))
    def report(self, report: ErrorReport) -> str:
        return Truncator(report.text).chars(120)

    @admin.display(description=gettext_lazy("article"))
    def article_headline(self, report: ErrorReport) -> str:
        return str(report.article)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The ticket. Template: admin/articles/errorreport/ticket.html, context: report, article, form, dismissal,
        may_decide, may_write.

        A refused decision answers 422 with the text kept.
        """
        found = ErrorReport.objects.select_related("article__section", "decided_by", "correction")
        report = get_object_or_404(found, pk=int(object_id) if object_id and _is_id(object_id) else 0)
        if not (self.has_view_permission(request, report) and rights.may(request.user, rights.VIEW, report.article)):  # type: ignore[arg-type]  # staff
            raise PermissionDenied
        may_correct = rights.may(request.user, corrections.PERMISSION, report.article)  # type: ignore[arg-type]  # staff
        form, status = CorrectionForm(initial={"text": error_reports.suggested(report)}), 200
        if request.method == "POST":
            try:
                messages.success(request, self._decide(request, report))
                return HttpResponseRedirect(request.path)
            except ActRefused as refusal:
                form = CorrectionForm(request.POST)
                form.add_error("text" if isinstance(refusal, corrections.Unsaid) else None, str(refusal))
                status = 422
        context = {
            **self.admin_site.each_context(request),
            "title": _("Error report"),
            "opts": self.opts,
            "report": report,
            "article": report.article,
            "form": form,
            "dismissal": DismissForm(),
            "may_decide": may_correct and report.state == ReportState.OPEN,
            "may_write": may_correct and report.state != ReportState.OPEN and report.email and not report.mailed_at,
        }
        return TemplateResponse(request, "admin/articles/errorreport/ticket.html", context, status=status)

    def _decide(self, request: HttpRequest, report: ErrorReport) -> str:
        by: Any = request.user
        if request.POST.get("act") == "dismiss":
            note, tell = request.POST.get("note", ""), "tell" in request.POST
            error_reports.dismiss(report=report, by=by, note=note, tell=tell)
            return _("The report is dismissed.")
        if request.POST.get("act") == "write":
            error_reports.write_letter(report=report, by=by)
            return _("The letter to the reader is on its way.")
        kind = request.POST.get("kind", "")
        kind = kind if kind in CorrectionKind.values else CorrectionKind.CORRECTION.value
        error_reports.accept(report=report, kind=kind, text=request.POST.get("text", ""), by=by)
        return _("Readers see the correction now.")
