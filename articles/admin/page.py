"""Pages outside the sections, on the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.body.field import body_form_field
from articles.models import Page


class PageForm(forms.ModelForm[Page]):
    """The form knows from which text it started: somebody else's later one is not overwritten."""

    body = body_form_field()
    base = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Page
        fields = ["title", "slug", "language", "summary", "body", "is_public", "in_footer", "position"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["base"].initial = self._stamp()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.instance.pk and self.cleaned_data.get("base") != self._stamp():
            self.data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict; whoever has compared may save over it
            self.data[self.add_prefix("base")] = self._stamp()  # type: ignore[index]  # a QueryDict, copied
            raise ValidationError(
                _(
                    "Somebody else saved this page while you were writing. Your text is kept below: open the page in a second window, compare, and save again."
                ),
                code="stale",
            )
        return cleaned

    def _stamp(self) -> str:
        return self.instance.changed_at.isoformat() if self.instance.pk else ""


@admin.register(Page)
class PageAdmin(admin.ModelAdmin[Any]):
    """About us, contact and their like."""

    form = PageForm
    list_display = ["title", "slug", "language", "is_public", "in_footer", "position", "changed_at"]
    list_filter = ["language", "is_public"]
    search_fields = ["title", "slug", "body"]
    ordering = ["language", "position", "title"]
    fields = ["title", "slug", "language", "summary", "body", ("is_public", "in_footer", "position"), "base"]
