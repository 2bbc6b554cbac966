"""Letters to readers about their notices: at once, once a day, or never, as each reader chose. Each goes out once.

A reader's letter tells all that is unsent. It waits two minutes: what a moderator takes back in that time tells nobody.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments import telling
from comments.models import GuestNotice, Letters, ReaderChoice, ReaderNotice, Told
from comments.threads import address_of
from newsroom import mailing
from newsroom.models import SiteIdentity, User

logger = logging.getLogger(__name__)
GRACE = timedelta(minutes=2)
DAY = timedelta(days=1)
MOST = 50  # notices in a letter
SALT = "comments.unsubscribe"


def choice_of(reader: User) -> ReaderChoice:
    """How ``reader`` wants letters; unsaved if they never said. One query."""
    return ReaderChoice.objects.filter(pk=reader.pk).first() or ReaderChoice(reader=reader)


def choose(reader: User, letters: str) -> None:
    """``reader`` gets letters as ``letters`` (one of Letters) says. What waits for a letter that will not come is done with."""
    ReaderChoice.objects.update_or_create(reader=reader, defaults={"letters": letters})
    if letters == Letters.NEVER:
        ReaderNotice.objects.filter(reader=reader, sent_at__isnull=True).update(sent_at=timezone.now())


def unsubscribe_path(reader: User) -> str:
    """The address at which letters to ``reader`` end, for whoever holds it; it opens nothing else."""
    return reverse("comments:unsubscribe", args=[signing.dumps(reader.pk, salt=SALT)])


def reader_of(token: str) -> User | None:
    """Whose letters the token ends."""
    try:
        return User.objects.filter(pk=signing.loads(token, salt=SALT)).first()
    except (signing.BadSignature, ValueError, TypeError):
        return None


def send_due(at: datetime | None = None) -> int:
    """Every letter that is due at ``at`` (default: now) went out; how many. Raises OSError if one was refused: it is tried
    again next time."""
    now = at or timezone.now()
    waiting = ReaderNotice.objects.filter(sent_at__isnull=True, at__lte=now - GRACE).order_by()
    sent = failed = 0
    for pk in list(waiting.values_list("reader", flat=True).distinct()):
        try:
            sent += deliver(pk, now)
        except OSError:
            logger.exception("The letter to reader %s was not sent.", pk)
            failed += 1
    if failed:
        raise OSError(f"{failed} letters to readers were refused.")
    return sent


def deliver(reader_id: int, now: datetime) -> bool:
    """Whether a letter went out. No transaction is open while it is sent (see newsroom.mailing): a refused letter stays
    unsent, and another process that comes at the same time finds nothing to send. Raises OSError if it was refused."""
    reader = User.objects.get(pk=reader_id)
    choice = choice_of(reader)
    pks = _take(reader, choice, now)
    taken = ReaderNotice.objects.filter(pk__in=pks)
    found = list(telling.shown_to(reader, now).filter(pk__in=pks).order_by("at", "pk")[:MOST])
    is_wanted = bool(choice.letters != Letters.NEVER and reader.is_active and reader.email and found)
    if is_wanted:
        mailing.send(_letter(reader, found), taken=taken)
    with transaction.atomic():
        taken.update(sent_at=now)
        if is_wanted and choice.letters == Letters.DAILY:
            ReaderChoice.objects.filter(pk=reader.pk).update(letter_at=now)
    return is_wanted


@transaction.atomic
def _take(reader: User, choice: ReaderChoice, now: datetime) -> list[int]:
    """The notices that the next letter is about, ours from now on; none before it is due or while one is on its way."""
    unsent = ReaderNotice.objects.filter(reader=reader, sent_at__isnull=True)
    pks = list(unsent.filter(at__lte=now - GRACE).values_list("pk", flat=True))
    is_on_its_way = unsent.filter(taken_at__gt=now - mailing.TAKEN).exists()
    if not pks or is_on_its_way or (choice.letters == Letters.DAILY and not _is_due_daily(choice, pks, now)):
        return []
    return mailing.take(unsent.filter(pk__in=pks), now)


def _is_due_daily(choice: ReaderChoice, pks: list[int], now: datetime) -> bool:
    """A day after the last letter; after the oldest notice if there was none."""
    oldest = ReaderNotice.objects.filter(pk__in=pks).order_by("at").values_list("at", flat=True)[0]
    return now - (choice.letter_at or oldest) >= DAY


def _letter(reader: User, found: list[ReaderNotice]) -> EmailMessage:
    site, root = SiteIdentity.load(), settings.SITE_URL.rstrip("/")
    with translation.override(site.language):
        lines = [(telling.sentence(notice), root + _place(notice)) for notice in found]
        account = root + reverse("account_notices")
        stop = root + unsubscribe_path(reader)
        return compose(lines, to=reader.email, mark=mark_of("reader", found), stop=stop, account=account)


def mark_of(kind: str, found: Sequence[ReaderNotice | GuestNotice]) -> str:
    """What the letter about these notices is known by, however often it is sent."""
    pks = " ".join(str(notice.pk) for notice in found)
    return f"{kind}-{hashlib.sha256(pks.encode()).hexdigest()[:24]}"


def compose(lines: list[tuple[str, str]], *, to: str, mark: str, stop: str, account: str = "") -> EmailMessage:
    """The letter that says ``lines`` (a sentence and where it leads) in the language that is active, and where letters end
    (``stop``) or are set (``account``)."""
    site, root = SiteIdentity.load(), settings.SITE_URL.rstrip("/")
    subject = lines[0][0] if len(lines) == 1 else _subject(len(lines), site)
    context = {"lines": lines, "site": site, "stop": stop, "account": account}
    body = render_to_string("comments/mail/letter.txt", context)
    headers = {"Message-ID": f"<{mark}@{urlsplit(root).hostname}>", **mailing.one_click(stop)}
    return EmailMessage(" ".join(subject.split())[:150], body, None, [to], headers=headers)


def _subject(count: int, site: SiteIdentity) -> str:
    said = ngettext("%(count)s notice about your comments", "%(count)s notices about your comments", count)
    return _("%(site)s: %(said)s") % {"site": site.name, "said": said % {"count": count}}


def _place(notice: ReaderNotice) -> str:
    if notice.told in {Told.ANSWERED, Told.PUBLISHED, Told.GRANTED} and notice.comment.is_published:
        return address_of(notice.comment)
    return reverse("account_comments")
