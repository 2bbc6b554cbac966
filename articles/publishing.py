"""The life of an article: one function per editorial act; articles.transitions says which is allowed when.

Nobody else sets ``article.status``. Every act locks the article's row, checks state and right, writes an EditorialAct and,
after the commit, sends ``article_changed``.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import checks, guests, revisions, rights
from articles.acts import (
    ActRefused,
    Locked,
    NotAllowed,
    NoteMissing,
    StaleRevision,
    WrongState,
    lock,
    may,
    may_in,
    record,
    require_unlocked,
)  # fmt: skip
from articles.content import Content, apply
from articles.models import Article, Revision, Status, UpdateState
from articles.transitions import EDITABLE, PLANNABLE, TAKE_AWAY, TRANSITIONS, Transition, is_editable
from newsroom.text import clean_line

if TYPE_CHECKING:
    from newsroom.models import User


__all__ = [  # what stands in articles.acts and articles.transitions is named here for who calls an act
    "EDITABLE", "PLANNABLE", "TAKE_AWAY", "TRANSITIONS", "UPDATE_FIELDS", "ActRefused", "Locked", "NotAllowed",
    "NotFitToPrint", "NoteMissing", "StaleRevision", "Transition", "WrongState", "approve", "ask_changes", "ask_kill", "available_acts", "clear_update",
    "create", "is_editable", "kill", "plan", "publish", "refuse_kill", "require_fit", "restore", "save", "set_times", "show", "submit",
    "trash", "unschedule", "update", "withdraw",
]  # fmt: skip


class NotFitToPrint(ActRefused):
    """``failures`` holds every blocking check."""

    def __init__(self, failures: list[checks.Check]) -> None:
        super().__init__(" ".join(failure.message for failure in failures))
        self.failures = failures


def available_acts(article: Article, user: User) -> list[str]:
    """The acts that ``user`` may do with ``article`` now, in the table's order."""
    acts = [
        name
        for name, step in TRANSITIONS.items()
        if article.status in step.sources and rights.may(user, step.permission, article)
    ]
    open_ones = [name for name in acts if name in TAKE_AWAY or not article.is_locked]
    return [name for name in open_ones if _is_offered(name, article, user)]


def _is_offered(name: str, article: Article, user: User) -> bool:
    """What the table does not know: is it scheduled, is there something newer, who asked for the kill."""
    if name == "unschedule":
        return article.is_scheduled
    if name == "update":
        return article.has_unpublished_changes
    if name == "kill":
        return article.kill_asked_at is not None and article.kill_asked_by_id != user.pk
    if name == "refuse_kill":
        return article.kill_asked_at is not None
    if name in {"publish", "trash", "ask_kill"}:
        return article.kill_asked_at is None
    return True


