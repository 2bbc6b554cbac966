"""What was read: on the desk, by day, by section, by article."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import figures, page_views
from articles.models import Article
from newsroom import charts
from newsroom.autocomplete import is_id
from newsroom.roles import is_guest

NUMBER = 20


@require_safe
def readings_page(request: HttpRequest, *, site: Any) -> HttpResponse:
    """The last 14 days: all that was read, the sections and the articles that were read most; or ``?article=``'s own.

    Template: admin/articles/readings.html, context: chart, article (None for all), sections [(name, number)], articles
    [(Article, number)]. At most four queries beside the desk's own.
    """
    user: Any = request.user
    if not user.has_perm("articles.view_article") or is_guest(user):
        raise PermissionDenied
    days, here = charts.last_days(), reverse("admin:articles_readings")
    article = _asked(request)
    context = {
        **site.each_context(request),
        "title": _("Page views"),
        "article": article,
        "panel": {"chart": figures.readings_chart(here, article=article)},
        "sections": [] if article else page_views.by_section(days),
        "articles": [] if article else page_views.by_article(days, number=NUMBER, user=user),
        "here": here,
    }
    return TemplateResponse(request, "admin/articles/readings.html", context)


def _asked(request: HttpRequest) -> Article | None:
    wanted = request.GET.get("article", "")
    if not wanted:
        return None
    found = Article.objects.visible_to(request.user).filter(pk=int(wanted)).first() if is_id(wanted) else None  # type: ignore[arg-type]  # staff
    if found is None:
        raise Http404
    return found
