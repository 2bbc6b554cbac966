"""Letters to guests who confirmed their address: when somebody answers and when a moderator decides. Each goes out once.

As for accounts, a letter waits two minutes and tells all that is unsent; the next comes an hour later at the earliest.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from articles.querysets import public_condition
from comments import guests, letters, telling
from comments.appeals import TURNED_DOWN
from comments.models import Comment, GuestAddress, GuestNotice, Letters, Status, Told
from comments.threads import address_of
from newsroom import mailing

logger = logging.getLogger(__name__)
APART = timedelta(hours=1)  # between two letters: whoever answers often fills one letter, not a mailbox
APPEAL_SALT = "comments.guest-appeal"


def send_due(at: datetime | None = None) -> int:
    """Every letter to a guest that is due at ``at`` (default: now) went out, questions that a crash left too; how many.

    Raises OSError if one was refused: it is tried again next time.
    """
    now = at or timezone.now()
    unasked = GuestAddress.objects.filter(asked_at__isnull=False, sent_at__isnull=True).order_by("pk")
    sent, failed = _tried(unasked.values_list("pk", flat=True), guests.deliver_question)
    due = _unsent(now).filter(Q(wish__address__letter_at__isnull=True) | Q(wish__address__letter_at__lte=now - APART))
    addresses = due.order_by().values_list("wish__address", flat=True).distinct()
    more, failed_too = _tried(addresses, lambda pk: deliver(pk, now))
    if failed + failed_too:
        raise OSError(f"{failed + failed_too} letters to guests were refused.")
    return sent + more


def _tried(pks: Iterable[int], deliver: Callable[[int], bool]) -> tuple[int, int]:
    """How many letters went out, and how many were refused."""
    sent = failed = 0
    for pk in list(pks):
        try:
            sent += deliver(pk)
        except OSError:
            logger.exception("The letter to the guest's address %s was not sent.", pk)
            failed += 1
    return sent, failed


def _unsent(now: datetime) -> QuerySet[GuestNotice]:
    """What confirmed addresses are to be told by now."""
    return GuestNotice.objects.filter(
        sent_at__isnull=True, at__lte=now - letters.GRACE, wish__address__confirmed_at__isnull=False
    )


def deliver(address_id: int, now: datetime) -> bool:
    """Whether a letter went out. No transaction is open while it is sent (see newsroom.mailing). Raises OSError if it was
    refused."""
    pks = _take(address_id, now)
    taken = GuestNotice.objects.filter(pk__in=pks)
    address = GuestAddress.objects.filter(pk=address_id).first() if pks else None
    if address is None:
        return False
    found = list(_shown(now).filter(pk__in=pks).order_by("at", "pk")[: letters.MOST])
    is_wanted = bool(found and address.email) and not _account_wants_none(address.email)
    if is_wanted:
        mailing.send(_letter(address, found), taken=taken)
    with transaction.atomic():
        taken.update(sent_at=now)
        if is_wanted:
            GuestAddress.objects.filter(pk=address_id).update(letter_at=now)
    return is_wanted


@transaction.atomic
def _take(address_id: int, now: datetime) -> list[int]:
    """The notices that the letter is about, ours from now on; none while one is on its way."""
    of_address = GuestNotice.objects.filter(wish__address=address_id, sent_at__isnull=True)
    if of_address.filter(taken_at__gt=now - mailing.TAKEN).exists():
        return []
    pks = list(_unsent(now).filter(wish__address=address_id).values_list("pk", flat=True))
    return mailing.take(GuestNotice.objects.filter(pk__in=pks, sent_at__isnull=True), now)


def _shown(now: datetime) -> QuerySet[GuestNotice]:
    """Notices that lead somewhere: the article is public, the answer and what it answers stand; the guest has no account
    that is told of the same comment."""
    published = Q(comment__status=Status.PUBLISHED, wish__comment__status=Status.PUBLISHED)
    found = GuestNotice.objects.filter(
        ~Q(told=Told.ANSWERED) | published, public_condition(now, "comment__article__"), wish__comment__author=None
    )
    return found.select_related("comment__article__section", "comment__author")


def _account_wants_none(mail: str) -> bool:
    """Whether there is an account of that address by now whose owner chose to get no letters. One query."""
    never = {"user__is_active": True, "user__comment_choice__letters": Letters.NEVER}
    return bool(EmailAddress.objects.filter(email=mail.lower(), verified=True, **never).exists())


def _letter(address: GuestAddress, found: list[GuestNotice]) -> EmailMessage:
    """In the language of the article that the oldest notice is about."""
    with translation.override(found[0].comment.article.language):
        lines = [(telling.sentence(notice), _place(notice)) for notice in found]
        stop = settings.SITE_URL.rstrip("/") + guests.stop_path(address.key)
        return letters.compose(lines, to=address.email, mark=letters.mark_of("guest", found), stop=stop)


def _place(notice: GuestNotice) -> str:
    root, comment = settings.SITE_URL.rstrip("/"), notice.comment
    if comment.status not in TURNED_DOWN:
        return root + address_of(comment)
    if notice.told == Told.DISMISSED:
        return _("You find our answer here: %(address)s") % {"address": root + appeal_path(comment)}
    return _("You can ask for a second look: %(address)s") % {"address": root + appeal_path(comment)}


def appeal_path(comment: Comment) -> str:
    """The address at which whoever holds it appeals for the guest who wrote ``comment``; it opens nothing else."""
    return f"{reverse('comments:appeal', args=[comment.pk])}?key={signing.dumps(comment.pk, salt=APPEAL_SALT)}"


def opens_appeal(comment: Comment, key: str) -> bool:
    """Whether ``key`` stood in a letter about ``comment``, which is a guest's still."""
    try:
        pk: object = signing.loads(key, salt=APPEAL_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return False
    return pk == comment.pk and comment.guest_email != ""
