"""Sharing a preview: a link for people without an account to one version, for some days. Every link made and closed is an act.

An embargo is not for reporters to hand on: while it holds, sharing needs the right to break it and a note that is kept,
and links made without that right stay closed until it is over. A link to a killed or trashed article opens nothing.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.acts import NoteMissing, WrongState, lock, may, record
from articles.models import Article, PreviewLink, Revision, Status
from newsroom.text import clean_line

if TYPE_CHECKING:
    from newsroom.models import User

PERMISSION, EMBARGOED = "articles.share_preview", "articles.break_embargo"
DAYS = (1, 3, 7, 30)
GONE = frozenset({Status.KILLED, Status.TRASH})


@transaction.atomic
def share(
    *, article: Article, revision: Revision, by: User | None, days: int, for_whom: str = "", note: str = ""
) -> tuple[PreviewLink, str]:
    """A new link to ``revision``, open for ``days``, and its token, which is kept nowhere.

    Raises NotAllowed, WrongState for what was thrown away or waits to be killed, NoteMissing under an embargo.
    """
    lock(article)
    may(by, PERMISSION, article)
    if article.status in GONE or article.kill_asked_at is not None:
        raise WrongState(_("What is in the trash, killed or waiting for it is not shared."))
    if article.embargo_holds:
        may(by, EMBARGOED, article)
        if not clean_line(note):
            raise NoteMissing(_("The embargo holds. Write a note that says why somebody may read it before."))
    token, now = secrets.token_urlsafe(32), timezone.now()
    link = PreviewLink.objects.create(
        article=article,
        revision=revision,
        token_hash=_hash(token),
        for_whom=clean_line(for_whom)[:120],
        shows_embargoed=article.embargo_holds,
        by=by,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    act = "share_embargoed" if link.shows_embargoed else "share_preview"
    said = ". ".join(part for part in (link.for_whom, clean_line(note)) if part)
    record(article, act, by=by, at=now, note=said, revision=revision)
    return link, token


@transaction.atomic
def close(*, link: PreviewLink, by: User | None) -> None:
    """The link opens nothing any more. Nothing happens if it was closed before."""
    article = link.article
    lock(article)
    may(by, PERMISSION, article)
    link.refresh_from_db()
    if link.revoked_at is None:
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])
        record(article, "close_preview", by=by, at=link.revoked_at, note=link.for_whom, revision=link.revision)


def opened_by(token: str, at: datetime) -> PreviewLink | None:
    """The link that ``token`` opens at ``at``, with its article and version; None for every other token. One query."""
    found = PreviewLink.objects.select_related("article__section", "revision").filter(token_hash=_hash(token)).first()
    return found if found is not None and is_open(found, at) else None


def is_open(link: PreviewLink, at: datetime) -> bool:
    """Whether ``link`` opens its version at ``at``. Reads the article unless it is loaded."""
    article = link.article
    is_embargoed = article.embargo_until is not None and article.embargo_until > at
    return (
        link.is_open(at)
        and article.status not in GONE
        and article.kill_asked_at is None
        and (link.shows_embargoed or not is_embargoed)
    )


def count_view(link: PreviewLink, at: datetime) -> None:
    """One more view, at ``at``. One small write."""
    PreviewLink.objects.filter(pk=link.pk).update(views=F("views") + 1, last_viewed_at=at)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
