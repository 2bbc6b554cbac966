"""The screen from which a live coverage is written: a small form on top, the posts under it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import coverage, live_page, rights
from articles.acts import ActRefused
from articles.admin.widgets import Moment
from articles.body.field import BodyWidget
from articles.coverage import EntryContent, StaleEntry
from articles.models import Article, Byline, Coverage, LiveEntry
from articles.publishing import NotFitToPrint
from media.models import Photo
from newsroom.autocomplete import KnownSelect, is_id

ROWS = 30
EMPTY_ACTS = {"start": coverage.start_coverage, "end": coverage.end_coverage}
ENTRY_ACTS = {
    "publish": coverage.publish_entry,
    "remove": coverage.remove,
    "put_back": coverage.put_back,
    "pin": coverage.pin,
    "unpin": coverage.unpin,
    "key": coverage.mark_key,
    "unkey": coverage.unmark_key,
}


class EntryForm(forms.Form):
    """A post as typed. Texts arrive raw: control characters are cleaned, not refused, so that no paste is lost."""

    headline = forms.CharField(label=gettext_lazy("Headline (optional)"), max_length=200, required=False)
    body = forms.CharField(label=gettext_lazy("Text"), required=False, strip=False)
    byline = forms.ModelChoiceField(label=gettext_lazy("Author"), queryset=Byline.objects.all(), required=False)
    photo = forms.ModelChoiceField(label=gettext_lazy("Photo"), queryset=Photo.objects.all(), required=False)
    at = Moment(label=gettext_lazy("Time shown"), help_text=gettext_lazy("Empty means now."))
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    base = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["body"].widget = BodyWidget()
        fields["body"].widget.attrs["rows"] = 6
        for name in ("byline", "photo"):
            known = LiveEntry._meta.get_field(name)
            fields[name].widget = KnownSelect(known, admin.site, choices=fields[name].choices)
        for name in ("headline", "body"):
            kept = [v for v in fields[name].validators if type(v).__name__ != "ProhibitNullCharactersValidator"]
            fields[name].validators = kept

    def content(self, entry: LiveEntry | None) -> EntryContent:
        """What was typed, of a valid form. The time of ``entry`` keeps its seconds if the minute was left alone."""
        data = self.cleaned_data
        at = data["at"]
        if entry is not None and at == _minute(entry.at):
            at = entry.at
        return EntryContent(
            headline=data["headline"],
            body=paragraphs(data["body"]),
            byline_id=data["byline"].pk if data["byline"] else None,
            photo_id=data["photo"].pk if data["photo"] else None,
            at=at,
        )

    def add_refusal(self, refusal: ValidationError | ActRefused) -> None:
        """The sentences stand at their fields, those without one at the top."""
        found: list[tuple[str | None, str]] = [(None, str(refusal))] if isinstance(refusal, ActRefused) else []
        if isinstance(refusal, NotFitToPrint):
            found = [(failure.field, failure.message) for failure in refusal.failures]
        elif isinstance(refusal, ValidationError):
            found = [(name, message) for name, messages in refusal.message_dict.items() for message in messages]
        for name, message in found:
            self.add_error(name if name in self.fields else None, message)


def paragraphs(typed: str) -> str:
    """What a plain text area sends as the editor would: lines become paragraphs. Markup stays as it is."""
    return typed if "<" in typed and ">" in typed else str(linebreaks(typed, autoescape=True)) if typed.strip() else ""


def coverage_desk(request: HttpRequest, article: Article, *, site: Any) -> HttpResponse:
    """The live coverage of ``article``: start and end it, post, edit, pin, mark, remove and undo.

    Template: admin/articles/article/coverage.html, context: article, coverage, form, editing (the entry in the form),
    rows, theirs, older_url. ``?edit=<id>`` puts a post into the form (``&version=<number>``: as it was), ``?before=<cursor>`` shows older ones. A refused
    act answers 422 with the text kept, a stale one 409 with theirs beside it. ``?stamp`` answers JSON: a number that
    grows with every act on the article, by which an open screen knows that colleagues wrote.
    """
    user = _person(request)
    if not (rights.may(user, coverage.POST, article) and rights.may(user, "articles.change_article", article)):
        raise PermissionDenied
    if request.method == "POST":
        return _posted(request, article, site)
    if "stamp" in request.GET:
        return JsonResponse({"stamp": _stamp(article)})
    editing = _entry(article, request.GET["edit"]) if "edit" in request.GET else None
    return _page(request, article, site, _form(request, editing), editing=editing)


def _posted(request: HttpRequest, article: Article, site: Any) -> HttpResponse:
    act = request.POST.get("act", "")
    if act in EMPTY_ACTS or act in ENTRY_ACTS:
        return _pressed(request, article, act)
    editing = _entry(article, request.POST["entry"]) if request.POST.get("entry") else None
    form = EntryForm(request.POST)
    if not form.is_valid():
        return _page(request, article, site, form, editing=editing, status=422)
    try:
        said = _written(act, article, editing, form, by=_person(request))
    except StaleEntry as stale:
        form.data = {**form.data.dict(), "base": str(stale.number)}  # type: ignore[attr-defined]  # a QueryDict
        form.add_refusal(stale)
        return _page(request, article, site, form, editing=editing, theirs=stale.theirs, status=409)
    except (ActRefused, ValidationError) as refusal:
        form.add_refusal(refusal)
        return _page(request, article, site, form, editing=editing, status=422)
    messages.success(request, said)
    return HttpResponseRedirect(f"{request.path}#posted")


def _written(act: str, article: Article, editing: LiveEntry | None, form: EntryForm, *, by: Any) -> str:
    """What the form holds is said; the sentence for the person. Raises what articles.coverage raises."""
    content, key = form.content(editing), form.cleaned_data["key"]
    if editing:
        coverage.edit(entry=editing, content=content, by=by, base=form.cleaned_data["base"])
        return _("Saved.")
    if act == "draft":
        coverage.keep_draft(article=article, content=content, by=by, key=key)
        return _("Kept as a draft. Readers do not see it.")
    coverage.post(article=article, content=content, by=by, key=key)
    return _("Posted.")


def _pressed(request: HttpRequest, article: Article, act: str) -> HttpResponse:
    """An act without a text is done, or a sentence says why not; back to where the button stood."""
    place, by = "", _person(request)
    try:
        if act in EMPTY_ACTS:
            EMPTY_ACTS[act](article=article, by=by)
        else:
            entry = _entry(article, request.POST.get("entry", ""))
            ENTRY_ACTS[act](entry=entry, by=by)
            place = f"#e{entry.pk}"
    except ActRefused as refusal:
        messages.error(request, str(refusal))
    before = request.POST.get("before", "")
    query = f"?before={before}" if before.replace("-", "").isdigit() else ""
    return HttpResponseRedirect(f"{request.path}{query}{place}")


def _person(request: HttpRequest) -> Any:
    """Staff: the admin's door lets nobody else in."""
    return request.user


