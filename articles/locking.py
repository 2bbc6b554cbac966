"""The lock: an article stays as it is until somebody takes the lock off. It is a decision with a reason, not a person who types.

Locked, it is not edited, saved by itself, moved, trashed, published or updated, and nothing is posted or corrected under
it. What takes it away from readers stays possible: withdrawing, killing, taking it off the schedule, cancelling its
update, removing a post. A time that was set before still comes; an update that was scheduled is held
(articles.updates.apply_due).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import rights
from articles.acts import NoteMissing, WrongState, may, record
from articles.acts import lock as lock_row
from articles.models import Article, Status
from newsroom.text import clean_line

if TYPE_CHECKING:
    from newsroom.models import User

PERMISSION = "articles.lock_article"
FIELDS = ["locked_at", "locked_by", "lock_reason"]


def available_acts(article: Article, user: User) -> list[str]:
    """ "lock" or "unlock", if ``user`` may."""
    if not rights.may(user, PERMISSION, article):
        return []
    if article.is_locked:
        return ["unlock"]
    return [] if article.status in {Status.KILLED, Status.TRASH} else ["lock"]


@transaction.atomic
def lock(*, article: Article, by: User | None, note: str) -> None:
    """Nobody changes the article any more, for the reason ``note``. Raises NoteMissing without one, WrongState if it is
    locked, killed or in the trash."""
    lock_row(article)
    may(by, PERMISSION, article)
    if article.is_locked:
        raise WrongState(_("It is locked already: %(reason)s") % {"reason": article.lock_reason})
    if article.status in {Status.KILLED, Status.TRASH}:
        raise WrongState(_("This article can no longer be edited."))
    reason = clean_line(note)[:300]
    if not reason:
        raise NoteMissing(_("Write a note: it says why it is locked."))
    article.locked_at, article.locked_by, article.lock_reason = timezone.now(), by, reason
    article.save(update_fields=FIELDS)
    record(article, "lock", by=by, at=article.locked_at, note=reason)


@transaction.atomic
def unlock(*, article: Article, by: User | None, note: str = "") -> None:
    """The article may be changed again. Nothing happens if it is not locked."""
    lock_row(article)
    may(by, PERMISSION, article)
    if not article.is_locked:
        return
    article.locked_at, article.locked_by, article.lock_reason = None, None, ""
    article.save(update_fields=FIELDS)
    record(article, "unlock", by=by, at=timezone.now(), note=note)
