"""What the sheet's script sends every few seconds. Answers are JSON with a sentence; nothing typed is ever dropped."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import checks, presence, publishing
from articles.admin import sheet
from articles.admin.article_form import ArticleForm
from articles.models import Article


def autosave(request: HttpRequest, article: Article | None) -> JsonResponse:
    """The content sent is the writer's open version, or nothing was written and the answer says why.

    200 ``{base, saves, url, preview, saved, checks}``: the version's number and count, the sheet's address, the sentence
    "Saved 16:22", the panel of checks. 409 somebody else saved or took over; 410 it can no longer be edited; 422 a field is wrong:
    ``{error}``, a sentence.
    """
    if article is not None and article.status not in publishing.EDITABLE:
        return _refused(_("This article can no longer be edited."), 410)
    taken = presence.taken_sentence(article, request.user, request.POST.get("page", "")) if article else ""  # type: ignore[arg-type]  # staff
    if taken:
        return _refused(taken, 409)
    form = ArticleForm(request.POST, article=article)
    if not form.is_valid():
        return _refused(_first_error(form), 422)
    try:
        article = sheet.autosave(article, form, by=request.user)
    except publishing.StaleRevision as stale:
        return _refused(_taken(stale), 409)
    except (publishing.ActRefused, ValidationError) as refusal:
        return _refused(" ".join(getattr(refusal, "messages", None) or [str(refusal)]), 422)
    return JsonResponse(_saved(article, form))


def _saved(article: Article, form: ArticleForm) -> dict[str, Any]:
    latest = article.latest_revision
    found = checks.run(form.content().cleaned())
    return {
        "base": latest.number if latest else None,
        "saves": latest.saves if latest else None,
        "url": reverse("admin:articles_article_change", args=[article.pk]),
        "preview": reverse("admin:articles_article_preview", args=[article.pk]),
        "saved": _("Saved %(time)s") % {"time": date_format(timezone.localtime(article.edited_at), "H:i")},
        "checks": render_to_string("admin/articles/article/_checks.html", {"checks": found, "article": article}),
    }


def _refused(sentence: str, status: int) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status)


def _taken(stale: publishing.StaleRevision) -> str:
    who = stale.theirs.author.display_name if stale.theirs.author else "–"
    return _("%(who)s saved this article meanwhile. Press Save: both texts are then shown side by side.") % {"who": who}


def _first_error(form: ArticleForm) -> str:
    name, errors = next(iter(form.errors.items()))
    label = form.fields[name].label if name in form.fields else ""
    return f"{label}: {errors[0]}" if label else str(errors[0])
