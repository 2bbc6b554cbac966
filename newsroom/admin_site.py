"""The desk: Django's admin with the newsroom's look, navigation and start page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from newsroom import desk
from newsroom.frame import for_request

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class NewsroomAdminSite(AdminSite):
    """One desk for everybody; what a person sees there follows from their rights."""

    site_title = _("Desk")
    index_title = _("Desk")
    index_template = "admin/desk.html"

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Django's; a form that somebody else was a moment ahead of comes back filled in and says so."""
        return super().admin_view(_once_more_after_a_twin(view), cacheable)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Django's context, the site's name and the side navigation of this person."""
        from newsroom import notices  # here: it needs the models, which are not there yet when the site is made

        context = super().each_context(request)
        context["site_header"] = for_request(request).site.name
        if self.has_permission(request):
            context["desk_unread"] = notices.unread(request.user)  # type: ignore[arg-type]  # staff
            context["desk_navigation"] = desk.navigation(request.user, request.path)  # type: ignore[arg-type]  # staff
        return context

    def get_urls(self) -> list[Any]:
        """Django's, and each person's own notices."""
        from newsroom import notice_pages

        pages = {"notices/": notice_pages.notice_list, "notices/settings/": notice_pages.notice_settings}
        names = {"notices/": "notices", "notices/settings/": "notice_settings"}
        own = [path(at, self.admin_view(partial(page, site=self)), name=names[at]) for at, page in pages.items()]
        return [*own, *super().get_urls()]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The dashboard. Template: admin/desk.html, context: now, tiles, panels; a fixed number of queries."""
        user: Any = request.user
        tiles = desk.tiles(user)
        context = {
            **self.each_context(request),
            "title": self.index_title,
            "now": timezone.now(),
            "tiles": tiles,
            "panels": desk.panels(user, {tile["url"]: tile["number"] for tile in tiles}),
            **(extra_context or {}),
        }
        request.current_app = self.name
        return TemplateResponse(request, self.index_template or "admin/desk.html", context)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Staff sign in where everybody does; somebody signed in without being staff is told so (403)."""
        wanted = request.GET.get("next") or request.POST.get("next") or reverse("admin:index")
        if not url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
            wanted = reverse("admin:index")
        if self.has_permission(request):
            return HttpResponseRedirect(wanted)
        if request.user.is_authenticated:
            raise PermissionDenied
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': wanted})}")


def _once_more_after_a_twin(view: View) -> View:
    """Two people send the same name or address at once: both forms are valid, and the database refuses the second.

    Nothing of it was kept, so it is read again, and now its validation sees the first.
    """

    @wraps(view)
    def seen_twice(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except IntegrityError:
            if request.method != "POST":
                raise
            for _name, files in request.FILES.lists():
                for file in files:
                    file.seek(0)
            return view(request, *args, **kwargs)

    return cast("View", seen_twice)
