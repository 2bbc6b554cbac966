"""What the newsroom's own pages know of a reader: saved stories, followed topics, newsletters, error reports."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.db.models.functions import Lower

from articles.models import ErrorReport, FollowedTopic, SavedArticle, Subscription
from newsroom.accounts.parts import Part
from newsroom.models import User


def export(reader: User) -> dict[str, Any]:
    """Numbers of saved stories, names of followed topics and of newsletters, as plain JSON values. Four queries."""
    saved = SavedArticle.objects.filter(reader=reader).order_by("pk")
    followed = FollowedTopic.objects.filter(reader=reader).order_by("pk")
    letters = Subscription.objects.annotate(key=Lower("email")).filter(key__in=_addresses(reader))
    return {
        "saved": [{"article": pk, "at": at.isoformat()} for pk, at in saved.values_list("article", "saved_at")],
        "followed": list(followed.values_list("topic__name", flat=True)),
        "newsletters": [str(subscription.newsletter) for subscription in letters.select_related("newsletter")],
    }


def forget(reader: User) -> None:
    """No newsletter goes to the reader's addresses, and no error report holds one. What is tied to the account goes with it."""
    addresses = _addresses(reader)
    Subscription.objects.annotate(key=Lower("email")).filter(key__in=addresses).delete()
    ErrorReport.objects.annotate(key=Lower("email")).filter(key__in=addresses).update(email="", is_letter_due=False)


def unread(reader: User) -> int:
    return 0


def _addresses(reader: User) -> list[str]:
    """The addresses that are certainly the reader's, in lower case. One query."""
    confirmed = EmailAddress.objects.filter(user=reader, verified=True).values_list("email", flat=True)
    return sorted({address.lower() for address in (reader.email, *confirmed) if address})


PART = Part(name="reading", export=export, forget=forget, unread=unread)
