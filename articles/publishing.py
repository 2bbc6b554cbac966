"""The life of an article: one function per editorial act, one table that says which act is allowed when.

Nobody else sets ``article.status``. Every act locks the article's row, checks state and right, writes an EditorialAct and,
after the commit, sends ``article_changed``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import checks, revisions, rights
from articles.acts import ActRefused, NotAllowed, NoteMissing, StaleRevision, WrongState, lock, may, record
from articles.content import Content, apply
from articles.models import Article, Revision, Status
from newsroom.text import clean_line

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from newsroom.models import User


__all__ = [  # the refusals are articles.acts', named here for who calls an act
    "EDITABLE", "PLANNABLE", "TRANSITIONS", "ActRefused", "NotAllowed", "NotFitToPrint", "NoteMissing", "StaleRevision",
    "Transition", "WrongState", "approve", "ask_changes", "available_acts", "create", "kill", "plan", "publish", "restore",
    "save", "set_times", "submit", "trash", "unschedule", "update", "withdraw",
]  # fmt: skip


class NotFitToPrint(ActRefused):
    """``failures`` holds every blocking check."""

    def __init__(self, failures: list[checks.Check]) -> None:
        super().__init__(" ".join(failure.message for failure in failures))
        self.failures = failures


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
    "kill": Transition(
        gettext_lazy("Kill"),
        frozenset({Status.LIVE, Status.WITHDRAWN}),
        Status.KILLED,
        "articles.kill_article",
        needs_note=True,
    ),
    "trash": Transition(
        gettext_lazy("Move to trash"), _BEFORE | {Status.WITHDRAWN}, Status.TRASH, "articles.delete_article"
    ),
    "restore": Transition(gettext_lazy("Restore"), frozenset({Status.TRASH}), Status.DRAFT, "articles.delete_article"),
}
PLANNABLE = _BEFORE
EDITABLE = _BEFORE | {Status.LIVE, Status.WITHDRAWN}


def available_acts(article: Article, user: User) -> list[str]:
    """The acts that ``user`` may do with ``article`` now, in the table's order."""
    acts = [
        name
        for name, step in TRANSITIONS.items()
        if article.status in step.sources and rights.may(user, step.permission, article)
    ]
    return [
        name
        for name in acts
        if (name != "unschedule" or article.is_scheduled) and (name != "update" or article.has_unpublished_changes)
    ]


@transaction.atomic
def create(
    *, content: Content, by: User | None, note: str = "", auto: bool = False, key: UUID | None = None
) -> Article:
    """A new draft with ``content`` as its first revision. Raises ValidationError if a field cannot hold its value,
    IntegrityError if the form with this ``key`` made an article before."""
    may(by, "articles.add_article")
    now = timezone.now()
    article = Article(created_by=by, created_at=now, edited_at=now, status_since=now, form_key=key)
    article.language = content.language
    article.save()
    revisions.write(article, content, by=by, note=note, now=now, auto=auto)
    record(article, "create", by=by, at=now, note=note, source="")
    return article


@transaction.atomic
def save(
    *,
    article: Article,
    content: Content,
    by: User | None,
    base: int | None,
    saves: int | None = None,
    note: str = "",
    auto: bool = False,
) -> Revision:
    """``content`` is the newest revision of ``article``; the row shows it unless the article is live.

    ``base`` is the number of the revision the writer started from, ``saves`` its count then (None: not compared).
    Saving the same content again writes nothing. An ``auto`` save and the one after it are one revision.
    Raises StaleRevision if a newer one exists, WrongState in the trash or after a kill, ValidationError for a field.
    """
    may(by, "articles.change_article", article)
    lock(article)
    if article.status not in EDITABLE:
        raise WrongState(_("This article can no longer be edited."))
    latest = article.latest_revision
    content = content.cleaned()
    if latest is not None and Content.from_json(latest.content) == content:
        return latest if auto else revisions.kept(latest, by=by, note=note)
    if latest is not None and base is not None and (base, saves or latest.saves) != (latest.number, latest.saves):
        raise StaleRevision(latest, content)
    return revisions.write(article, content, by=by, note=note, now=timezone.now(), auto=auto)


def submit(*, article: Article, by: User | None, note: str = "") -> None:
    """The article waits for review."""
    _act("submit", article, by=by, note=note)


def ask_changes(*, article: Article, by: User | None, note: str) -> None:
    """The article is back with its author, with ``note``. Raises NoteMissing without one."""
    _act("ask_changes", article, by=by, note=note)


def approve(*, article: Article, by: User | None, note: str = "") -> None:
    """The article may be published."""
    _act("approve", article, by=by, note=note)


@transaction.atomic
def publish(*, article: Article, by: User | None, at: datetime | None = None, note: str = "") -> None:
    """The newest revision is public from ``at`` on (aware; ahead: scheduled; past: shown as that date; None: as planned,
    at the first publication's time when it returns, else now). Raises NotFitToPrint with every failing check."""
    _require("publish", article, by=by, note=note)
    content = revisions.latest_content(article)
    article.published_at = at or article.published_at or timezone.now()
    if article.expires_at and article.expires_at <= article.published_at:
        raise WrongState(_("The article would expire before it is published. Change one of the two times."))
    _fit(content, max(article.published_at, timezone.now()))
    apply(content, article)
    article.live_revision = article.latest_revision
    _enter("publish", article, by=by, note=note)


