"""The table of an article's life: from which state each act leads to which, which right it needs, what it requires."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from articles.models import Article, Status

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Transition:
    """An act: from which states, to which, which right it needs, what it requires."""

    label: str | _StrPromise
    sources: frozenset[str]
    target: str
    permission: str
    needs_note: bool = False
    needs_checks: bool = False


_WRITING = frozenset({Status.DRAFT, Status.CHANGES_WANTED})
_BEFORE = frozenset({Status.DRAFT, Status.IN_REVIEW, Status.CHANGES_WANTED, Status.APPROVED})
TRANSITIONS: dict[str, Transition] = {
    "submit": Transition(gettext_lazy("Send to review"), _WRITING, Status.IN_REVIEW, "articles.submit_article"),
    "ask_changes": Transition(
        gettext_lazy("Ask for changes"),
        frozenset({Status.IN_REVIEW, Status.APPROVED}),
        Status.CHANGES_WANTED,
        "articles.review_article",
        needs_note=True,
    ),
    "approve": Transition(
        gettext_lazy("Approve"), frozenset({Status.IN_REVIEW}), Status.APPROVED, "articles.review_article"
    ),
    "publish": Transition(
        gettext_lazy("Publish"),
        _BEFORE | {Status.WITHDRAWN},
        Status.LIVE,
        "articles.publish_article",
        needs_checks=True,
    ),
    "update": Transition(
        gettext_lazy("Update"), frozenset({Status.LIVE}), Status.LIVE, "articles.publish_article", needs_checks=True
    ),
    "unschedule": Transition(
        gettext_lazy("Take off the schedule"), frozenset({Status.LIVE}), Status.APPROVED, "articles.publish_article"
    ),
    "withdraw": Transition(
        gettext_lazy("Withdraw"),
        frozenset({Status.LIVE}),
        Status.WITHDRAWN,
        "articles.withdraw_article",
        needs_note=True,
    ),
    "ask_kill": Transition(
        gettext_lazy("Ask for a kill"),
        frozenset({Status.LIVE, Status.WITHDRAWN}),
        Status.WITHDRAWN,
        "articles.kill_article",
        needs_note=True,
    ),
    "refuse_kill": Transition(
        gettext_lazy("Do not kill it"), frozenset({Status.WITHDRAWN}), Status.WITHDRAWN, "articles.kill_article"
    ),
    "kill": Transition(gettext_lazy("Kill"), frozenset({Status.WITHDRAWN}), Status.KILLED, "articles.kill_article"),
    "trash": Transition(
        gettext_lazy("Move to trash"), _BEFORE | {Status.WITHDRAWN}, Status.TRASH, "articles.delete_article"
    ),
    "restore": Transition(gettext_lazy("Restore"), frozenset({Status.TRASH}), Status.DRAFT, "articles.delete_article"),
}
PLANNABLE = _BEFORE
TAKE_AWAY = frozenset({"unschedule", "withdraw", "ask_kill", "refuse_kill", "kill"})  # no lock stands in their way
EDITABLE = _BEFORE | {Status.LIVE, Status.WITHDRAWN}


def is_editable(article: Article) -> bool:
    """Whether its state and its lock let anybody write."""
    return article.status in EDITABLE and not article.is_locked