@transaction.atomic
def create(
    *,
    content: Content,
    by: User | None,
    note: str = "",
    auto: bool = False,
    key: UUID | None = None,
    copied: Content | None = None,
) -> Article:
    """A new draft with ``content`` as its first revision; a guest may keep the photos of what it was ``copied`` from.

    Raises ValidationError if a field cannot hold its value, IntegrityError if the form with this ``key`` made an
    article before."""
    may(by, "articles.add_article")
    may_in(by, "articles.add_article", content.section_id)
    guests.require_own_photos(content, copied, by)
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
    Raises StaleRevision if a newer one exists, WrongState in the trash or after a kill, Locked, ValidationError for a field.
    """
    lock(article)
    may(by, "articles.change_article", article)
    if article.status not in EDITABLE:
        raise WrongState(_("This article can no longer be edited."))
    require_unlocked(article)
    latest = article.latest_revision
    content = content.cleaned()
    _may_hold(content, latest, by)
    if latest is not None and Content.from_json(latest.content) == content:
        return latest if auto else revisions.kept(latest, by=by, note=note)
    if latest is not None and base is not None and (base, saves or latest.saves) != (latest.number, latest.saves):
        raise StaleRevision(latest, content)
    return revisions.write(article, content, by=by, note=note, now=timezone.now(), auto=auto)


def _may_hold(content: Content, latest: Revision | None, by: User | None) -> None:
    """Returns if ``by`` may move the article to the section of ``content`` and use its photos. Raises NotAllowed."""
    before = Content.from_json(latest.content) if latest else None
    if before is None or before.section_id != content.section_id:
        may_in(by, "articles.change_article", content.section_id)
    guests.require_own_photos(content, before, by)


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
    _no_kill_waits(article)
    content = revisions.latest_content(article)
    may_in(by, TRANSITIONS["publish"].permission, content.section_id)
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
    may_in(by, TRANSITIONS["update"].permission, revisions.latest_content(article).section_id)
    clear_update(article)
    show(article, article.latest_revision, at=timezone.now(), by=by, material=material, note=note)  # type: ignore[arg-type]  # a saved article has a version


def show(
    article: Article, revision: Revision, *, at: datetime, by: User | None, material: bool, note: str = ""
) -> None:
    """The public row of the locked, live ``article`` says what ``revision`` does, since ``at``. Raises NotFitToPrint.

    The act is recorded as "update", or "minor_update" if it is not ``material``; only a material one that changes the
    text shows "Updated".
    """
    content = Content.from_json(revision.content)
    _fit(content, timezone.now())
    changed = (content.headline, content.standfirst, content.body) != (
        article.headline,
        article.standfirst,
        article.body,
    )
    replaced_public = article.is_public(at)
    apply(content, article)
    article.live_revision = revision
    if material and changed and article.is_public():
        article.updated_at = at
    article.save()
    act = "update" if material else "minor_update"
    record(article, act, by=by, at=at, note=note, revision=revision, replaced_public=replaced_public)


UPDATE_FIELDS = ("update_state", "update_at", "update_revision", "update_is_material")


def clear_update(article: Article) -> None:
    """No update is on its way; not saved yet."""
    article.update_state, article.update_at, article.update_revision = UpdateState.NONE, None, None
    article.update_is_material = True


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
def ask_kill(*, article: Article, by: User | None, note: str) -> None:
    """The article is withdrawn at once and waits for a second person to kill it; ``note`` is the public sentence."""
    _require("ask_kill", article, by=by, note=note)
    _no_kill_waits(article)
    if article.status == Status.LIVE:
        may(by, TRANSITIONS["withdraw"].permission, article)
        _enter("withdraw", article, by=by, note=note)
    article.kill_note, article.kill_asked_by, article.kill_asked_at = clean_line(note)[:300], by, timezone.now()
    _enter("ask_kill", article, by=by, note=note)


@transaction.atomic
def refuse_kill(*, article: Article, by: User | None, note: str = "") -> None:
    """Nobody waits for a kill any more; the article stays withdrawn. Raises WrongState if nobody asked."""
    _require("refuse_kill", article, by=by, note=note)
    _a_kill_waits(article)
    article.kill_note, article.kill_asked_by, article.kill_asked_at = "", None, None
    _enter("refuse_kill", article, by=by, note=note)


@transaction.atomic
def kill(*, article: Article, by: User | None, note: str = "") -> None:
    """The article is gone for good; its address answers 410 with the sentence of who asked, or ``note`` if given.

    Raises WrongState if nobody asked, NotAllowed if ``by`` asked: it takes two.
    """
    _require("kill", article, by=by, note=note)
    _a_kill_waits(article)
    if by is not None and article.kill_asked_by_id == by.pk:
        raise NotAllowed(_("You asked for it yourself. A second person must kill the article."))
    article.kill_note = clean_line(note)[:300] or article.kill_note
    _enter("kill", article, by=by, note=note or article.kill_note)


def _a_kill_waits(article: Article) -> None:
    if article.kill_asked_at is None:
        raise WrongState(_("Nobody asked to kill this article."))


def _no_kill_waits(article: Article) -> None:
    if article.kill_asked_at is not None:
        raise WrongState(_("Somebody asked to kill this article. Decide on that first."))


@transaction.atomic
def trash(*, article: Article, by: User | None, note: str = "") -> None:
    """The article is in the trash. Raises WrongState while somebody waits for it to be killed."""
    _require("trash", article, by=by, note=note)
    _no_kill_waits(article)
    _enter("trash", article, by=by, note=note)


def restore(*, article: Article, by: User | None, note: str = "") -> None:
    """The article is a draft again."""
    _act("restore", article, by=by, note=note)


@transaction.atomic
def set_times(
    *, article: Article, by: User | None, embargo_until: datetime | None, expires_at: datetime | None, note: str = ""
) -> None:
    """Embargo and expiry are these (aware or None), at once, live or not.

    An embargo that still holds ends sooner only for who may break it, with a ``note`` that is kept as the act
    "break_embargo". Raises NotAllowed, NoteMissing.
    """
    lock(article)
    may(by, "articles.change_article", article)
    require_unlocked(article)
    if (embargo_until, expires_at) == (article.embargo_until, article.expires_at):
        return
    if article.status == Status.LIVE:
        may(by, "articles.publish_article", article)
    now = timezone.now()
    holds = article.embargo_until is not None and article.embargo_until > now
    breaks = holds and (embargo_until is None or embargo_until < article.embargo_until)  # type: ignore[operator]  # holds: not None
    if breaks:
        may(by, "articles.break_embargo", article)
        if not clean_line(note):
            raise NoteMissing(_("The embargo still holds. Write a note that says why it is broken."))
    if expires_at and article.published_at and expires_at <= article.published_at:
        raise WrongState(_("The article must expire after it is published."))
    article.embargo_until, article.expires_at = embargo_until, expires_at
    article.save(update_fields=["embargo_until", "expires_at"])
    record(article, "break_embargo" if breaks else "times", by=by, at=now, note=note if breaks else "")


@transaction.atomic
def plan(*, article: Article, by: User | None, publish_at: datetime | None) -> None:
    """An article not yet published is meant for ``publish_at`` (aware or None), which publish() takes unless told otherwise."""
    lock(article)
    may(by, "articles.change_article", article)
    require_unlocked(article)
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
    lock(article)
    may(by, step.permission, article)
    if article.status not in step.sources:
        raise WrongState(
            _("“%(act)s” is not possible: the article is %(state)s now.")
            % {"act": step.label, "state": article.status_label.lower()}
        )
    if name not in TAKE_AWAY:
        require_unlocked(article)
    if step.needs_note and not clean_line(note):
        raise NoteMissing(_("Write a note: it says why."))


def require_fit(article: Article, at: datetime) -> None:
    """Returns if the newest version may be public at ``at``. Raises NotFitToPrint with every failing check."""
    _fit(revisions.latest_content(article), max(at, timezone.now()))


def _fit(content: Content, at: datetime) -> None:
    failures = checks.blocking(content, at)
    if failures:
        raise NotFitToPrint(failures)


def _enter(name: str, article: Article, *, by: User | None, note: str) -> None:
    now, source = timezone.now(), article.status
    article.status = TRANSITIONS[name].target
    if article.status != Status.LIVE and article.update_state:
        clear_update(article)
    if source != article.status:
        article.status_since = now
    article.save()
    record(article, name, by=by, at=now, note=note, source=source)
