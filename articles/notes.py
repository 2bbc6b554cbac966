"""Notes to colleagues: writing, answering, resolving, and finding again the paragraph that a note is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from difflib import SequenceMatcher
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import rights
from articles.acts import ActRefused, WrongState, may
from articles.body import plain_text
from articles.models import Article, EditorialAct, Note
from articles.models.note import MOST_LETTERS
from newsroom import notices
from newsroom.models import User
from newsroom.text import clean_text

if TYPE_CHECKING:
    from articles.content import Content

VIEW = "articles.view_article"
MENTION = re.compile(r"(?<![\w@.])@([\w.+-]*\w)")
ALIKE = 0.6  # of two paragraphs, the share of letters from which on one is the other after an edit
MOST_QUOTED = 2000
WISHES = ("ask_changes", "ask_update_changes")


class EmptyNote(ActRefused):
    """It says nothing."""


@dataclass
class Entry:
    """A line of the stream: a note with its answers, or the note of who asked for changes. ``place``: its paragraph now."""

    at: datetime
    note: Note | None = None
    act: EditorialAct | None = None
    place: int | None = None
    replies: list[Note] = field(default_factory=list)


def colleagues() -> QuerySet[User]:
    """Staff who may read articles, and so can be mentioned, by name."""
    found = User.objects.with_perm(VIEW, backend="django.contrib.auth.backends.ModelBackend")
    return found.filter(is_staff=True).order_by("name", "username")


def paragraphs(content: Content) -> list[str]:
    """The text's blocks as plain text, in order, those without words left out."""
    return [line.strip() for line in plain_text(content.body).split("\n") if line.strip()]


@transaction.atomic
def write(
    *,
    article: Article,
    by: User,
    body: str,
    block: int | None = None,
    quote: str = "",
    parent: Note | None = None,
    mentioned: Iterable[User] = (),
    key: UUID | None = None,
) -> Note:
    """The note is there, and who is mentioned (@user name in the text, or in ``mentioned``) knows of it after the commit.

    An answer to an answer stands with the note that both belong to, and its author and theirs know of it too.
    Raises NotAllowed, EmptyNote, IntegrityError if the form with this ``key`` wrote one before.
    """
    may(by, VIEW, article)
    body = clean_text(body)[:MOST_LETTERS]
    if not body:
        raise EmptyNote(_("Write what you have to say."))
    top = parent and (parent.parent or parent)
    quote = "" if top else clean_text(quote)[:MOST_QUOTED]
    note = Note.objects.create(
        article=article, parent=top, author=by, body=body, block=block if quote else None, quote=quote, form_key=key
    )
    called = [who for who in dict.fromkeys([*_called(body), *mentioned]) if rights.may(who, VIEW, article)]
    note.mentions.set(called)
    url = f"{reverse('admin:articles_article_notes', args=[article.pk])}#note-{note.pk}"
    about = {"key": f"note-{note.pk}", "by": by, "about": str(article), "note": body, "url": url}
    notices.tell(called, "mention", **about)  # type: ignore[arg-type]  # a dictionary of several types
    if top:
        notices.tell([who for who in _in_talk(top) if who not in called], "answer", **about)  # type: ignore[arg-type]  # as above
    return note


def _called(body: str) -> list[User]:
    """The colleagues named in ``body``."""
    names = {name.lower() for name in MENTION.findall(body)}
    return [person for person in colleagues() if person.username.lower() in names] if names else []


def _in_talk(top: Note) -> list[User]:
    """Who wrote the note or an answer to it."""
    written = [top, *top.replies.select_related("author")]
    people = {note.author for note in written if note.author is not None}
    return [who for who in people if rights.may(who, VIEW, top.article)]


@transaction.atomic
def resolve(*, note: Note, by: User) -> None:
    """The note and its answers are settled. A second click changes nothing."""
    _settle(note, by=by, at=timezone.now())


@transaction.atomic
def reopen(*, note: Note, by: User) -> None:
    """The note is open again."""
    _settle(note, by=by, at=None)


def _settle(note: Note, *, by: User, at: datetime | None) -> None:
    may(by, VIEW, note.article)
    note.refresh_from_db(from_queryset=Note.objects.select_for_update(of=("self",)))
    if note.parent_id is not None:
        raise WrongState(_("An answer is settled with its note."))
    if (note.resolved_at is None) != (at is None):
        note.resolved_at, note.resolved_by = at, by if at else None
        note.save(update_fields=["resolved_at", "resolved_by"])


def find(note: Note, now: Sequence[str]) -> int | None:
    """Where in the paragraphs ``now`` the note's paragraph stands: unchanged in its place, moved, or the one most like it;
    None if it is gone. No query."""
    if not note.quote:
        return None
    same = [place for place, text in enumerate(now) if text == note.quote]
    if same:
        return min(same, key=lambda place: abs(place - (note.block or 0)))
    alike = []
    for place, text in enumerate(now):
        pair = SequenceMatcher(None, note.quote[:MOST_QUOTED], text[:MOST_QUOTED], autojunk=False)
        if pair.real_quick_ratio() >= ALIKE and pair.quick_ratio() >= ALIKE:
            alike.append((pair.ratio(), -abs(place - (note.block or 0)), place))
    best = max(alike, default=(0.0, 0, 0))
    return best[2] if best[0] >= ALIKE else None


def stream(article: Article, now: Sequence[str]) -> list[Entry]:
    """Notes with their answers, and what was asked for in reviews, the oldest first. Two queries."""
    found = list(article.notes.select_related("author", "resolved_by"))
    tops = {
        note.pk: Entry(note.created_at, note=note, place=find(note, now)) for note in found if note.parent_id is None
    }
    for note in found:
        if note.parent_id is not None and note.parent_id in tops:
            tops[note.parent_id].replies.append(note)
    wishes = article.acts.filter(act__in=WISHES).exclude(note="").select_related("by")
    return sorted([*tops.values(), *(Entry(act.at, act=act) for act in wishes)], key=lambda entry: entry.at)


def open_notes(article: Article) -> int:
    """How many notes on ``article`` are not resolved. One query."""
    return article.notes.filter(parent__isnull=True, resolved_at__isnull=True).count()
