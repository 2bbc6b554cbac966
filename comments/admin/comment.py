"""The moderation queue, and a comment with its history."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comments import queue
from comments.admin import acts
from comments.models import Comment, ModerationAction, Rejection
from comments.moderation import PERMISSION

MAX_PAGE = 400


class ActionInline(admin.TabularInline[ModerationAction, Comment]):
    """The history of a comment, for reading."""

    model = ModerationAction
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
        *("phase", "reason", "rejection", "decided_at", "decided_by", "is_pick"),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("act/", wrap(require_POST(self.act_view)), name="comments_comment_act"),
            path("undo/", wrap(require_POST(self.undo_view)), name="comments_comment_undo"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The queue. Template: admin/comments/comment/queue.html. Eight queries at most, whatever the number of rows.

        Context: tabs, tab, rows, page numbers, may_moderate, rejections, done (sentence and token to undo it).
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        tab = request.GET.get("tab", "waiting")
        if tab not in queue.TABS:
            raise Http404
        number = _number(request.GET.get("page", "1"))
        rows, has_more = queue.page_of(tab, number)
        counts = queue.tab_counts()
        token = request.GET.get("done", "")
        done = acts.read_token(token) if token else None
        context = {
            **self.admin_site.each_context(request),
            "title": _("Comments"),
            "opts": self.opts,
            "tabs": [{"code": code, "label": label, "count": counts[code]} for code, label in queue.TABS.items()],
            "tab": tab,
            "waiting": counts["waiting"],
            "oldest_at": queue.oldest_waiting_at() if counts["waiting"] else None,
            "last_approved_at": None if rows else queue.last_approved_at(),
            "rows": rows,
            "page": number,
            "previous_page": number - 1,
            "next_page": number + 1 if has_more and number < MAX_PAGE else 0,
            "may_moderate": request.user.has_perm(PERMISSION),
            "rejections": Rejection.choices,
            "done_sentence": done[1] if done else "",
            "done_token": token if done else "",
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/comments/comment/queue.html", context)

    def act_view(self, request: HttpRequest) -> HttpResponse:
        """Carries out what a button of the queue sent, and returns to the tab; a script gets JSON."""
        _require_moderator(request)
        result = acts.carry_out(acts.read(request.POST), by=request.user)  # type: ignore[arg-type]  # a moderator
        if request.accepts("text/html"):
            if result.token:
                return self._back(request, done=result.token)
            messages.info(request, result.sentence)
            return self._back(request)
        return JsonResponse(
            {
                "sentences": result.sentences,
                "sentence": result.sentence,
                "undo": result.token,
                "counts": queue.tab_counts(),
            }
        )

    def undo_view(self, request: HttpRequest) -> HttpResponse:
        """Undoes what the token stands for, and returns to the tab; a script gets JSON."""
        _require_moderator(request)
        sentences = acts.take_back(request.POST.get("done", ""), by=request.user)  # type: ignore[arg-type]  # a moderator
        if request.accepts("text/html"):
            for sentence in sentences:
                messages.info(request, sentence)
            return self._back(request)
        return JsonResponse({"sentence": " ".join(dict.fromkeys(sentences)), "counts": queue.tab_counts()})

    def _back(self, request: HttpRequest, *, done: str = "") -> HttpResponse:
        tab = request.POST.get("tab", "")
        query = f"?tab={tab if tab in queue.TABS else 'waiting'}" + (f"&done={done}" if done else "")
        return HttpResponseRedirect(reverse("admin:comments_comment_changelist") + query)


def _require_moderator(request: HttpRequest) -> None:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= MAX_PAGE):
        raise Http404
    return int(text)
