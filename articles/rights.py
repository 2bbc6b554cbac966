"""Who may do what with which article: the one answer for acts, buttons and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from articles.models import Article
    from newsroom.models import User


def may(user: User, permission: str, article: Article | None = None) -> bool:
    """Whether ``user`` has the right ``permission`` ("articles.publish_article") for ``article``; None: for some article."""
    return user.has_perm(permission)
