"""Reports of illegal content, apart from all others."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy

from articles import rights
from comments.models import CommentReport, ReportReason


@admin.register(CommentReport)
class IllegalContentAdmin(admin.ModelAdmin[CommentReport]):
    """The newest first; a line leads to the comment with its history."""

    list_display = ["said", "article", "created_at", "state", "handled_at"]
    list_display_links = ["said"]
    list_filter = [("handled_at", admin.EmptyFieldListFilter)]
    list_select_related = ["comment__article"]
    list_per_page = 50
    show_full_result_count = False
    actions = None

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(reason=ReportReason.ILLEGAL).defer("comment__article__body")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: CommentReport | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: CommentReport | None = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("comment"))
    def said(self, report: CommentReport) -> str:
        return Truncator(report.comment.body).chars(100)

    def get_list_display(self, request: HttpRequest) -> Any:
        """Without headlines for somebody from whom some articles are kept."""
        is_limited = rights.visible_condition(request.user) is not None  # type: ignore[arg-type]  # staff
        return [name for name in self.list_display if not (is_limited and name == "article")]

    @admin.display(description=gettext_lazy("article"))
    def article(self, report: CommentReport) -> str:
        return str(report.comment.article)

    @admin.display(description=gettext_lazy("state of the comment"))
    def state(self, report: CommentReport) -> str:
        return str(report.comment.get_status_display())

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """To the comment's own page, with its history."""
        known = (
            str(object_id) if object_id and object_id.isascii() and object_id.isdigit() and len(object_id) < 19 else "0"
        )
        report = get_object_or_404(self.get_queryset(request), pk=int(known))
        return HttpResponseRedirect(reverse("admin:comments_comment_change", args=[report.comment_id]))
