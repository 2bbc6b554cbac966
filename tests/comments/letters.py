"""A guest who wants letters, and what stands in the letters."""

import re
from datetime import timedelta

from django.core import mail
from django.utils import timezone

from tests.factories import PublishedCommentFactory

ANA = {"name": "Ana Luz", "email": "ana@example.org", "letters": "1"}


def later(**span):
    """A moment ahead, three minutes unless told otherwise."""
    return timezone.now() + timedelta(**(span or {"minutes": 3}))


def link(kind, number=-1):
    """The path of a link in a letter."""
    found = re.findall(r"http://127.0.0.1:8000(/\S+)", mail.outbox[number].body)
    return next(path for path in found if f"/{kind}/" in path)


def stop_of(letter):
    """The path at which a mail program ends the letters."""
    return letter.extra_headers["List-Unsubscribe"].strip("<>").split("8000", 1)[1]


def answer(comment, **fields):
    """A published answer to ``comment``, by another reader unless told otherwise."""
    return PublishedCommentFactory(article=comment.article, parent=comment, **fields)
