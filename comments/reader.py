"""Who is at the other end: what is known of a reader without keeping their address."""

from __future__ import annotations

from django.http import HttpRequest

from newsroom import visitors
from newsroom.visitors import network_of

__all__ = ["hashed", "network_of", "posted_ids", "remember_posted"]

POSTED_KEY = "comments_posted"  # in a guest's session: the ids of their comments
POSTED_KEPT = 20


def hashed(kind: str, value: str) -> str:
    """A keyed hash of ``value`` (64 hex digits): comparable here, worthless elsewhere. Empty for an empty value."""
    return visitors.hashed(f"comments.{kind}", value)


def remember_posted(request: HttpRequest, pk: int) -> None:
    """A guest's session knows that comment ``pk`` is theirs."""
    kept = [known for known in posted_ids(request) if known != pk]
    request.session[POSTED_KEY] = [*kept, pk][-POSTED_KEPT:]


def posted_ids(request: HttpRequest) -> list[int]:
    """The ids of the comments that were posted in this session as a guest."""
    kept = request.session.get(POSTED_KEY, [])
    return [pk for pk in kept if isinstance(pk, int)] if isinstance(kept, list) else []
