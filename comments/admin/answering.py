"""The desk's list of who answers readers' questions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles import rights
from articles.models import Article
from comments.models import Answerer
from newsroom.autocomplete import KnownSelects
from newsroom.choices import CommentMode
from newsroom.models import User


class AnswererForm(forms.ModelForm[Answerer]):
    """An article that takes questions, and a member of staff. ``by`` sends it."""

    by: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = User.objects.filter(is_staff=True, is_active=True).order_by("name", "username")
        self.fields["person"] = forms.ModelChoiceField(staff, label=self.fields["person"].label)

    def clean_article(self) -> Any:
        article = self.cleaned_data["article"]
        if article.comment_mode != CommentMode.QUESTIONS:
            raise forms.ValidationError(
                _("This article takes no questions. Set its comments to “Questions, answered by staff” first."),
                code="mode",
            )
        if not rights.may(self.by, "articles.change_article", article):
            raise forms.ValidationError(_("You may not change this article."), code="right")
        return article


@admin.register(Answerer)
class AnswererAdmin(KnownSelects, admin.ModelAdmin[Answerer]):
    """People are named and taken off the list; there is nothing to change about one."""

    form = AnswererForm
    list_display = ["person", "article"]
    list_select_related = ["person", "article"]
    autocomplete_fields = ["article"]
    fields = ["article", "person"]
    list_per_page = 50
    show_full_result_count = False
    actions = None

    def get_form(self, request: HttpRequest, obj: Answerer | None = None, change: bool = False, **kwargs: Any) -> Any:
        return type("Form", (super().get_form(request, obj, change, **kwargs),), {"by": request.user})

    def get_queryset(self, request: HttpRequest) -> Any:
        """Those of articles whose headlines the person may see."""
        found = super().get_queryset(request)
        user: Any = request.user
        if rights.visible_condition(user) is None:
            return found
        return found.filter(article__in=Article.objects.offered_to(user).values("pk"))

    def has_change_permission(self, request: HttpRequest, obj: Answerer | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Answerer | None = None) -> bool:
        user: Any = request.user
        return super().has_delete_permission(request, obj) and (
            obj is None or rights.may(user, "articles.change_article", obj.article)
        )
