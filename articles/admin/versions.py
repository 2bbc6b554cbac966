"""The versions of an article: the whole list, any two compared."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from articles import publishing
from articles.admin.article_form import ArticleForm
from articles.comparison import compare
from articles.content import Content
from articles.models import Article, Revision

PAGE = 50


OF_FORM = {"section_id": "section", "translation_of_id": "translation_of", "byline_ids": "bylines"}


def field_labels() -> dict[str, str]:
    """What the sheet calls the fields of articles.content.Content."""
    fields = ArticleForm.base_fields
    return {name: str(fields[OF_FORM.get(name, name)].label or name) for name in Content().to_json()}


def version_list(request: HttpRequest, article: Article, *, site: Any) -> HttpResponse:
    """Every version, fifty a page. Template: admin/articles/article/versions.html, context: article, page, acts by version.

    Three queries besides the frame's.
    """
    found = article.revisions.select_related("author").defer("content").order_by("-number")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    acts: dict[int, list[Any]] = {}
    for act in article.acts.filter(revision__in=[version.pk for version in page]).select_related("by"):
        acts.setdefault(act.revision_id or 0, []).append(act)
    context = {
        **site.each_context(request),
        "title": _("Versions"),
        "article": article,
        "page": page,
        "rows": [(version, acts.get(version.pk, [])) for version in page],
        "editable": publishing.is_editable(article),
    }
    return TemplateResponse(request, "admin/articles/article/versions.html", context)


def comparison(request: HttpRequest, article: Article, *, site: Any) -> HttpResponse:
    """Two versions, ``?from=3&to=7`` in either order; left out: the public one, or the one before, and the newest.

    Template: admin/articles/article/compare.html, context: article, old, new, changes (label, parts, is_only_markup).
    404 for versions that are not there.
    """
    newest = article.latest_revision
    if newest is None:
        raise Http404
    new = _version(article, request.GET.get("to", "")) or newest
    old = _version(article, request.GET.get("from", "")) or _before(article, new)
    if old.number > new.number:
        old, new = new, old
    labels = field_labels()
    changes = compare(Content.from_json(old.content), Content.from_json(new.content))
    context = {
        **site.each_context(request),
        "title": _("Version %(old)s and version %(new)s") % {"old": old.number, "new": new.number},
        "article": article,
        "old": old,
        "new": new,
        "changes": [(labels[change.name], change) for change in changes],
        "editable": publishing.is_editable(article),
    }
    return TemplateResponse(request, "admin/articles/article/compare.html", context)


def _version(article: Article, typed: str) -> Revision | None:
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10):
        raise Http404
    found = article.revisions.select_related("author").filter(number=int(typed)).first()
    if found is None:
        raise Http404
    return found


def _before(article: Article, version: Revision) -> Revision:
    public = article.live_revision
    if public is not None and public.number < version.number:
        return public
    return article.revisions.filter(number__lt=version.number).order_by("-number").first() or version
