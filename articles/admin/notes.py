"""The page of an article's notes: the talk on one side, the paragraphs it is about on the other."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import notes, revisions, rights
from articles.acts import ActRefused
from articles.admin.assignments import PersonChoice
from articles.models import Article, Note
from articles.models.note import MOST_LETTERS
from newsroom.autocomplete import is_id
from newsroom.models import User
from newsroom.roles import is_guest

MOST_PEOPLE = 500  # offered while an @ is typed


class NoteForm(forms.Form):
    """A note as typed."""

    body = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("@user name tells a colleague."),
        max_length=MOST_LETTERS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    tell = PersonChoice(label=gettext_lazy("Tell"), queryset=User.objects.none(), required=False)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["tell"].queryset = User.objects.none() if is_guest(user) else notes.colleagues()
        self.people = [
            {"username": each.username, "name": each.display_name} for each in fields["tell"].queryset[:MOST_PEOPLE]
        ]
        fields["body"].validators = fields["body"].validators[:1]  # its length; NUL and its like are cleaned


def article_notes(request: HttpRequest, article: Article, *, site: Any) -> HttpResponse:
    """The talk about ``article``; POST writes, answers, resolves or reopens.

    Template: admin/articles/article/notes.html, context: see _talk. 422 keeps the text.
    """
    if not rights.may(request.user, notes.VIEW, article):  # type: ignore[arg-type]  # staff
        raise PermissionDenied
    content = revisions.latest_content(article)
    now, form, status = notes.paragraphs(content), NoteForm(initial={"key": uuid4()}, user=request.user), 200
    if request.method == "POST":
        form = NoteForm(request.POST, user=request.user)
        try:
            where = _done(request, article, form, now)
        except ActRefused as refusal:
            form.add_error("body" if isinstance(refusal, notes.EmptyNote) else None, str(refusal))
            where = None
        if where is not None:
            return HttpResponseRedirect(f"{request.path}#{where}")
        status = 422
    context = {**site.each_context(request), "title": _("Notes"), **_talk(request, article, form, now)}
    return TemplateResponse(request, "admin/articles/article/notes.html", context, status=status)


def _talk(request: HttpRequest, article: Article, form: NoteForm, now: list[str]) -> dict[str, Any]:
    """article, form, people (who can be mentioned), answering (a note or None), block and quote (of the paragraph chosen),
    parts (of text and its open entries), loose (entries of no paragraph), settled."""
    asked = request.POST if request.method == "POST" else request.GET
    answering = _note(article, asked.get("parent", ""))
    block = None if answering else _block(asked.get("block", ""), now)
    entries = notes.stream(article, now)
    is_open = [entry for entry in entries if entry.note is None or entry.note.resolved_at is None]
    return {
        "article": article,
        "form": form,
        "people": form.people,
        "answering": answering,
        "block": block,
        "quote": "" if block is None else now[block],
        "parts": [
            {"text": text, "entries": [entry for entry in is_open if entry.place == place]}
            for place, text in enumerate(now)
        ],
        "loose": [entry for entry in is_open if entry.place is None],
        "settled": [entry for entry in entries if entry not in is_open],
    }


def _done(request: HttpRequest, article: Article, form: NoteForm, now: list[str]) -> str | None:
    """What the pressed button says is done; the place on the page to go on to, or None for a form with errors."""
    by: Any = request.user
    for name, act in (("resolve", notes.resolve), ("reopen", notes.reopen)):
        if name in request.POST:
            note = get_object_or_404(Note, article=article, pk=_number(request.POST[name]))
            act(note=note, by=by)
            return f"note-{note.pk}"
    if not form.is_valid():
        return None
    data, parent = form.cleaned_data, _note(article, request.POST.get("parent", ""))
    block = _block(request.POST.get("block", ""), now)
    quote = "" if block is None else request.POST.get("quote", "") or now[block]
    given: dict[str, Any] = {
        "article": article,
        "by": by,
        "body": data["body"],
        "block": block,
        "quote": quote,
        "parent": parent,
        "mentioned": [data["tell"]] if data["tell"] else [],
    }
    try:
        with transaction.atomic():
            note = notes.write(**given, key=data["key"])
    except IntegrityError:  # the same form once more; else the key of another's
        note = Note.objects.filter(form_key=data["key"], author=by).first() or notes.write(**given)
    messages.success(request, _("The note is there."))
    return f"note-{note.pk}"


def _number(typed: str) -> int:
    return int(typed) if is_id(typed) else 0


def _note(article: Article, typed: str) -> Note | None:
    return Note.objects.select_related("author").filter(article=article, pk=_number(typed)).first() if typed else None


def _block(typed: str, now: list[str]) -> int | None:
    """The place of a paragraph as sent, if the text has it."""
    return int(typed) if is_id(typed) and int(typed) < len(now) else None
