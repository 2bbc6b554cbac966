"""Live coverage: one function per act. Each locks the article's row, checks state and right, and is recorded as an EditorialAct.

Who may start a coverage says that it runs; from then on everybody who may post in it speaks to readers at once.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import checks, rights
from articles.acts import ActRefused, NotAllowed, WrongState, lock, may, record, require_unlocked
from articles.body import sanitise
from articles.content import Content, SlideContent, keep_references
from articles.models import Article, Coverage, CoverageState, EntryState, Genre, LiveEntry, LiveEntryRevision
from articles.publishing import NotFitToPrint
from articles.signals import posts_changed
from articles.transitions import EDITABLE
from newsroom.text import clean_line

if TYPE_CHECKING:
    from newsroom.models import User

RUN, POST, CHANGE_OTHERS = "articles.publish_article", "articles.post_entry", "articles.review_article"
EARLIEST = timedelta(days=7)  # before the coverage began; an older time is a slip of the hand
CLOCKS = timedelta(minutes=1)  # by which clocks differ


class StaleEntry(ActRefused):
    """Somebody changed the post meanwhile; ``theirs`` is what it says now."""

    def __init__(self, theirs: EntryContent, number: int) -> None:
        super().__init__(
            _("Somebody else changed this post while you were writing. Your text is kept: compare, then save again.")
        )
        self.theirs, self.number = theirs, number


@dataclass(frozen=True)
class EntryContent:
    """What a post says. ``at`` is the time it shows; None: now for a new one, else as it is."""

    headline: str = ""
    body: str = ""
    byline_id: int | None = None
    photo_id: int | None = None
    at: datetime | None = None

    @classmethod
    def of(cls, entry: LiveEntry) -> EntryContent:
        return cls(entry.headline, entry.body, entry.byline_id, entry.photo_id, entry.at)

    def cleaned(self) -> EntryContent:
        """The same with the headline on one line and the text sanitised."""
        return replace(self, headline=clean_line(self.headline), body=sanitise(self.body))

    @property
    def text(self) -> tuple[Any, ...]:
        """What counts as an edit that readers may be told of."""
        return self.headline, self.body, self.photo_id

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "at": self.at.isoformat() if self.at else None}


# --- The coverage ----------------------------------------------------------------------------------------------------


@transaction.atomic
def start_coverage(*, article: Article, by: User | None) -> None:
    """Posts may be written, and the page says "Live"; one that had ended goes on. Nothing happens if it runs."""
    _lock(article, by, RUN)
    require_unlocked(article)
    if article.coverage_state == CoverageState.RUNNING:
        return
    if article.genre == Genre.GALLERY:
        raise WrongState(_("A gallery has no live coverage. Choose another kind first."))
    now = timezone.now()
    coverage, is_new = Coverage.objects.get_or_create(article=article, defaults={"started_at": now})
    if not is_new:
        coverage.ended_at = None
        _count_on(coverage)
    _set_state(article, CoverageState.RUNNING)
    record(article, "start_coverage", by=by, at=now)


@transaction.atomic
def end_coverage(*, article: Article, by: User | None) -> None:
    """No further posts; the page says that it has ended. Posts can still be edited and removed. Nothing happens if it has ended."""
    coverage = _coverage(article, by, RUN)
    if article.coverage_state == CoverageState.ENDED:
        return
    coverage.ended_at = max(timezone.now(), coverage.started_at)
    _count_on(coverage)
    _set_state(article, CoverageState.ENDED)
    record(article, "end_coverage", by=by, at=timezone.now())


# --- The posts -------------------------------------------------------------------------------------------------------


@transaction.atomic
def post(*, article: Article, content: EntryContent, by: User | None, key: UUID | None = None) -> LiveEntry:
    """A new post that readers see at once; the form with this ``key`` makes one, however often it is sent.

    Raises WrongState unless the coverage runs, ValidationError for a field, NotFitToPrint for a photo.
    """
    coverage = _running(article, by)
    entry = _sent_before(article, by, key)
    if entry is None:
        entry = _new(article, coverage, content, by=by, key=key)
        _show(entry, coverage)
        _touch(article)
        _record("post_entry", article, entry, by=by)
    return entry


@transaction.atomic
def keep_draft(*, article: Article, content: EntryContent, by: User | None, key: UUID | None = None) -> LiveEntry:
    """A new post that only the desk sees. Raises as ``post``."""
    coverage = _running(article, by)
    entry = _sent_before(article, by, key)
    if entry is None:
        entry = _new(article, coverage, content, by=by, key=key)
        _record("draft_entry", article, entry, by=by)
    return entry


@transaction.atomic
def publish_entry(*, entry: LiveEntry, by: User | None) -> None:
    """Readers see the draft from now on, under the time typed, else this one. Nothing happens if they do already."""
    article, coverage = _own(entry, by)
    require_unlocked(article)
    if entry.state == EntryState.PUBLISHED:
        return
    if entry.state != EntryState.DRAFT or article.coverage_state != CoverageState.RUNNING:
        raise WrongState(_("Only a draft in a running coverage can be published."))
    _require_fit(article, EntryContent.of(entry))
    if entry.at == entry.created_at:
        entry.at = timezone.now()
    _show(entry, coverage)
    _touch(article)
    _record("publish_entry", article, entry, by=by)


@transaction.atomic
def edit(*, entry: LiveEntry, content: EntryContent, by: User | None, base: int | None) -> None:
    """The post says ``content``; what it said before is kept. Saving the same again writes nothing.

    ``base`` is the number of the version the writer started from. Raises StaleEntry if there is a newer one.
    """
    article, coverage = _own(entry, by)
    require_unlocked(article)
    before, content = EntryContent.of(entry), content.cleaned()
    content = replace(content, at=content.at or entry.at)
    if content == before:
        return
    number = _newest_number(entry)
    if base is not None and base != number:
        raise StaleEntry(before, number)
    _validate(content, coverage)
    _require_fit(article, content)
    for name, value in asdict(content).items():
        setattr(entry, name, value)
    if entry.published_at and content.text != before.text:
        entry.edited_at = timezone.now()
        _touch(article)
    _seen(entry, coverage)
    entry.save()
    _keep_version(entry, by, number + 1)
    keep_references(article)
    _record("edit_entry", article, entry, by=by)


@transaction.atomic
def remove(*, entry: LiveEntry, by: User | None) -> None:
    """Nobody but the desk sees the post any more; ``put_back`` undoes it."""
    article, coverage = _own(entry, by)
    if entry.state != EntryState.REMOVED:
        entry.state = EntryState.REMOVED
        _seen(entry, coverage)
        entry.save()
        _record("remove_entry", article, entry, by=by)


@transaction.atomic
def put_back(*, entry: LiveEntry, by: User | None) -> None:
    """A removed post is what it was before."""
    article, coverage = _own(entry, by)
    require_unlocked(article)
    if entry.state == EntryState.REMOVED:
        if entry.published_at:
            _require_fit(article, EntryContent.of(entry))
        entry.state = EntryState.PUBLISHED if entry.published_at else EntryState.DRAFT
        _seen(entry, coverage)
        entry.first_version = entry.version
        entry.save()
        _record("put_back_entry", article, entry, by=by)


def pin(*, entry: LiveEntry, by: User | None) -> None:
    """The post stands above the newest ones."""
    _raise_up("pin_entry", entry, by, is_pinned=True)


def unpin(*, entry: LiveEntry, by: User | None) -> None:
    """The post stands where its time puts it."""
    _raise_up("unpin_entry", entry, by, is_pinned=False)


def mark_key(*, entry: LiveEntry, by: User | None) -> None:
    """The post is among the key points at the top."""
    _raise_up("key_entry", entry, by, is_key_point=True)


def unmark_key(*, entry: LiveEntry, by: User | None) -> None:
    """The post is not among the key points."""
    _raise_up("unkey_entry", entry, by, is_key_point=False)


# --- The parts of an act ---------------------------------------------------------------------------------------------


def may_change(entry: LiveEntry, user: User, article: Article) -> bool:
    """Whether ``user`` may edit and remove the post: one's own for who may post, others' for who reviews. No query for
    the post itself."""
    return rights.may(user, POST if entry.created_by_id == user.pk else CHANGE_OTHERS, article)


def _lock(article: Article, by: User | None, permission: str) -> None:
    lock(article)
    may(by, "articles.change_article", article)
    may(by, permission, article)
    if article.status not in EDITABLE:
        raise WrongState(_("This article can no longer be edited."))


def _coverage(article: Article, by: User | None, permission: str = POST) -> Coverage:
    """The row is ours, and there is a coverage, running or ended. Raises NotAllowed, WrongState."""
    _lock(article, by, permission)
    if article.coverage_state == CoverageState.NONE:
        raise WrongState(_("The live coverage has not begun."))
    return Coverage.objects.get(article=article)


def _running(article: Article, by: User | None) -> Coverage:
    coverage = _coverage(article, by)
    require_unlocked(article)
    if article.coverage_state != CoverageState.RUNNING:
        raise WrongState(_("The live coverage has ended. Nothing of yours is lost: start it again, then post."))
    return coverage


def _own(entry: LiveEntry, by: User | None) -> tuple[Article, Coverage]:
    """The locked article of ``entry``, which holds what it says now, for somebody who may change it."""
    article = entry.article
    coverage = _coverage(article, by)
    entry.refresh_from_db()
    entry.article = article
    if by is not None and not may_change(entry, by, article):
        raise NotAllowed(_("Only its author or an editor may change this post."))
    return article, coverage


@transaction.atomic
def _raise_up(act: str, entry: LiveEntry, by: User | None, **wanted: bool) -> None:
    article = entry.article
    coverage = _coverage(article, by)
    require_unlocked(article)
    entry.refresh_from_db()
    if all(getattr(entry, name) == value for name, value in wanted.items()):
        return
    for name, value in wanted.items():
        setattr(entry, name, value)
    _seen(entry, coverage)
    entry.save()
    _record(act, article, entry, by=by)


def _sent_before(article: Article, by: User | None, key: UUID | None) -> LiveEntry | None:
    return LiveEntry.objects.filter(article=article, key=key, created_by=by).first() if key else None


def _new(
    article: Article, coverage: Coverage, content: EntryContent, *, by: User | None, key: UUID | None
) -> LiveEntry:
    content, now = content.cleaned(), timezone.now()
    content = replace(content, at=content.at or now)
    _validate(content, coverage)
    _require_fit(article, content)
    if key and LiveEntry.objects.filter(article=article, key=key).exists():  # somebody else's form
        key = None
    entry = LiveEntry(article=article, created_by=by, created_at=now, key=key, **asdict(content))
    entry.save()
    _keep_version(entry, by, 1)
    keep_references(article)
    return entry


def _validate(content: EntryContent, coverage: Coverage) -> None:
    """Returns if a post can hold ``content``. Raises ValidationError with a sentence for each field that is wrong."""
    if not (content.headline or content.body or content.photo_id):
        raise ValidationError({"body": _("Write something, or choose a photo.")}, code="empty")
    if content.at and content.at > timezone.now() + CLOCKS:
        raise ValidationError({"at": _("This time lies ahead. A post shows when something happened.")}, code="ahead")
    if content.at and content.at < coverage.started_at - EARLIEST:
        raise ValidationError({"at": _("This time lies long before the coverage began.")}, code="old")
    row = LiveEntry(article_id=coverage.article_id, **asdict(content))
    row.full_clean(exclude=["article", "key", "created_by"], validate_unique=False, validate_constraints=False)


def _require_fit(article: Article, content: EntryContent) -> None:
    """Photos follow the same rules as everywhere. Raises NotFitToPrint."""
    slides = [SlideContent(content.photo_id)] if content.photo_id else []
    probe, now = Content(body=content.body, slides=slides, section_id=article.section_id), timezone.now()
    found = [*checks.photos(probe, now), *checks.restricted_photos(probe, now)]
    failures = [
        replace(one, field="photo" if one.field == "slides" else one.field)
        for one in found
        if one.level == checks.BLOCK
    ]
    if failures:
        raise NotFitToPrint(failures)


def _show(entry: LiveEntry, coverage: Coverage) -> None:
    entry.state, entry.published_at = EntryState.PUBLISHED, timezone.now()
    _seen(entry, coverage)
    entry.first_version = entry.version
    entry.save()


def _seen(entry: LiveEntry, coverage: Coverage) -> None:
    """If readers ever saw the post, their pages and the outside are told that something changed. It is not saved yet."""
    if entry.published_at:
        entry.version = _count_on(coverage)
        posts_changed.send(sender=Coverage, coverage=coverage)


def _count_on(coverage: Coverage) -> int:
    coverage.version += 1
    coverage.save()
    return coverage.version


def _keep_version(entry: LiveEntry, by: User | None, number: int) -> None:
    LiveEntryRevision.objects.create(
        entry=entry, number=number, content=EntryContent.of(entry).to_json(), by=by, created_at=timezone.now()
    )


def _newest_number(entry: LiveEntry) -> int:
    return entry.revisions.aggregate(newest=Max("number"))["newest"] or 0


def _touch(article: Article) -> None:
    """A new text under a public article is an update of it: feeds, sitemaps and its page say so."""
    now = timezone.now()
    if article.is_public(now):
        article.updated_at = now
        article.save(update_fields=["updated_at"])


def _set_state(article: Article, state: CoverageState) -> None:
    article.coverage_state = state
    article.save(update_fields=["coverage_state"])


def _record(act: str, article: Article, entry: LiveEntry, *, by: User | None) -> None:
    record(article, act, by=by, at=timezone.now(), note=f"#{entry.pk} {entry.title}")
