"""A comment with its history; its list is the queue. The views of the desk stand in queue_views and reader_views."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from articles import rights
from comments.admin import queue_views, reader_views, search_views
from comments.edits import edits_of
from comments.models import Comment, ModerationAction
from comments.phase_names import PHASE_NAMES
from comments.privacy import sees_addresses


class ActionInline(admin.TabularInline[ModerationAction, Comment]):
    """The history of a comment, for reading."""

    model = ModerationAction
    template = "admin/comments/_log.html"
    fields = ["at", "act", "by", "from_status", "to_status", "reason"]
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("comments.view_comment")


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin[Comment]):
    """The list is the queue; a comment's own page is for reading. Every decision goes through comments.moderation."""

    inlines = [ActionInline]
    list_select_related = ["article", "author"]
    fields = [
        *("article", "parent", "author", "guest_name", "guest_email", "body", "status", "created_at"),
        *("edits", "decided_in", "reason", "rejection", "decided_at", "decided_by", "is_pick"),
    ]
    readonly_fields = ["edits", "decided_in"]

    class Media:
        css = {"all": ["comments/queue.css"]}

    def get_fields(self, request: HttpRequest, obj: Comment | None = None) -> Any:
        """Without what the person may not see: a guest's address, earlier texts, the headline of an article kept from them."""
        user: Any = request.user
        hidden = set() if sees_addresses(user) else {"guest_email", "edits"}
        if obj is not None and obj.edited_at is None:
            hidden.add("edits")
        if obj is not None and not rights.may(user, rights.VIEW, obj.article):
            hidden.add("article")
        return [name for name in self.fields if name not in hidden]

    @admin.display(description=gettext_lazy("changed by its author"))
    def edits(self, comment: Comment) -> str:
        context = {"edits": edits_of(comment), "comment": comment}
        return render_to_string("admin/comments/comment/_edits.html", context)

    @admin.display(description=gettext_lazy("phase that decided"))
    def decided_in(self, comment: Comment) -> str:
        return str(PHASE_NAMES.get(comment.phase, comment.phase))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        wrap, site = self.admin_site.admin_view, self.admin_site
        own: list[tuple[str, str, Any]] = [
            ("act/", "act", require_POST(queue_views.act)),
            ("undo/", "undo", require_POST(queue_views.undo)),
            ("states/", "states", require_safe(queue_views.states)),
            ("search/", "search", require_safe(search_views.search)),
            ("filters/", "filters", require_POST(search_views.filters)),
            ("<int:pk>/reader/", "reader", reader_views.reader),
        ]
        return [
            *(path(p, wrap(_on(site, view)), name=f"comments_comment_{name}") for p, name, view in own),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return queue_views.queue_page(request, self.admin_site)


def _on(site: admin.AdminSite, view: Any) -> Any:
    """``view`` with the site it stands on as its second argument."""

    def on_site(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = view(request, site, **kwargs)
        return answer

    return on_site