@transaction.atomic
def update(*, article: Article, by: User | None, material: bool = True, note: str = "") -> None:
    """The newest revision replaces what the public sees. A ``material`` one shows "Updated" if the text changed."""
    _require("update", article, by=by, note=note)
    content = revisions.latest_content(article)
    _fit(content, timezone.now())
    changed = (content.headline, content.standfirst, content.body) != (
        article.headline,
        article.standfirst,
        article.body,
    )
    apply(content, article)
    article.live_revision = article.latest_revision
    if material and changed and article.is_public():
        article.updated_at = timezone.now()
    _enter("update", article, by=by, note=note)


@transaction.atomic
def unschedule(*, article: Article, by: User | None, note: str = "") -> None:
    """A scheduled article is approved again and has no publication time. Raises WrongState once it is out."""
    _require("unschedule", article, by=by, note=note)
    if not article.is_scheduled:
        raise WrongState(_("It is already published; withdraw it instead."))
    article.published_at = None
    article.live_revision = None
    _enter("unschedule", article, by=by, note=note)
    apply(revisions.latest_content(article), article)


def withdraw(*, article: Article, by: User | None, note: str) -> None:
    """The article is gone from every surface (404) until it is published again."""
    _act("withdraw", article, by=by, note=note)


@transaction.atomic
def kill(*, article: Article, by: User | None, note: str) -> None:
    """The article is gone for good; its address answers 410 with ``note`` as the public sentence."""
    _require("kill", article, by=by, note=note)
    article.kill_note = clean_line(note)[:300]
    _enter("kill", article, by=by, note=note)


def trash(*, article: Article, by: User | None, note: str = "") -> None:
    """The article is in the trash."""
    _act("trash", article, by=by, note=note)


def restore(*, article: Article, by: User | None, note: str = "") -> None:
    """The article is a draft again."""
    _act("restore", article, by=by, note=note)


@transaction.atomic
def set_times(
    *, article: Article, by: User | None, embargo_until: datetime | None, expires_at: datetime | None
) -> None:
    """Embargo and expiry are these (aware or None), at once, live or not.

    Raises NotAllowed if an embargo that still holds would end sooner and the person may not break it.
    """
    may(by, "articles.change_article", article)
    lock(article)
    if (embargo_until, expires_at) == (article.embargo_until, article.expires_at):
        return
    if article.status == Status.LIVE:
        may(by, "articles.publish_article", article)
    now = timezone.now()
    holds = article.embargo_until is not None and article.embargo_until > now
    if holds and (embargo_until is None or embargo_until < article.embargo_until):  # type: ignore[operator]
        may(by, "articles.break_embargo", article)
    if expires_at and article.published_at and expires_at <= article.published_at:
        raise WrongState(_("The article must expire after it is published."))
    article.embargo_until, article.expires_at = embargo_until, expires_at
    article.save(update_fields=["embargo_until", "expires_at"])
    record(article, "times", by=by, at=now, note="", source=article.status)


@transaction.atomic
def plan(*, article: Article, by: User | None, publish_at: datetime | None) -> None:
    """An article not yet published is meant for ``publish_at`` (aware or None), which publish() takes unless told otherwise."""
    may(by, "articles.change_article", article)
    lock(article)
    if article.status not in PLANNABLE:
        raise WrongState(_("It was published already."))
    if publish_at and article.expires_at and article.expires_at <= publish_at:
        raise WrongState(_("The article must expire after it is published."))
    article.published_at = publish_at
    article.save(update_fields=["published_at"])


# --- The parts of an act ----------------------------------------------------------------------------------------------


@transaction.atomic
def _act(name: str, article: Article, *, by: User | None, note: str) -> None:
    _require(name, article, by=by, note=note)
    _enter(name, article, by=by, note=note)


def _require(name: str, article: Article, *, by: User | None, note: str) -> None:
    step = TRANSITIONS[name]
    may(by, step.permission, article)
    lock(article)
    if article.status not in step.sources:
        raise WrongState(
            _("“%(act)s” is not possible: the article is %(state)s now.")
            % {"act": step.label, "state": article.status_label.lower()}
        )
    if step.needs_note and not clean_line(note):
        raise NoteMissing(_("Write a note: it says why."))


def _fit(content: Content, at: datetime) -> None:
    failures = checks.blocking(content, at)
    if failures:
        raise NotFitToPrint(failures)


def _enter(name: str, article: Article, *, by: User | None, note: str) -> None:
    now, source = timezone.now(), article.status
    article.status = TRANSITIONS[name].target
    if source != article.status:
        article.status_since = now
    article.save()
    record(article, name, by=by, at=now, note=note, source=source)
