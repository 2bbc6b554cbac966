"""Assignments on the desk: the list with its filters, the page with its form. Every act is one of articles.assignments."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles import assignments, publishing, rights
from articles.acts import ActRefused
from articles.admin.article_form import SectionChoice
from articles.admin.calendar import calendar_move, calendar_page
from articles.admin.lists import SectionFilter
from articles.admin.widgets import Moment
from articles.models import Article, Assignment, AssignmentState, Section
from articles.models.assignment import MOST_WORDS
from newsroom.models import User

RECENT = 50  # articles offered for filing
SENTENCES = {
    "claim": gettext_lazy("It is yours now."),
    "assign": gettext_lazy("Assigned."),
    "file": gettext_lazy("Filed."),
    "finish": gettext_lazy("Done."),
    "drop": gettext_lazy("Dropped. It can be reopened."),
    "reopen": gettext_lazy("It is open again."),
}


class PersonChoice(forms.ModelChoiceField[Any]):
    """A colleague by the name that others see."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.display_name)


class AssignmentForm(forms.Form):
    """What an assignment says, whom it is for, and the version that the writer saw."""

    title = forms.CharField(label=gettext_lazy("Idea"), max_length=200, required=False)
    description = forms.CharField(
        label=gettext_lazy("Description"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
    )
    section = SectionChoice(label=gettext_lazy("Section"), queryset=Section.objects.order_by("path"), required=False)
    due_at = Moment(label=gettext_lazy("Due"))
    length_words = forms.IntegerField(
        label=gettext_lazy("Words wanted"), required=False, min_value=1, max_value=MOST_WORDS
    )
    wants_photo = forms.BooleanField(label=gettext_lazy("Photo wanted"), required=False)
    photo_note = forms.CharField(label=gettext_lazy("Which photo"), max_length=300, required=False)
    assignee = PersonChoice(label=gettext_lazy("For"), queryset=User.objects.none(), required=False)
    editor = PersonChoice(label=gettext_lazy("Editor"), queryset=User.objects.none(), required=False)
    article = forms.ModelChoiceField(label=gettext_lazy("Article"), queryset=Article.objects.none(), required=False)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)
    version = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: Any, assignment: Assignment | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = assignments.writers()
        fields: dict[str, Any] = self.fields
        fields["assignee"].queryset = fields["editor"].queryset = people
        fields["article"].queryset = (
            Article.objects.visible_to(user).filter(status__in=publishing.EDITABLE).defer("body")
        )
        mine = fields["article"].queryset.filter(created_by=assignment.assignee_id or user.pk if assignment else user)
        offered = [(one.pk, str(one)) for one in mine.order_by("-edited_at", "-pk")[:RECENT]]
        fields["article"].choices = [("", "–"), *offered]
        for field in fields.values():  # NUL and its like are cleaned, not refused
            field.validators = [
                one for one in field.validators if type(one).__name__ != "ProhibitNullCharactersValidator"
            ]

    def values(self) -> dict[str, Any]:
        """What articles.assignments stores, of a valid form."""
        data = self.cleaned_data
        plain = {name: data[name] for name in assignments.FIELDS if name in data}
        people = {f"{name}_id": data[name].pk if data[name] else None for name in ("section", "editor")}
        return {**plain, **people}


def _initial(assignment: Assignment | None, request: HttpRequest) -> dict[str, Any]:
    if assignment is None:
        return {"key": uuid4(), "due_at": request.GET.get("due_at", "")[:16], "editor": None}
    names = ("title", "description", "section", "due_at", "length_words", "wants_photo", "photo_note", "assignee")
    return {name: getattr(assignment, name) for name in (*names, "editor", "version")}


