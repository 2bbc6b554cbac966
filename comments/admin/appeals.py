"""Appeals on the desk: the open ones first, each decided on its page by somebody else than who turned the comment down."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import rights
from comments import appeals
from comments.appeals import AppealRefused
from comments.models import Appeal
from comments.moderation import PERMISSION, ModerationRefused
from comments.privacy import hidden_articles


class DecisionForm(forms.Form):
    """What the reader is told."""

    answer = forms.CharField(
        label=gettext_lazy("Answer to the reader"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=gettext_lazy("The reader sees it beside the comment."),
    )


@admin.register(Appeal)
class AppealAdmin(admin.ModelAdmin[Appeal]):
    """Nothing is edited here: an appeal is granted or dismissed."""

    list_display = ["said", "article", "made_at", "state", "decided_by"]
    list_display_links = ["said"]
    list_filter = ["state"]
    list_select_related = ["comment__article", "decided_by"]
    list_per_page = 50
    show_full_result_count = False
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Appeal | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Appeal | None = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("what the reader says"))
    def said(self, appeal: Appeal) -> str:
        return Truncator(appeal.text).chars(80)

    def get_list_display(self, request: HttpRequest) -> Any:
        """Without headlines for somebody from whom some articles are kept."""
        is_limited = rights.visible_condition(request.user) is not None  # type: ignore[arg-type]  # staff
        return [name for name in self.list_display if not (is_limited and name == "article")]

    @admin.display(description=gettext_lazy("article"))
    def article(self, appeal: Appeal) -> str:
        return str(appeal.comment.article)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The appeal. Template: admin/comments/appeal.html, context: appeal, comment, is_headline_hidden, form, why_not (a
        sentence or "").

        A refused decision answers 422 with the answer kept.
        """
        appeal = self._appeal(object_id)
        if not (self.has_view_permission(request, appeal) and request.user.has_perm(PERMISSION)):
            raise PermissionDenied
        form, status = DecisionForm(request.POST or None), 200
        if request.method == "POST":
            if form.is_valid() and self._decided(request, appeal, form):
                return HttpResponseRedirect(reverse("admin:comments_appeal_changelist") + "?state__exact=open")
            appeal, status = self._appeal(object_id), 422
        context = {
            **self.admin_site.each_context(request),
            "title": _("Appeal"),
            "opts": self.opts,
            "appeal": appeal,
            "comment": appeal.comment,
            "is_headline_hidden": bool(hidden_articles(request.user, {appeal.comment.article_id})),
            "form": form,
            "why_not": appeals.why_not(appeal, request.user),  # type: ignore[arg-type]  # staff
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/comments/appeal.html", context, status=status)

    def _appeal(self, object_id: str | None) -> Appeal:
        known = bool(object_id) and str(object_id).isascii() and str(object_id).isdigit() and len(str(object_id)) < 19
        found = Appeal.objects.select_related(
            "comment__article__section", "comment__author", "comment__parent__author", "rejected_by", "decided_by"
        )
        appeal = found.filter(pk=int(str(object_id))).first() if known else None
        if appeal is None:
            raise Http404
        return appeal

    def _decided(self, request: HttpRequest, appeal: Appeal, form: DecisionForm) -> bool:
        by: Any = request.user
        grant = request.POST.get("decision") == "grant"
        try:
            appeals.decide(appeal=appeal, by=by, grant=grant, answer=form.cleaned_data["answer"])
        except (AppealRefused, ModerationRefused) as refusal:
            form.add_error(None, str(refusal))
            return False
        messages.success(
            request, _("Granted: readers see the comment.") if grant else _("Dismissed: the comment stays as it is.")
        )
        return True
