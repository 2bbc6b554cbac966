"""Search over all comments on the desk, and the filters that moderators keep."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from comments.admin.queue_views import require_moderator, require_reader, shared
from comments.finding import SearchForm, find
from comments.models import SavedFilter
from comments.privacy import sees_addresses
from newsroom.text import clean_line

MOST_FILTERS = 30


def search(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """What was asked for, the newest first. Template: admin/comments/comment/search.html.

    Context: form, rows, next_cursor, asked (query string), filters and that of ``queue_views.shared``.
    """
    require_reader(request)
    form = SearchForm(request.GET, sees_addresses=sees_addresses(request.user))
    found = find(form, before=request.GET.get("after", ""))
    context = {
        **shared(request, site, title=_("Search comments"), rows=found.rows),
        "form": form,
        "next_cursor": found.next_cursor,
        "asked": form.query_string,
        "filters": SavedFilter.objects.filter(owner=request.user.pk)[:MOST_FILTERS],
        "place": "search",
        "tab": "search",
    }
    return TemplateResponse(request, "admin/comments/comment/search.html", context)


def filters(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Keeps the search ``query`` under ``name``, or forgets filter ``forget``, of the moderator's own, and returns to the search."""
    moderator = require_moderator(request)
    own = SavedFilter.objects.filter(owner=moderator)
    query = SearchForm(QueryDict(request.POST.get("query", "")[:2000])).query_string[:600]
    forget, name = request.POST.get("forget", ""), clean_line(request.POST.get("name", ""))[:60]
    if forget:
        if forget.isascii() and forget.isdigit() and len(forget) <= 18:
            own.filter(pk=int(forget)).delete()
        messages.info(request, _("The filter is forgotten."))
    elif not name or not query:
        messages.error(request, _("A filter needs a name and something to search for."))
    elif own.count() >= MOST_FILTERS and not own.filter(name=name).exists():
        messages.error(request, _("You keep as many filters as there is room for. Forget one first."))
    else:
        SavedFilter.objects.update_or_create(owner=moderator, name=name, defaults={"query": query})
        messages.success(request, _("The filter “%(name)s” is kept.") % {"name": name})
    return HttpResponseRedirect(f"{reverse('admin:comments_comment_search')}?{query}")
