"""The audit log on the desk: read, filtered, taken away as a file; never changed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from newsroom import audit_log
from newsroom.models import AuditEvent, User


@admin.register(AuditEvent)
class AuditLogAdmin(admin.ModelAdmin[AuditEvent]):
    """The list of everything. Events have no page of their own: a line says it all."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: AuditEvent | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AuditEvent | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        export = path("export/", self.admin_site.admin_view(self.export_view), name="newsroom_auditevent_export")
        return [export, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Template: admin/newsroom/audit.html, context: lines, filters, acts, people, next_url. One query a record."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        filters = audit_log.Filters.of(request.GET)
        user: Any = request.user
        found = audit_log.lines(filters, user, after=request.GET.get("after", ""), number=audit_log.PAGE + 1)
        lines, more = found[: audit_log.PAGE], len(found) > audit_log.PAGE
        context = {
            **self.admin_site.each_context(request),
            "title": _("Audit log"),
            "opts": self.opts,
            "lines": lines,
            "filters": filters,
            "acts": audit_log.acts(),
            "people": User.objects.filter(is_staff=True).order_by("name", "username")[:500],
            "after": lines[-1].cursor if more else "",
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/newsroom/audit.html", context)

    def export_view(self, request: HttpRequest) -> StreamingHttpResponse:
        """What the filters let through, as CSV."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        user: Any = request.user
        lines = audit_log.csv_lines(audit_log.Filters.of(request.GET), user)
        answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        answer.headers["Content-Disposition"] = f'attachment; filename="audit-{timezone.localdate():%Y-%m-%d}.csv"'
        answer.headers["Cache-Control"] = "no-store"
        return answer
