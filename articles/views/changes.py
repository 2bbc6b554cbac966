"""What changed in an article since readers saw it first."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone

from articles import changes as change_log
from articles.models import Article
from articles.views.lists import section as section_view
from newsroom.frame import for_request
from newsroom.languages import activate_for
from newsroom.public_page import public_page


@public_page
def changes(request: HttpRequest, path: str, slug: str, pk: str) -> HttpResponse:
    """The change log of a public article, the newest first; ``?before=<number>`` goes on below that entry.

    404 if the site does not show changes. Any other section or slug leads (301) to the canonical address.
    Template: articles/changes.html, context: article, found (articles.changes.Change), older (a number, 0: none),
    is_first.
    """
    frame = for_request(request)
    if any(section.path == f"{path}/{slug}-{pk}/changes/" for section in frame.sections):
        return section_view(request, path=f"{path}/{slug}-{pk}/changes")
    article = Article.objects.public(timezone.now()).select_related("section").filter(pk=int(pk)).first()
    if article is None or not frame.site.show_changes:
        raise Http404
    if (path, slug) != (article.section.path.rstrip("/"), article.slug):  # type: ignore[union-attr]  # public: it has one
        return HttpResponsePermanentRedirect(article.get_changes_url())
    activate_for(request, article.language)
    entries = change_log.log(article)
    below = _below(request, len(entries))
    start = len(entries) - below
    context = {
        "article": article,
        "found": change_log.with_differences(entries[start : start + change_log.PAGE]),
        "older": max(0, below - change_log.PAGE),
        "is_first": start == 0,
    }
    response = render(request, "articles/changes.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _below(request: HttpRequest, count: int) -> int:
    """How many of ``count`` entries, the oldest, the asked page goes down from. Raises Http404 for nonsense."""
    asked = request.GET.get("before", "")
    if not asked:
        return count
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10 and 0 < int(asked) <= count):
        raise Http404
    return int(asked)
