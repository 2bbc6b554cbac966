"""What stood at an article's address: every entry of the archive, and the page at a chosen moment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import formats, timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from articles import archive, rights
from articles.body import references, render
from articles.models import ArchiveEntry, Article, CorrectionKind, Status
from articles.site_at import parse_moment
from media.models import Photo
from newsroom.autocomplete import is_id

PAGE = 50


def article_archive(request: HttpRequest, number: int, *, site: Any) -> HttpResponse:
    """Entries of article ``number``, newest first, ``?before=<entry>`` on; ``?at=<moment>``: what stood there then.

    Works for an article that is gone. Template: admin/articles/article/archive.html, context: article (or None), number,
    name, entries, older, wanted, sentence, moment, entry, is_sound, page (what readers saw, or None) and why (they saw
    nothing). 400 for a moment that is none, 404 for an article that nobody knows.
    """
    article = Article.objects.select_related("section").filter(pk=number).first()
    _check(request, article)
    before = request.GET.get("before", "")
    found = ArchiveEntry.objects.filter(article_number=number).defer("content")
    entries = list((found.filter(sequence__lt=int(before)) if is_id(before) else found)[: PAGE + 1])
    if article is None and not entries:
        raise Http404
    typed = request.GET.get("at", "").strip()
    moment = parse_moment(typed) if typed else None
    sentence = "" if moment or not typed else _("Type a date and a time, such as 2018-11-02T20:00.")
    context = {
        **site.each_context(request),
        "title": _("What stood here"),
        "article": article,
        "number": number,
        "name": str(article) if article else entries[0].headline,
        "entries": entries[:PAGE],
        "older": entries[PAGE - 1].sequence if len(entries) > PAGE else None,
        "wanted": timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M:%S"),  # None: now
        "sentence": sentence,
        "moment": moment,
        **(_stood(number, moment) if moment else {}),
    }
    response = TemplateResponse(
        request, "admin/articles/article/archive.html", context, status=400 if sentence else 200
    )
    response.headers["Cache-Control"] = "no-store, private"
    return response


def _check(request: HttpRequest, article: Article | None) -> None:
    """Only who has the right, in the article's section; of one that is gone, whose right reaches everywhere."""
    user: Any = request.user
    if not rights.may(user, archive.PERMISSION, article) or (article and not rights.may(user, rights.VIEW, article)):
        raise PermissionDenied
    if article is None and rights.visible_condition(user) is not None:
        raise PermissionDenied


def _stood(number: int, at: datetime) -> dict[str, Any]:
    entry = archive.in_force(number, at)
    if entry is None:
        first = ArchiveEntry.objects.filter(article_number=number).order_by("sequence").first()
        if first and first.act == archive.FOUND:
            return {"entry": None, "why": _("The archive begins later and does not know what stood here then.")}
        return {"entry": None, "why": _("It had not been published yet.")}
    said = archive.content_of(entry)
    known = {"entry": entry, "is_sound": archive.is_sound(entry)}
    if not archive.was_public(entry, said, at):
        return {**known, "why": _why(entry, said, at)}
    if said is None:
        return {**known, "why": _("What the entry holds is not what was written: it cannot be shown.")}
    return {**known, "page": _page(said, at)}


def _why(entry: ArchiveEntry, said: dict[str, Any] | None, at: datetime) -> str:
    if entry.status == Status.KILLED:
        return _("It was killed. Readers were told: “%(sentence)s”") % {"sentence": (said or {}).get("kill_note", "–")}
    if entry.status == Status.WITHDRAWN:
        return _("It was withdrawn.")
    if entry.status != Status.LIVE:
        return _("It had not been published yet.")
    if entry.public_from and entry.public_from > at:
        return _("It was to become public on %(when)s.") % {"when": _when(entry.public_from)}
    if entry.public_until and entry.public_until <= at:
        return _("It had expired on %(when)s.") % {"when": _when(entry.public_until)}
    return _("Its section was not public.")


def _when(moment: datetime) -> str:
    return formats.date_format(timezone.localtime(moment), "j F Y, H:i")


def _page(said: dict[str, Any], at: datetime) -> dict[str, Any]:
    """What readers saw, ready to show. Photos and related articles by two queries; those that are gone are left out."""
    content = said["content"]
    cited = references(content["body"])
    photos = Photo.objects.in_bulk({pk for kind, pk in cited if kind == "photo"})
    stories = Article.objects.public().for_listing().in_bulk([pk for kind, pk in cited if kind == "article"])
    kinds = dict(CorrectionKind.choices)
    return {
        **content,
        "bylines": said["bylines"],
        "section": said["section"]["name"],
        "slides": [{**slide, "credit": said["photos"].get(str(slide["photo"]), "")} for slide in said["slides"]],
        "corrections": [
            {
                **each,
                "kind": kinds.get(each["kind"], each["kind"]),
                "published_at": parse_datetime(each["published_at"]),
            }
            for each in said["corrections"]
        ],
        "times": {name: parse_datetime(time) for name, time in said["times"].items() if time},
        "html": render(content["body"], photos=photos, articles=stories, at=at, language=content["language"]),
    }
