"""The rules and word lists on the desk. A change can be tried on the last comments before it holds."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin import helpers
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comments.models import CommentRules, RulesText, WordList
from comments.phase_names import PHASE_NAMES
from comments.pipeline import rules as in_force
from comments.pipeline.rules import Rules, Words
from comments.pipeline.trial import LAST, tried


class Tried(admin.ModelAdmin[Any]):
    """A form with a second button: what would these rules have done? Nothing is stored by it."""

    change_form_template = "admin/comments/tried.html"
    add_form_template = "admin/comments/tried.html"

    def candidate(self, changed: Any, current: Rules) -> Rules:
        """The rules with what the form says in place of what is stored."""
        raise NotImplementedError

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Django's; with the button for trying it comes back filled in, with what came of it.

        Template: admin/comments/tried.html, context: Django's and trial (comments.pipeline.trial.Trial).
        """
        if request.method == "POST" and "_try" in request.POST:
            return self._tried(request, object_id)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _tried(self, request: HttpRequest, object_id: str | None) -> HttpResponse:
        stored = self.get_object(request, object_id) if object_id else None
        if object_id and stored is None:
            raise Http404
        if not (self.has_change_permission(request, stored) if object_id else self.has_add_permission(request)):
            raise PermissionDenied
        form = self.get_form(request, stored, change=bool(object_id))(request.POST, instance=stored)
        trial = None
        if form.is_valid():
            current = in_force.current()
            trial = tried(self.candidate(form.save(commit=False), current), in_force=current)
        fieldsets: Any = self.get_fieldsets(request, stored)
        form_shown = helpers.AdminForm(form, fieldsets, {}, model_admin=self)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Tried, not saved"),
            "adminform": form_shown,
            "object_id": object_id,
            "original": stored,
            "is_popup": False,
            "to_field": None,
            "media": self.media + form_shown.media,
            "inline_admin_formsets": [],
            "errors": helpers.AdminErrorList(form, []),
            "preserved_filters": self.get_preserved_filters(request),
            "trial": trial,
            "tried_phases": [(PHASE_NAMES[name], count) for name, count in trial.by_phase] if trial else [],
            "last": LAST,
        }
        return self.render_change_form(request, context, add=not object_id, change=bool(object_id), obj=stored)


@admin.register(CommentRules)
class CommentRulesAdmin(Tried):
    """One row: the list leads straight to its form. Its parts stand in the order of the phases."""

    fieldsets = [
        (gettext_lazy("Length"), {"fields": [("min_characters", "max_characters")]}),
        (
            gettext_lazy("Rate"),
            {"fields": [("rate_comments", "rate_seconds"), ("address_comments", "address_seconds")]},
        ),
        (
            gettext_lazy("Machines"),
            {"fields": ["trap_answer", ("min_seconds", "speed_answer"), ("proof_of", "proof_bits")]},
        ),
        (gettext_lazy("Words"), {"fields": [("banned_answer", "suspect_answer")]}),
        (gettext_lazy("Links"), {"fields": [("links_allowed", "links_answer"), "links_hosts"]}),
        (
            gettext_lazy("The same words again"),
            {"fields": [("repeat_readers", "repeat_days"), ("repeat_characters", "repeat_answer")]},
        ),
        (
            gettext_lazy("Readers"),
            {
                "fields": [
                    *("account_hours", ("record_rejected", "record_of"), "first_comments"),
                    *(("trusted_after", "trusted_unread"), "quiet_daily"),
                ]
            },
        ),
        (
            gettext_lazy("Outside filter"),
            {
                "fields": ["outside_url", ("outside_milliseconds", "outside_failing")],
                "description": gettext_lazy("A program of your own that is asked about each comment; see the manual."),
            },
        ),
        (
            gettext_lazy("Tell the moderators"),
            {"fields": [("alert_size", "alert_minutes"), "alert_url"]},
        ),
        (gettext_lazy("Privacy"), {"fields": ["address_days"]}),
    ]

    formfield_overrides = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3, "spellcheck": "false"})}}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> CommentRules | None:
        """The row, with the defaults if nobody has changed them yet."""
        return CommentRules.load() if object_id == "1" else None

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The phase before it says what happens then; a reader of the form alone needs to hear it too."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        labels = {
            "trap_answer": gettext_lazy("If the hidden field is filled in"),
            "banned_answer": gettext_lazy("With a banned word"),
            "suspect_answer": gettext_lazy("With a suspect word"),
            "address_seconds": gettext_lazy("In so many seconds, from that address"),
        }
        if field is not None and db_field.name in labels:
            field.label = labels[db_field.name]
        if isinstance(db_field, models.PositiveIntegerField) and field is not None:
            field.widget.attrs["class"] = "vBigIntegerField"  # the admin's narrow one hides the fourth digit
        return field

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:comments_commentrules_change", args=[1]))

    def candidate(self, changed: CommentRules, current: Rules) -> Rules:
        return Rules(changed, current.lists)


@admin.register(WordList)
class WordListAdmin(Tried):
    """Lists of words, by kind and language."""

    list_display = ["name", "kind", "language", "is_active"]
    list_filter = ["kind", "language", "is_active"]
    fields = ["name", ("kind", "language"), "words", "is_active"]
    formfield_overrides = {
        models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 16, "dir": "auto", "spellcheck": "false"})}
    }

    def candidate(self, changed: WordList, current: Rules) -> Rules:
        """The other lists in use, and this one as typed."""
        others = WordList.objects.filter(is_active=True).exclude(pk=changed.pk)
        rows = [Words(*row) for row in others.values_list("kind", "language", "words")]
        if changed.is_active:
            rows.append(Words(changed.kind, changed.language, changed.words))
        return Rules(current.numbers, tuple(rows))


@admin.register(RulesText)
class RulesTextAdmin(admin.ModelAdmin[RulesText]):
    """What readers read as the rules, by language."""

    list_display = ["language"]
    fields = ["language", "text"]
    formfield_overrides = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 16, "dir": "auto"})}}