def _stamp(article: Article) -> int:
    return article.acts.aggregate(newest=Max("pk"))["newest"] or 0


def _entry(article: Article, typed: str) -> LiveEntry:
    if not is_id(typed):
        raise Http404
    return get_object_or_404(LiveEntry.objects.select_related("article"), pk=int(typed), article=article)


def _form(request: HttpRequest, editing: LiveEntry | None) -> EntryForm:
    if editing is None:
        own = Byline.objects.filter(user=request.user.pk).first()
        return EntryForm(initial={"byline": own, "key": uuid4()})
    newest = editing.revisions.first()
    given = {name: getattr(editing, name) for name in ("headline", "body", "byline", "photo")}
    number = request.GET.get("version", "")
    old = editing.revisions.filter(number=int(number)).first() if is_id(number) else None
    if old is not None:
        given |= {"headline": old.content["headline"], "body": old.content["body"], "photo": old.content["photo_id"]}
    return EntryForm(initial={**given, "at": _minute(editing.at), "base": newest.number if newest else None})


def _minute(moment: Any) -> Any:
    """As the form shows it: browsers send no seconds."""
    return moment.replace(second=0, microsecond=0)


def _page(
    request: HttpRequest,
    article: Article,
    site: Any,
    form: EntryForm,
    *,
    editing: LiveEntry | None = None,
    theirs: EntryContent | None = None,
    status: int = 200,
) -> HttpResponse:
    before = request.GET.get("before", "") or request.POST.get("before", "")
    entries = LiveEntry.objects.filter(article=article)
    rows = entries.filter(live_page.after(before)) if before else entries
    found = list(
        rows.with_authors().select_related("created_by").prefetch_related("revisions__by").newest_first()[: ROWS + 1]
    )
    user = _person(request)
    posts = live_page.posts(found[:ROWS], article=article, at=timezone.now())
    context = {
        **site.each_context(request),
        "title": _("Live coverage"),
        "article": article,
        "coverage": Coverage.objects.filter(article=article).first(),
        "is_running": article.is_live_now,
        "may_run": rights.may(user, coverage.RUN, article),
        "form": form,
        "media": form.media,
        "editing": editing,
        "theirs": theirs,
        "stamp": _stamp(article),
        "rows": [_row(post, article, user) for post in posts],
        "before": before,
        "older_url": f"?before={live_page.cursor_of(found[ROWS - 1])}" if len(found) > ROWS else "",
        "sheet_url": reverse("admin:articles_article_change", args=[article.pk]),
        "zone": timezone.get_current_timezone_name(),
    }
    request.current_app = site.name
    return TemplateResponse(request, "admin/articles/article/coverage.html", context, status=status)


def _row(post: live_page.Post, article: Article, user: Any) -> dict[str, Any]:
    """A post on the desk, what it said before, and whether its text is the person's to change."""
    return {
        "post": post,
        "entry": post.entry,
        "may_change": coverage.may_change(post.entry, user, article),
        "versions": list(post.entry.revisions.all())[1:],
    }
