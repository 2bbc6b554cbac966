"""An article and its translations: what there is, a new one, and a translation compared with its original."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from articles import rights, side_by_side, translations
from articles.acts import ActRefused
from articles.admin.versions import field_labels
from articles.models import Article, Translation
from articles.transitions import is_editable
from newsroom.languages import direction

BESIDE = "?beside=original"  # the sheet with the original beside it


def article_translations(request: HttpRequest, article: Article, *, site: Any) -> HttpResponse:
    """The languages of ``article``; POST ``language`` begins a translation, ``seen`` says that this one is up to date.

    Template: admin/articles/article/translations.html, context: article, original, is_original_seen, rows (of
    languages), open_languages, beside (see articles.side_by_side), labels, can_mark.
    """
    if request.method == "POST":
        return _posted(request, article)
    user: Any = request.user
    original = translations.original_of(article)
    begins = translations.may_begin(article, user)
    found = beside_for(article, user)
    context = {
        **site.each_context(request),
        "title": _("Translations"),
        "article": article,
        "original": original,
        "is_original_seen": rights.may(user, rights.VIEW, original),
        "rows": family(original, user),
        "open_languages": [language_of(code) for code in translations.open_languages(article)] if begins else [],
        "beside": found,
        "passages": named(found) if found else [],
        "can_mark": found is not None
        and rights.may(user, "articles.change_article", article)
        and is_editable(article)
        and not article.is_locked,
    }
    return TemplateResponse(request, "admin/articles/article/translations.html", context)


def _posted(request: HttpRequest, article: Article) -> HttpResponse:
    by: Any = request.user
    try:
        if "seen" in request.POST:
            translations.mark_current(article=article, by=by, seen=request.POST["seen"])
            messages.success(request, _("The translation is marked as up to date."))
            return HttpResponseRedirect(request.path)
        if not translations.may_begin(article, by):
            raise PermissionDenied
        made = translations.begin(article=article, language=request.POST.get("language", ""), by=by)
    except ActRefused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(request.path)
    messages.success(request, _("The translation is begun: all that the original says stands in it. Write over it."))
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[made.pk]) + BESIDE)


def beside_for(article: Article, user: Any) -> side_by_side.Beside | None:
    """``article`` beside its original, if it is a translation and ``user`` may read the original."""
    original = article.translation_of
    if original is None or not rights.may(user, rights.VIEW, original):
        return None
    return side_by_side.beside(article)


def named(found: side_by_side.Beside) -> list[tuple[str, side_by_side.Passage]]:
    """The passages with what the sheet calls their fields."""
    labels = field_labels()
    return [(labels[passage.name], passage) for passage in found.passages]


def family(original: Article, user: Any) -> list[dict[str, Any]]:
    """The translations of ``original`` that ``user`` may see: article, language, row. One query, and those of rights."""
    rows = Translation.objects.filter(original=original).select_related("article__section").order_by("language")
    return [
        {"article": row.article, "language": language_of(row.language), "row": row}
        for row in rows
        if rights.may(user, rights.VIEW, row.article)
    ]


def language_of(code: str) -> dict[str, str]:
    """A language for people: code, its own name, direction."""
    return {"code": code, "name": get_language_info(code)["name_local"].capitalize(), "direction": direction(code)}
