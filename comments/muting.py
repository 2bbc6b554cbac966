"""A reader decides not to read another one. It holds for that reader alone, and nobody else notices."""

from __future__ import annotations

from comments.models import Comment, Mute
from newsroom.models import User

MOST_HIDDEN = 500  # comments of one article that a page is told to hide


def mute(*, reader: User, muted: User) -> None:
    """``reader`` does not see what ``muted`` writes. Done twice it is once; nobody mutes themselves."""
    if reader.pk != muted.pk:
        Mute.objects.get_or_create(reader=reader, muted=muted)


def unmute(*, reader: User, muted_id: int) -> None:
    """``reader`` sees again what the account ``muted_id`` writes."""
    Mute.objects.filter(reader=reader, muted=muted_id).delete()


def hidden(*, reader: User, article_id: int) -> list[int]:
    """The ids of the published comments under the article that ``reader`` does not want to see. One query."""
    muted = Mute.objects.filter(reader=reader).values("muted")
    rows = Comment.objects.published().filter(author__in=muted, article=article_id)
    return list(rows.order_by("-created_at", "-pk").values_list("pk", flat=True)[:MOST_HIDDEN])


def muted_by(reader: User) -> frozenset[int]:
    """The accounts that ``reader`` does not want to read. One query."""
    return frozenset(Mute.objects.filter(reader=reader).values_list("muted", flat=True))
