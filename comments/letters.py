"""Letters to readers about their notices: at once, once a day, or never, as each reader chose. Each goes out once.

A reader's letter tells all that is unsent. It waits two minutes: what a moderator takes back in that time tells nobody.
"""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments import telling
from comments.models import Letters, ReaderChoice, ReaderNotice, Told
from comments.threads import address_of
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


@transaction.atomic
def deliver(reader_id: int, now: datetime) -> bool:
    """Whether a letter went out. The rows are marked in the transaction that sends: a refused letter stays unsent, and
    another process that comes at the same time finds nothing to send."""
    skip = connection.features.has_select_for_update_skip_locked
    rows = ReaderNotice.objects.select_for_update(of=("self",), skip_locked=skip)
    due = rows.filter(reader=reader_id, sent_at__isnull=True, at__lte=now - GRACE).order_by("at", "pk")
    pks = [row.pk for row in due]
    reader = User.objects.get(pk=reader_id)
    choice = choice_of(reader)
    if not pks or (choice.letters == Letters.DAILY and not _is_due_daily(choice, pks, now)):
        return False
    ReaderNotice.objects.filter(pk__in=pks).update(sent_at=now)
    found = list(telling.shown_to(reader, now).filter(pk__in=pks).order_by("at", "pk")[:MOST])
    if choice.letters == Letters.NEVER or not (reader.is_active and reader.email and found):
        return False
    if choice.letters == Letters.DAILY:
        ReaderChoice.objects.filter(pk=reader.pk).update(letter_at=now)
    _letter(reader, found).send()
    return True


def _is_due_daily(choice: ReaderChoice, pks: list[int], now: datetime) -> bool:
    """A day after the last letter; after the oldest notice if there was none."""
    oldest = ReaderNotice.objects.filter(pk__in=pks).order_by("at").values_list("at", flat=True)[0]
    return now - (choice.letter_at or oldest) >= DAY


def _letter(reader: User, found: list[ReaderNotice]) -> EmailMessage:
    site, root = SiteIdentity.load(), settings.SITE_URL.rstrip("/")
    stop = root + unsubscribe_path(reader)
    with translation.override(site.language):
        lines = [(telling.sentence(notice), root + _place(notice)) for notice in found]
        subject = lines[0][0] if len(lines) == 1 else _subject(len(lines), site)
        body = render_to_string("comments/mail/letter.txt", {"lines": lines, "site": site, "stop": stop, "root": root})
    mark = hashlib.sha256(" ".join(str(notice.pk) for notice in found).encode()).hexdigest()[:24]
    headers = {
        "Message-ID": f"<reader-{mark}@{urlsplit(root).hostname}>",
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # Source: RFC 8058
    }
    return EmailMessage(" ".join(subject.split())[:150], body, None, [reader.email], headers=headers)


def _subject(count: int, site: SiteIdentity) -> str:
    said = ngettext("%(count)s notice about your comments", "%(count)s notices about your comments", count)
    return _("%(site)s: %(said)s") % {"site": site.name, "said": said % {"count": count}}


def _place(notice: ReaderNotice) -> str:
    if notice.told in {Told.ANSWERED, Told.PUBLISHED} and notice.comment.is_published:
        return address_of(notice.comment)
    return reverse("account_comments")
