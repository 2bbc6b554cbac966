"""How letters that rows ask for go out: taken in a short transaction, sent outside of any, marked afterwards.

No lock is held while the mail server thinks. A process that dies after it took a row delays the letter by TAKEN; one
that dies between the server's yes and the mark sends it twice, under the same Message-ID: at least once, not at most,
because a letter that nobody gets is the worse of the two.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

TAKEN = timedelta(minutes=10)  # far longer than EMAIL_TIMEOUT lets one letter take


@transaction.atomic
def take(rows: QuerySet[Any], now: datetime | None = None) -> list[int]:
    """The ids of those of ``rows`` (a table with ``taken_at``) that no other process has. They are ours for TAKEN."""
    moment = now or timezone.now()
    skip = connection.features.has_select_for_update_skip_locked
    free = rows.filter(Q(taken_at__isnull=True) | Q(taken_at__lte=moment - TAKEN))
    pks = list(free.select_for_update(of=("self",), skip_locked=skip).values_list("pk", flat=True))
    rows.model._default_manager.filter(pk__in=pks).update(taken_at=moment)
    return pks


def send(letter: EmailMessage, *, taken: QuerySet[Any]) -> None:
    """``letter`` is with the mail server. Raises OSError if that refused it; the rows ``taken`` are then free again."""
    try:
        letter.send()
    except OSError:
        taken.update(taken_at=None)
        raise


def one_click(stop: str) -> dict[str, str]:
    """Headers that let the mail program show its own button for ending such letters, which posts to the address ``stop``,
    and keep absence notices from answering them.

    Source: RFC 8058, RFC 3834.
    """
    return {
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
