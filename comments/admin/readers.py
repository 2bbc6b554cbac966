"""Readers whose standing is not the ordinary one. It is changed on the reader's page, which each line leads to."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from comments.models import ReaderAct, ReaderStatus


class ReaderActInline(admin.TabularInline[ReaderAct, ReaderStatus]):
    """How it came about, for reading."""

    model = ReaderAct
    template = "admin/comments/_log.html"
    fields = ["at", "from_standing", "to_standing", "until", "by", "reason"]
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("comments.view_readerstatus")


@admin.register(ReaderStatus)
class ReaderStatusAdmin(admin.ModelAdmin[ReaderStatus]):
    """For reading: comments.reader_status writes."""

    list_display = ["who", "standing", "until", "reason", "set_by", "set_at"]
    list_filter = ["standing"]
    list_select_related = ["reader", "set_by"]
    search_fields = ["reader__username", "reader__name", "reader__email"]
    fields = ["who", "standing", "until", "reason", "set_by", "set_at"]
    inlines = [ReaderActInline]

    class Media:
        css = {"all": ["comments/queue.css"]}

    list_per_page = 50
    show_full_result_count = False
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("reader"))
    def who(self, status: ReaderStatus) -> str:
        if status.reader is not None:
            return status.reader.display_name
        kind, _dash, digits = status.key.partition("-")
        words = (
            gettext_lazy("Guest, by mail address %(digits)s")
            if kind == "mail"
            else gettext_lazy("Guest, by network address %(digits)s")
        )
        return str(words) % {"digits": digits[:8]}
