"""Who is editing an article now: information, not a lock. The sheet's script says every few seconds that it is still open.

Rows lie in the database, so every process knows them; one that is not heard of for a minute counts no longer. A page
without JavaScript says nothing after it was opened and counts for a quarter of an hour. Taking over marks the others' pages: they are told at their next word, save no more by themselves, and keep their text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Prefetch, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.acts import may
from articles.models import Article, Presence

if TYPE_CHECKING:
    from newsroom.models import User

COUNTS = timedelta(seconds=75)  # three words missed
COUNTS_SILENT = timedelta(minutes=15)  # of pages that never said a word: no script runs there
KEPT = timedelta(hours=12)  # of pages that never said good-bye


@dataclass(frozen=True)
class Here:
    """Who else is editing, by name, the first who came first; and who took over from this page, when."""

    others: list[str] = field(default_factory=list)
    taken_by: str = ""
    taken_at: datetime | None = None


def page_key(typed: str) -> UUID | None:
    """The key of an open page, None for anything else."""
    try:
        return UUID(typed)
    except ValueError:
        return None


def opened(*, article: Article, by: User, page: UUID) -> Here:
    """``by`` has the sheet before them. Two queries."""
    now = timezone.now()
    row = Presence(article=article, person=by, page=page, since=now, seen_at=now)
    Presence.objects.bulk_create([row], ignore_conflicts=True)
    return here(article, by, page)


def _counting(now: datetime) -> Q:
    is_silent = Q(seen_at=F("since"))
    return Q(seen_at__gt=now - COUNTS_SILENT) & (Q(seen_at__gt=now - COUNTS) | is_silent)


def beat(*, article: Article, by: User, page: UUID) -> Here:
    """``by`` still has ``page`` open. Two queries, three for a new page."""
    now = timezone.now()
    mine = Presence.objects.filter(article=article, person=by, page=page)
    if not mine.update(seen_at=now):
        try:
            with transaction.atomic():
                Presence.objects.create(article=article, person=by, page=page, since=now, seen_at=now)
        except IntegrityError:  # two words at once, or somebody else's key
            mine.update(seen_at=now)
    return here(article, by, page)


def here(article: Article, person: User, page: UUID | None = None) -> Here:
    """Who else is editing ``article`` now, as told to ``person`` on ``page``. One query."""
    now = timezone.now()
    rows = list(Presence.objects.filter(_counting(now), article=article).select_related("person", "taken_by"))
    own = next((row for row in rows if row.page == page and row.person_id == person.pk), None)
    others = dict.fromkeys(row.person.display_name for row in rows if row.person_id != person.pk and not row.taken_at)
    if own is None or own.taken_at is None:
        return Here(list(others))
    return Here(list(others), own.taken_by.display_name if own.taken_by else "–", own.taken_at)


@transaction.atomic
def take_over(*, article: Article, by: User) -> int:
    """``by`` edits ``article`` alone: every other open page is marked; how many. Raises NotAllowed."""
    may(by, "articles.change_article", article)
    now = timezone.now()
    open_pages = Presence.objects.filter(_counting(now), article=article, taken_at__isnull=True)
    return open_pages.exclude(person=by).update(taken_by=by, taken_at=now)


def leave(*, article: Article, by: User, page: UUID) -> None:
    """The page is closed."""
    Presence.objects.filter(article=article, person=by, page=page).delete()


def taken_sentence(article: Article, person: User, typed: str) -> str:
    """Why the page with the key ``typed`` saves no more by itself; empty if it may. One query."""
    page = page_key(typed)
    if page is None:
        return ""
    mine = Presence.objects.filter(article=article, person=person, page=page, taken_at__isnull=False)
    row = mine.select_related("taken_by").first()
    if row is None or row.taken_at is None:
        return ""
    who = row.taken_by.display_name if row.taken_by else "–"
    return _("%(who)s took over at %(time)s. Press Save to put both texts together.") % {
        "who": who,
        "time": date_format(timezone.localtime(row.taken_at), "H:i"),
    }


def for_list(person: Any) -> Prefetch[Any]:
    """Prefetched on articles: ``article.others_here``, the open pages of others. One query for the whole list."""
    rows = Presence.objects.filter(_counting(timezone.now()), taken_at__isnull=True).exclude(person=person)
    return Prefetch("presences", queryset=rows.select_related("person"), to_attr="others_here")


def forget_old() -> int:
    """Pages that were closed without a word long ago are gone; how many."""
    return Presence.objects.filter(seen_at__lt=timezone.now() - KEPT).delete()[0]
