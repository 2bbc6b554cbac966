"""The standing of readers: one function that changes it, and what holds for somebody who writes now.

An account is known by itself, a guest by the keyed hash of the mail address or, without one, of the network address.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments.models import Comment, CommentRules, ReaderAct, ReaderStatus, Standing
from comments.reader import hashed
from newsroom.models import User
from newsroom.text import clean_line

PERMISSION = "comments.moderate_comment"
STRICTEST_FIRST = (
    Standing.BANNED,
    Standing.SUSPENDED,
    Standing.QUIET,
    Standing.MODERATED,
    Standing.TRUSTED,
    Standing.NEW,
)
MOST_APPROVED = 1000  # as high as the rule for trust may be set
_ENDLESS = {Standing.NEW, Standing.TRUSTED}


class StandingRefused(Exception):
    """A change that did not happen. ``str()`` is the sentence for people."""


@dataclass(frozen=True)
class GuestReader:
    """A reader without an account."""

    mail: str = ""
    address_hash: str = ""

    @property
    def keys(self) -> list[str]:
        """What the guest is known by, the surest first."""
        mail = f"mail-{hashed('reader-mail', self.mail.lower())}" if self.mail else ""
        address = f"address-{self.address_hash}" if self.address_hash else ""
        return [key for key in (mail, address) if key]


Reader = User | GuestReader


def reader_of(comment: Comment) -> Reader | None:
    """Who wrote ``comment``; None if nothing is known of them any more. Reads the author unless loaded."""
    if comment.author is not None:
        return comment.author
    guest = GuestReader(comment.guest_email, comment.address_hash)
    return guest if guest.keys else None


def keys_of(reader: Reader) -> list[str]:
    """The keys under which ``reader`` may have a standing."""
    return reader.keys if isinstance(reader, GuestReader) else [f"user-{reader.pk}"]


def status_of(reader: Reader, *, at: datetime | None = None) -> ReaderStatus | None:
    """The strictest standing that ``reader`` has at ``at`` (now), None for somebody new. One query."""
    found = ReaderStatus.objects.filter(key__in=keys_of(reader))
    rows = [row for row in found if row.at(at) != Standing.NEW]
    return min(rows, key=lambda row: STRICTEST_FIRST.index(row.at(at)), default=None)


def statuses_of(readers: Collection[Reader]) -> dict[str, ReaderStatus]:
    """By key, what holds now for any of ``readers``. One query for all."""
    keys = {key for reader in readers for key in keys_of(reader)}
    found = ReaderStatus.objects.select_related("set_by").filter(key__in=keys) if keys else ()
    return {row.key: row for row in found if row.at() != Standing.NEW}


@transaction.atomic
def set_status(
    *, reader: Reader, status: Standing | str, by: User | None, reason: str, until: datetime | None = None
) -> ReaderStatus:
    """``reader`` has this standing from now on, until ``until`` (aware; a suspension needs it), and the change is kept.

    ``by`` None is the system. Raises StandingRefused: no right to it, a member of staff, no end or one in the past.
    """
    target, now = Standing(status), timezone.now()
    until = None if target in _ENDLESS else until
    _require(reader, target, by=by, until=until, now=now)
    key = keys_of(reader)[0]
    account = reader if isinstance(reader, User) else None
    ReaderStatus.objects.get_or_create(key=key, defaults={"reader": account, "set_at": now})
    row = ReaderStatus.objects.select_for_update(of=("self",)).get(key=key)
    source = row.at(now)
    if (source, row.until if source != Standing.NEW else None) == (target, until):
        return row
    row.standing, row.until, row.reason = target, until, clean_line(reason)[:300]
    row.set_by, row.set_at = by, now
    row.save(update_fields=["standing", "until", "reason", "set_by", "set_at"])
    ReaderAct.objects.create(
        status=row, from_standing=source, to_standing=target, until=until, by=by, at=now, reason=row.reason
    )
    return row


def trust_if_earned(comment: Comment) -> None:
    """The reader of an approved comment is trusted once enough of theirs stand approved, unless they have had another
    standing before. One query, more for who earned it."""
    if comment.author is None or comment.author.is_staff:
        return
    known, rule = ReaderStatus.objects.filter(key__in=keys_of(comment.author)), CommentRules.objects.filter(pk=1)
    number = Coalesce(Subquery(rule.values("trusted_after")), Value(CommentRules().trusted_after))
    approved = Comment.objects.published().filter(~Exists(known), author=comment.author).order_by()
    found = list(approved.annotate(after=number).filter(after__gt=0).values_list("after", flat=True)[:MOST_APPROVED])
    if found and len(found) >= found[0]:
        after = found[0]
        words = ngettext("%(n)d approved comment", "%(n)d approved comments", after) % {"n": after}
        set_status(reader=comment.author, status=Standing.TRUSTED, by=None, reason=words)


def _require(reader: Reader, target: Standing, *, by: User | None, until: datetime | None, now: datetime) -> None:
    if by is not None and not by.has_perm(PERMISSION):
        raise StandingRefused(_("You may not moderate comments. Ask an administrator."))
    if not keys_of(reader):
        raise StandingRefused(_("Nothing is known of this reader any more."))
    if isinstance(reader, User) and reader.is_staff and target not in _ENDLESS:
        raise StandingRefused(_("This is a member of staff. Ask an administrator to change the account."))
    if target == Standing.SUSPENDED and until is None:
        raise StandingRefused(_("Say until when the reader is suspended."))
    if until is not None and until <= now:
        raise StandingRefused(_("The end must lie ahead."))