class WhoFilter(admin.SimpleListFilter):
    """Whose work it is, and whether it is late."""

    title = gettext_lazy("whose")
    parameter_name = "who"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("mine", _("Mine")), ("nobody", _("Unassigned")), ("late", _("Late"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "mine":
            return queryset.open().filter(assignee=request.user)
        if self.value() == "nobody":
            return queryset.open().filter(assignee__isnull=True)
        return queryset.late() if self.value() == "late" else queryset


class OpenFilter(admin.SimpleListFilter):
    """By state; without a choice, what is open or filed."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*AssignmentState.choices, ("all", _("All of them"))]

    def choices(self, changelist: Any) -> Any:
        for number, choice in enumerate(super().choices(changelist)):
            yield {**choice, "display": _("In work")} if number == 0 else choice

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() in AssignmentState.values:
            return queryset.filter(state=self.value())
        if self.value() == "all":
            return queryset
        return queryset.exclude(state__in=[AssignmentState.DONE, AssignmentState.DROPPED])


@admin.register(Assignment)
class AssignmentAdmin(admin.ModelAdmin[Assignment]):
    """The list is Django's; adding and changing is a page of its own."""

    list_display = ("title", "state_word", "place", "whose", "due")
    list_display_links = ("title",)
    list_filter = (WhoFilter, OpenFilter, SectionFilter)
    list_select_related = ("section", "assignee")
    search_fields = ("title", "description")
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = None

    def get_ordering(self, request: HttpRequest) -> Any:
        from django.db.models import F

        return [F("due_at").asc(nulls_last=True), "-pk"]

    def has_delete_permission(self, request: HttpRequest, obj: Assignment | None = None) -> bool:
        return False  # dropping is an act

    def get_urls(self) -> list[URLPattern]:
        claim = self.admin_site.admin_view(require_POST(self.claim_view))
        page = self.admin_site.admin_view(partial(calendar_page, site=self.admin_site))
        return [
            path("calendar/", page, name="articles_assignment_calendar"),
            path("calendar/move/", self.admin_site.admin_view(calendar_move), name="articles_assignment_move"),
            path("<int:pk>/claim/", claim, name="articles_assignment_claim"),
            *super().get_urls(),
        ]

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_word(self, assignment: Assignment) -> SafeString:
        word = _("Late") if assignment.is_late else assignment.get_state_display()
        return format_html('<span class="state state--{}">{}</span>', assignment.state_mark, word)

    @admin.display(description=gettext_lazy("section"), ordering="section__path")
    def place(self, assignment: Assignment) -> str:
        return str(assignment.section or "–")

    @admin.display(description=gettext_lazy("for"), ordering="assignee__name")
    def whose(self, assignment: Assignment) -> str:
        return assignment.assignee.display_name if assignment.assignee else "–"

    @admin.display(description=gettext_lazy("due"), ordering="due_at")
    def due(self, assignment: Assignment) -> str:
        return date_format(timezone.localtime(assignment.due_at), "j M Y, H:i") if assignment.due_at else "–"

    def claim_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The idea belongs to who pressed the button, or a sentence says why not."""
        assignment = self._found(str(pk))
        try:
            assignments.claim(assignment=assignment, by=request.user)  # type: ignore[arg-type]  # staff
        except ActRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, SENTENCES["claim"])
        return HttpResponseRedirect(reverse("admin:articles_assignment_change", args=[assignment.pk]))

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The page. Template: admin/articles/assignment/assignment.html, context: assignment, form, acts, history, editable, sees_article.

        A refused act answers 422 with the text kept, a stale form 409.
        """
        assignment = self._found(object_id) if object_id else None
        needed = assignments.VIEW if assignment else assignments.WRITE
        if not rights.may(request.user, needed):  # type: ignore[arg-type]  # staff
            raise PermissionDenied
        if request.method == "POST":
            return self._posted(request, assignment)
        form = AssignmentForm(initial=_initial(assignment, request), user=request.user, assignment=assignment)
        return self._page(request, assignment, form)

    def _posted(self, request: HttpRequest, assignment: Assignment | None) -> HttpResponse:
        form = AssignmentForm(request.POST, user=request.user, assignment=assignment)
        if not form.is_valid():
            return self._page(request, assignment, form, status=422)
        try:
            with transaction.atomic():
                target = self._done(request, assignment, form)
        except ActRefused as refusal:
            form.add_error(getattr(refusal, "field", None), str(refusal))
            status = 409 if isinstance(refusal, assignments.StaleAssignment) else 422
            assignment = self._found(str(assignment.pk)) if assignment else None
            if assignment and status == 409:  # the next save goes on from what is there now
                data = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
                data["version"] = str(assignment.version)
                form.data = data
            return self._page(request, assignment, form, status=status)
        return HttpResponseRedirect(target)

    def _done(self, request: HttpRequest, assignment: Assignment | None, form: AssignmentForm) -> str:
        """The act of the pressed button is done; the address to go on to. Raises ActRefused."""
        by, data, act = request.user, form.cleaned_data, request.POST.get("act", "")
        made = assignment is None
        if assignment is None:
            assignment = self._suggested(by, form)
        elif act not in {"claim", "reopen", "finish"} and "change" in assignments.available_acts(assignment, by):  # type: ignore[arg-type]  # staff
            assignments.change(assignment=assignment, by=by, values=form.values(), seen=data["version"])  # type: ignore[arg-type]  # staff
        given: dict[str, Any] = {"assignment": assignment, "by": by}
        if act == "begin":
            return reverse("admin:articles_article_change", args=[assignments.begin(**given).pk])
        if act == "assign":
            assignments.assign(**given, assignee=data["assignee"], note=data["note"])
        elif act == "file":
            assignments.file(**given, article=data["article"], note=data["note"])
        elif act == "claim":
            assignments.claim(**given)
        elif act in {"finish", "drop", "reopen"}:
            getattr(assignments, act)(**given, note=data["note"])
        messages.success(request, SENTENCES.get(act, _("The idea is there.") if made else _("Saved.")))
        return reverse("admin:articles_assignment_change", args=[assignment.pk])

    def _suggested(self, by: Any, form: AssignmentForm) -> Assignment:
        """The new idea, or the one that this form made before."""
        key = form.cleaned_data["key"]
        try:
            with transaction.atomic():
                return assignments.suggest(by=by, values=form.values(), key=key)
        except IntegrityError:
            known = Assignment.objects.filter(form_key=key, created_by=by).first()
            return known or assignments.suggest(by=by, values=form.values())

    def _page(
        self, request: HttpRequest, assignment: Assignment | None, form: AssignmentForm, *, status: int = 200
    ) -> HttpResponse:
        user: Any = request.user
        acts = assignments.available_acts(assignment, user) if assignment else []
        article = assignment.article if assignment else None
        history = list(assignment.acts.select_related("by")[:20]) if assignment else []
        for act in history:
            act.label = assignments.LABELS.get(act.act, act.act)  # type: ignore[attr-defined]  # for the template
        context = {
            **self.admin_site.each_context(request),
            "title": str(assignment) if assignment else _("New assignment"),
            "opts": self.opts,
            "assignment": assignment,
            "form": form,
            "acts": acts,
            "labels": assignments.LABELS,
            "sees_article": article is not None and rights.may(user, rights.VIEW, article),
            "editable": assignment is None or "change" in acts,
            "may_direct": rights.may(user, assignments.DIRECT),
            "history": history,
            "zone": timezone.get_current_timezone_name(),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/articles/assignment/assignment.html", context, status=status)

    def _found(self, object_id: str) -> Assignment:
        if not (object_id.isascii() and object_id.isdigit() and len(object_id) < 19):
            raise Http404
        found = Assignment.objects.select_related("section", "assignee", "editor", "article__section", "created_by")
        return get_object_or_404(found, pk=int(object_id))
