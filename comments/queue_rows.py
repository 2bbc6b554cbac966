"""A comment on the desk with what a moderator needs to decide: why it is here, who wrote it, what else is the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from comments import counting
from comments.models import Comment, CommentReport, ReaderNote, ReaderStatus, ReportReason, Status
from comments.querysets import CommentQuerySet
from comments.reader_status import keys_of, reader_of, statuses_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise  # known to the stubs only

DAY = timedelta(days=1)
TURNED_DOWN = (Status.REJECTED, Status.REMOVED, Status.SPAM)


@dataclass(frozen=True)
class Button:
    """An act that a row offers; ``key`` is the shortcut, ``icon`` its drawing."""

    act: str
    label: _StrPromise
    key: str
    icon: str


APPROVE = Button("approve", gettext_lazy("Approve"), "a", "check")
REJECT = Button("reject", gettext_lazy("Reject"), "r", "cross")
REMOVE = Button("remove", gettext_lazy("Remove"), "r", "cross")
SPAM = Button("spam", pgettext_lazy("to mark as", "Spam"), "s", "warning")
_BUTTONS = {
    Status.WAITING: (APPROVE, REJECT, SPAM),
    Status.PUBLISHED: (REMOVE, SPAM),
    Status.REJECTED: (APPROVE, SPAM),
    Status.REMOVED: (APPROVE, SPAM),
    Status.SPAM: (APPROVE, REJECT),
    Status.DELETED: (),
}
ANSWERABLE = frozenset({Status.WAITING, Status.PUBLISHED})


@dataclass(frozen=True)
class Record:
    """What moderators decided about a reader's comments so far: numbers that counting.numbers bounds."""

    approved: int = 0
    rejected: int = 0

    def __str__(self) -> str:
        if not self.approved and not self.rejected:
            return _("First comment")
        return _("%(approved)s approved, %(rejected)s rejected") % {
            "approved": counting.shown(self.approved),
            "rejected": counting.shown(self.rejected),
        }


@dataclass(frozen=True)
class Row:
    """A comment in the queue: its reader's record and standing, why it is here, in words, and what else is like it."""

    comment: Comment
    record: Record
    reports: str = ""
    same_text: str = ""
    same_address: str = ""  # for who sees addresses, see comments.privacy
    standing: ReaderStatus | None = None
    note: str = ""

    @property
    def held(self) -> list[str]:
        """Why it is suspect: the rule that held it, and the words it shares with others."""
        return [reason for reason in (self.comment.reason, self.same_text) if reason]

    @property
    def buttons(self) -> Sequence[Button]:
        if self.reports:
            return (APPROVE, REJECT, SPAM)
        return _BUTTONS[Status(self.comment.status)]

    @property
    def may_be_answered(self) -> bool:
        return self.comment.status in ANSWERABLE


def rows_of(comments: list[Comment]) -> list[Row]:
    """A row for each of ``comments``, which come from ``with_context``. Six queries, whatever the rows."""
    if not comments:
        return []
    records, reports, notes = records_of(comments), _reports(comments), _notes(comments)
    words, addresses = _same_words(comments), _same_addresses(comments)
    readers = {comment.pk: reader_of(comment) for comment in comments}
    standings = statuses_of([reader for reader in readers.values() if reader is not None])
    rows = []
    for comment in comments:
        reader = readers[comment.pk]
        found = [standings[key] for key in (keys_of(reader) if reader is not None else ()) if key in standings]
        rows.append(
            Row(
                comment=comment,
                record=records.get(_reader(comment), Record()),
                reports=reports.get(comment.pk, ""),
                same_text=_same_text(words.get(comment.words_hash, 0)),
                same_address=_same_address(addresses.get(comment.address_hash, 0)),
                standing=found[0] if found else None,
                note=notes.get(_reader(comment), ""),
            )
        )
    return rows


def _reader(comment: Comment) -> int | str:
    return comment.author_id or comment.guest_email


def records_of(comments: Iterable[Comment]) -> dict[int | str, Record]:
    """The record of every reader among ``comments``, by account or e-mail address. One query."""
    accounts, mails = _keys(comments)
    by_account = [Comment.objects.filter(author=pk) for pk in accounts]
    by_mail = [Comment.objects.filter(author=None, guest_email=mail).exclude(guest_email="") for mail in mails]
    all_by = [*by_account, *by_mail]
    approved = [theirs.filter(status=Status.PUBLISHED) for theirs in all_by]
    rejected = [theirs.filter(status__in=TURNED_DOWN) for theirs in all_by]
    found = counting.numbers([*approved, *rejected])
    keys: list[int | str] = [*accounts, *mails]
    return {key: Record(found[n], found[n + len(keys)]) for n, key in enumerate(keys)}


def _keys(comments: Iterable[Comment]) -> tuple[list[int], list[str]]:
    keys = {_reader(comment) for comment in comments}
    return [key for key in keys if isinstance(key, int)], [key for key in keys if isinstance(key, str) and key]


def _notes(comments: Iterable[Comment]) -> dict[int | str, str]:
    """The newest note on each reader. One query."""
    accounts, mails = _keys(comments)
    found = ReaderNote.objects.filter(Q(reader__in=accounts) | Q(guest_email__in=mails, reader=None))
    rows = found.order_by("at", "pk").values_list("reader", "guest_email", "body")
    return {reader or mail: body for reader, mail, body in rows}


def _today(comments: Iterable[Comment], name: str) -> dict[str, CommentQuerySet]:
    """For each hash of ``name`` among ``comments``, those of the last day that share it, the newest first."""
    hashes = sorted({getattr(comment, name) for comment in comments} - {""})
    today = Comment.objects.filter(created_at__gt=timezone.now() - DAY).exclude(**{name: ""})
    return {value: today.filter(**{name: value}).order_by("-created_at", "-pk") for value in hashes}


def _same_words(comments: Iterable[Comment]) -> dict[str, int]:
    """How many comments there are today of each text. One query."""
    found = _today(comments, "words_hash")
    return dict(zip(found, counting.numbers(list(found.values())), strict=True))


def _same_addresses(comments: Iterable[Comment]) -> dict[str, int]:
    """How many different people wrote today from each network address. One query."""
    found = _today(comments, "address_hash")
    return dict(zip(found, counting.people(list(found.values())), strict=True))


def _same_text(number: int) -> str:
    return _("Same text %(n)s times today") % {"n": counting.shown(number)} if number > 1 else ""


def _same_address(number: int) -> str:
    return _("%(n)s readers at this address today") % {"n": counting.shown(number)} if number > 1 else ""


def _reports(comments: Iterable[Comment]) -> dict[int, str]:
    """ "Reported by 3 readers: insult" for each reported one of ``comments``. One query."""
    open_reports = CommentReport.objects.filter(comment__in=[c.pk for c in comments], handled_at__isnull=True)
    found: dict[int, dict[str, int]] = {}
    for pk, reason, number in open_reports.order_by("reason").values_list("comment", "reason").annotate(n=Count("pk")):
        found.setdefault(pk, {})[reason] = number
    sentences = {}
    for pk, by_reason in found.items():
        number = sum(by_reason.values())
        names = ", ".join(str(ReportReason(reason).label).lower() for reason in by_reason)
        sentences[pk] = ngettext(
            "Reported by %(n)d reader: %(reasons)s", "Reported by %(n)d readers: %(reasons)s", number
        ) % {"n": number, "reasons": names}
    return sentences
