"""Search over all comments, for moderators: by words, reader, article, state and date, in pages by keyset."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.search.query import MAX_CHARACTERS, parse, words
from comments.models import Comment, Status
from comments.querysets import CommentQuerySet
from comments.queue import ROWS, cursor_of, read_cursor
from comments.queue_rows import Row, rows_of
from newsroom.autocomplete import MAX_DIGITS
from newsroom.models import User
from newsroom.text import clean_line

MOST_ACCOUNTS = 50  # that one name may mean
MOST_LIKE = 500  # comments with the same words, and as many from the same address


class SearchForm(forms.Form):
    """What a moderator asks for. Everything may stay empty; what is odd is named and the rest still holds.

    Without ``sees_addresses`` (see comments.privacy) nobody is found by an address.
    """

    q = forms.CharField(label=_("Words"), required=False, max_length=MAX_CHARACTERS)
    reader = forms.CharField(
        label=_("Reader"), required=False, max_length=254, help_text=_("Name, user name or e-mail address")
    )
    article = forms.CharField(
        label=_("Article"), required=False, max_length=300, help_text=_("Its number or its address")
    )
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("Any")), *Status.choices])
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    like = forms.RegexField(regex=r"^\d{1,18}$", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, sees_addresses: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sees_addresses = sees_addresses
        if not sees_addresses:
            self.fields["reader"].help_text = _("Name or user name")

    def clean_q(self) -> str:
        return clean_line(self.cleaned_data["q"])

    def clean_reader(self) -> str:
        return clean_line(self.cleaned_data["reader"])

    def clean_article(self) -> int | None:
        """The number at the end of what was typed."""
        text = self.cleaned_data["article"].rstrip("/")
        digits = text[len(text.rstrip("0123456789")) :]
        if text and not 0 < len(digits) <= MAX_DIGITS:
            raise forms.ValidationError(_("This is neither the number nor the address of an article."), code="invalid")
        return int(digits) if digits else None

    @property
    def query_string(self) -> str:
        """What was asked, as a saved filter keeps it."""
        asked = {name: self.data.get(name, "").strip() for name in self.fields}
        return urlencode({name: value for name, value in asked.items() if value and name not in self.errors})


@dataclass(frozen=True)
class Found:
    """One page of ``rows``; ``next_cursor`` is empty at the end."""

    rows: list[Row]
    next_cursor: str


def find(form: SearchForm, *, before: str = "") -> Found:
    """The comments that ``form`` asks for, the newest first, from the cursor ``before`` on.

    Ten queries at most. With words the order is that of arrival, which the index of words gives without sorting.
    Raises Http404 for a cursor that is none.
    """
    form.is_valid()
    asked = form.cleaned_data
    found = _narrowed(Comment.objects.order_by(), asked, sees_addresses=form.sees_addresses)
    query = parse(asked.get("q", ""))
    if query:
        found = found.filter(search_entry__document__matches=query).order_by("-search_entry")
    else:
        found = found.order_by("-created_at", "-pk")
    if before:
        at, pk = read_cursor(before)
        behind = found.filter(search_entry__lt=pk) if query else found.filter(created_at__lte=at)
        found = behind if query else behind.filter(Q(created_at__lt=at) | Q(pk__lt=pk))
    comments = list(found.with_context()[: ROWS + 1])
    last = comments[ROWS - 1] if len(comments) > ROWS else None
    return Found(rows_of(comments[:ROWS]), cursor_of(last.created_at, last.pk) if last is not None else "")


def _narrowed(found: CommentQuerySet, asked: dict[str, Any], *, sees_addresses: bool) -> CommentQuerySet:
    if asked.get("reader"):
        found = found.filter(_of_reader(asked["reader"], sees_addresses=sees_addresses))
    if asked.get("article"):
        found = found.filter(article=asked["article"])
    if asked.get("state"):
        found = found.filter(status=asked["state"])
    for name, lookup, days in (("since", "created_at__gte", 0), ("until", "created_at__lt", 1)):
        if asked.get(name):
            found = found.filter(**{lookup: _midnight(asked[name], days)})
    if asked.get("like"):
        found = found.filter(_like(int(asked["like"]), sees_addresses=sees_addresses))
    return found


def _of_reader(text: str, *, sees_addresses: bool) -> Q:
    """Comments by the account whose user name or address is ``text``, by guests who wrote it, and by everybody of that name."""
    same = Q(login=text.lower()) | (Q(mail=text.lower()) if sees_addresses else Q(pk__in=[]))
    accounts = User.objects.alias(login=Lower("username"), mail=Lower("email")).filter(same)
    found = Q(author__in=list(accounts.order_by("pk").values_list("pk", flat=True)[:MOST_ACCOUNTS]))
    if "@" in text and sees_addresses:
        return found | Q(author=None, guest_email=text) & ~Q(guest_email="")
    return found | _named(text)


def _named(text: str) -> Q:
    """Comments by people of that name, in any case: found by the index of words, then compared."""
    query = parse(" ".join(f'"{word}"' for word in words(text)))
    if not query:
        return Q(pk__in=[])
    found = Comment.objects.filter(search_entry__document__matches=query)
    found = found.filter(Q(guest_name__iexact=text) | Q(author__name__iexact=text))
    return Q(pk__in=found.order_by().values("pk"))


def _midnight(day: date, days: int) -> datetime:
    """The moment at which ``day`` begins in the site's zone, ``days`` later; kept within what every database holds."""
    kept = min(max(day, date(1900, 1, 1)), date(9000, 1, 1))
    return timezone.make_aware(datetime.combine(kept + timedelta(days=days), time()))


def _like(pk: int, *, sees_addresses: bool) -> Q:
    """The newest comments with the words or the network address of comment ``pk``. Three queries."""
    names = ("words_hash", "address_hash") if sees_addresses else ("words_hash",)
    model = Comment.objects.filter(pk=pk).values_list(*names).first()
    found = {pk}
    for name, value in zip(names, model or (), strict=False):
        same = Comment.objects.filter(**{name: value}).exclude(**{name: ""}).order_by("-created_at", "-pk")
        found |= set(same.values_list("pk", flat=True)[:MOST_LIKE])
    return Q(pk__in=found)
