"""The newer version of a live article on its way to the public page, which stands still meanwhile: reviewed, approved,
published at a set time. ``articles.publishing.update`` publishes it at once.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import checks, publishing, revisions, rights
from articles.acts import NoteMissing, WrongState, lock, may, may_in, record, require_unlocked
from articles.content import Content
from articles.models import Article, Status, UpdateState
from articles.transitions import Transition
from newsroom import frame
from newsroom.text import clean_line

if TYPE_CHECKING:
    from newsroom.models import User

logger = logging.getLogger(__name__)
_NOT_SENT = frozenset({UpdateState.NONE, UpdateState.CHANGES_WANTED})
_WAITING = frozenset({UpdateState.IN_REVIEW, UpdateState.APPROVED})
TRANSITIONS: dict[str, Transition] = {
    "submit_update": Transition(
        gettext_lazy("Send update to review"), _NOT_SENT, UpdateState.IN_REVIEW, "articles.submit_article"
    ),
    "ask_update_changes": Transition(
        gettext_lazy("Ask for changes"),
        _WAITING,
        UpdateState.CHANGES_WANTED,
        "articles.review_article",
        needs_note=True,
    ),
    "approve_update": Transition(
        gettext_lazy("Approve update"),
        frozenset({UpdateState.IN_REVIEW}),
        UpdateState.APPROVED,
        "articles.review_article",
    ),
    "schedule_update": Transition(
        gettext_lazy("Schedule update"),
        frozenset(UpdateState),
        UpdateState.SCHEDULED,
        "articles.publish_article",
        needs_checks=True,
    ),
    "cancel_update": Transition(
        gettext_lazy("Cancel the scheduled update"),
        frozenset({UpdateState.SCHEDULED}),
        UpdateState.NONE,
        "articles.publish_article",
    ),
}


def available_acts(article: Article, user: User) -> list[str]:
    """The acts upon its update that ``user`` may do now; "schedule_update" is told by its time and not among them."""
    if article.status != Status.LIVE or not (article.has_unpublished_changes or article.update_state):
        return []
    return [
        name
        for name, step in TRANSITIONS.items()
        if name != "schedule_update"
        and (name == "cancel_update" or not article.is_locked)
        and article.update_state in step.sources
        and rights.may(user, step.permission, article)
    ]


@transaction.atomic
def submit_update(*, article: Article, by: User | None, note: str = "") -> None:
    """The newest version waits for review. Raises WrongState if the public sees it already."""
    _require("submit_update", article, by=by, note=note)
    if not article.has_unpublished_changes:
        raise WrongState(_("There is no newer version to review."))
    _enter("submit_update", article, by=by, note=note)


@transaction.atomic
def ask_update_changes(*, article: Article, by: User | None, note: str) -> None:
    """The update is back with its author, with ``note``. Raises NoteMissing without one."""
    _require("ask_update_changes", article, by=by, note=note)
    _enter("ask_update_changes", article, by=by, note=note)


@transaction.atomic
def approve_update(*, article: Article, by: User | None, note: str = "") -> None:
    """The update may be published."""
    _require("approve_update", article, by=by, note=note)
    _enter("approve_update", article, by=by, note=note)


@transaction.atomic
def schedule_update(*, article: Article, by: User | None, at: datetime, material: bool = True, note: str = "") -> None:
    """The version that is newest now becomes public at ``at`` (aware, ahead), whatever is saved until then.

    A second call replaces time and version. Raises NotFitToPrint, WrongState if nothing is new or ``at`` has passed.
    """
    _require("schedule_update", article, by=by, note=note)
    if not article.has_unpublished_changes:
        raise WrongState(_("There is no newer version to publish."))
    if at <= timezone.now():
        raise WrongState(_("The time of the update has passed. Choose a later one, or update now."))
    may_in(by, TRANSITIONS["schedule_update"].permission, revisions.latest_content(article).section_id)
    publishing.require_fit(article, at)
    article.update_at, article.update_revision, article.update_is_material = at, article.latest_revision, material
    _enter("schedule_update", article, by=by, note=note)
    frame.bump()


@transaction.atomic
def reschedule_update(*, article: Article, by: User | None, at: datetime) -> None:
    """The scheduled update becomes public at ``at`` (ahead), in the version that was scheduled, as material as it was.

    Raises NotAllowed, WrongState if none is scheduled or ``at`` has passed, NotFitToPrint.
    """
    lock(article)
    may(by, TRANSITIONS["schedule_update"].permission, article)
    require_unlocked(article)
    if article.update_state != UpdateState.SCHEDULED or article.update_revision is None:
        raise WrongState(_("It is not scheduled any more."))
    if at <= timezone.now():
        raise WrongState(_("Choose a time that lies ahead. To publish at once, open the article."))
    if article.update_at == at:
        return
    version = Content.from_json(article.update_revision.content)
    may_in(by, TRANSITIONS["schedule_update"].permission, version.section_id)
    failures = checks.blocking(version, at)
    if failures:
        raise publishing.NotFitToPrint(failures)
    article.update_at = at
    article.save(update_fields=["update_at"])
    record(article, "reschedule_update", by=by, at=timezone.now(), revision=article.update_revision)
    frame.bump()


@transaction.atomic
def cancel_update(*, article: Article, by: User | None, note: str = "") -> None:
    """The scheduled update will not happen; its version stays the newest."""
    _require("cancel_update", article, by=by, note=note)
    article.update_at = article.update_revision = None
    _enter("cancel_update", article, by=by, note=note)
    frame.bump()


def next_due() -> datetime | None:
    """When the next scheduled update becomes public. One query."""
    found: datetime | None = (
        Article.objects.filter(update_at__isnull=False)
        .order_by("update_at")
        .values_list("update_at", flat=True)
        .first()
    )
    return found


def apply_due(at: datetime | None = None) -> int:
    """Every update whose time has come by ``at`` (default now) is public, in the order of their times; how many were.

    Each happens once, whoever calls at the same time, and carries its planned time, however late it is noticed.
    """
    moment = at or timezone.now()
    due = Article.objects.filter(update_at__lte=moment).order_by("update_at", "pk").values_list("pk", flat=True)
    return sum(_apply_one(pk, moment) for pk in list(due))


@transaction.atomic
def _apply_one(pk: int, moment: datetime) -> bool:
    article = Article.objects.select_for_update(of=("self",)).filter(pk=pk, update_at__lte=moment).first()
    if article is None:  # another process was faster, or it was cancelled
        return False
    if article.is_locked:
        return _hold(article, moment)
    planned = article.acts.filter(act="schedule_update").select_related("by").first()
    by, at, version = planned.by if planned else None, article.update_at, article.update_revision
    is_material = article.update_is_material
    publishing.clear_update(article)
    try:
        with transaction.atomic():
            publishing.show(article, version, at=at, by=by, material=is_material)  # type: ignore[arg-type]  # constraint
    except publishing.NotFitToPrint as refusal:
        logger.warning("The scheduled update of article %s is not fit to print: %s", pk, refusal)
        article.refresh_from_db()
        publishing.clear_update(article)
        article.save(update_fields=publishing.UPDATE_FIELDS)
        record(article, "update_failed", by=by, at=moment, note=str(refusal))
    frame.bump()
    return True


def _hold(article: Article, moment: datetime) -> bool:
    """The update of a locked article does not go out, not even later by itself: it is approved, and somebody publishes it."""
    publishing.clear_update(article)
    article.update_state = UpdateState.APPROVED
    article.save(update_fields=publishing.UPDATE_FIELDS)
    record(article, "hold_update", by=None, at=moment, note=article.lock_reason)
    frame.bump()
    return False


def _require(name: str, article: Article, *, by: User | None, note: str) -> None:
    step = TRANSITIONS[name]
    lock(article)
    may(by, step.permission, article)
    if article.status != Status.LIVE or article.update_state not in step.sources:
        state = article.get_update_state_display() if article.update_state else article.status_label
        raise WrongState(
            _("“%(act)s” is not possible: the article is %(state)s now.") % {"act": step.label, "state": state.lower()}
        )
    if name != "cancel_update":
        require_unlocked(article)
    if step.needs_note and not clean_line(note):
        raise NoteMissing(_("Write a note: it says why."))


def _enter(name: str, article: Article, *, by: User | None, note: str) -> None:
    article.update_state = TRANSITIONS[name].target
    article.save(update_fields=publishing.UPDATE_FIELDS)
    record(article, name, by=by, at=timezone.now(), note=note)
