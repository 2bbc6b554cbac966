"""Notices to staff: told once, kept on the desk, sent by mail once to who wants it. Apps register their kinds.

A letter is sent by a job after the commit. What a crash left unsent, ``manage.py send_notices`` sends.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from newsroom import mailing
from newsroom.models import Notice, NoticeChoice, SiteIdentity, User
from newsroom.text import clean_line, clean_text

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kind:
    """A kind of notice: its name in the settings, its sentence with %(who)s and %(about)s, the right without which nobody
    gets it, and whether it goes by mail unless a person says otherwise. A ``is_broadcast`` one is given only to who wants it."""

    code: str
    label: str | _StrPromise
    sentence: str | _StrPromise
    permission: str
    by_mail: bool = True
    is_broadcast: bool = False


_kinds: dict[str, Kind] = {}
_is_quiet: ContextVar[bool] = ContextVar("_is_quiet", default=False)


@contextmanager
def quietly() -> Iterator[None]:
    """Inside, nobody is told anything: for loading what happened long ago, or never."""
    before = _is_quiet.set(True)
    try:
        yield
    finally:
        _is_quiet.reset(before)


def is_quiet() -> bool:
    """Whether this is inside ``quietly``."""
    return _is_quiet.get()


def register(*kinds: Kind) -> None:
    """The settings page offers ``kinds``, in this order."""
    _kinds.update({kind.code: kind for kind in kinds})


def kinds(person: User) -> list[Kind]:
    """The kinds that ``person`` can get."""
    return [kind for kind in _kinds.values() if person.has_perm(kind.permission)]


def wanted(person: User) -> dict[str, bool]:
    """For each kind that ``person`` can get, whether by mail. One query."""
    chosen = dict(NoticeChoice.objects.filter(person=person).values_list("kind", "by_mail"))
    return {kind.code: chosen.get(kind.code, kind.by_mail) for kind in kinds(person)}


@transaction.atomic
def choose(person: User, by_mail: Iterable[str]) -> None:
    """Of the kinds that ``person`` can get, those named in ``by_mail`` come by mail and no others."""
    named = set(by_mail)
    for kind in kinds(person):
        NoticeChoice.objects.update_or_create(person=person, kind=kind.code, defaults={"by_mail": kind.code in named})


@transaction.atomic
def tell(
    people: Iterable[User], kind: str, *, key: str, by: User | None, about: str, url: str, note: str = ""
) -> list[Notice]:
    """Each of ``people`` but ``by`` has the notice, once for ``key``; its letter goes out after the commit.

    Left out: who is no active member of staff or has not the kind's right. One or two queries a person.
    """
    given: list[Notice] = []
    for person in () if _is_quiet.get() else dict.fromkeys(people):
        if person == by or not (person.is_active and person.is_staff):
            continue
        mail = wanted(person).get(kind)
        if mail is None or (_kinds[kind].is_broadcast and not mail):
            continue
        values = {"kind": kind, "by": by, "about": clean_line(about)[:200], "note": clean_text(note), "url": url}
        notice, is_new = Notice.objects.get_or_create(
            person=person, key=key, defaults={**values, "by_mail": mail and bool(person.email)}
        )
        if is_new:
            given.append(notice)
            if notice.by_mail:
                transaction.on_commit(partial(send_notice.enqueue, notice.pk), robust=True)
    return given


def sentence(notice: Notice) -> str:
    """The notice in a sentence, in the language that is active. Reads who did it unless loaded."""
    known = _kinds.get(notice.kind)
    words = known.sentence if known else "%(about)s"
    return str(words) % {"who": notice.by.display_name if notice.by else _("Somebody"), "about": notice.about}


def unread(person: User) -> int:
    """How many notices ``person`` has not read. One query over its own index."""
    return Notice.objects.filter(person=person, read_at__isnull=True).count()


def mark_read(person: User, notice_id: int | None = None) -> None:
    """The notice of ``person`` with this number, or all of them, is read."""
    found = Notice.objects.filter(person=person, read_at__isnull=True)
    (found.filter(pk=notice_id) if notice_id is not None else found).update(read_at=timezone.now())


@task()
def send_notice(notice_id: int) -> None:
    """The letter of the notice has been sent, once, however often this runs."""
    deliver(notice_id)


def deliver(notice_id: int) -> bool:
    """Whether a letter went out now. Not if it was sent before, another process is at it, or the person left.

    No transaction is open while it is sent (see newsroom.mailing). Raises OSError if the mail server refused it.
    """
    unsent = Notice.objects.filter(pk=notice_id, by_mail=True, sent_at__isnull=True)
    if not mailing.take(unsent):
        return False
    notice = Notice.objects.select_related("person", "by").get(pk=notice_id)
    is_wanted = bool(notice.person.is_active and notice.person.is_staff and notice.person.email)
    if is_wanted:
        mailing.send(_letter(notice), taken=unsent)
    unsent.update(sent_at=timezone.now())
    return is_wanted


def _letter(notice: Notice) -> EmailMessage:
    site = SiteIdentity.load()
    with translation.override(site.language):
        said = sentence(notice)
        context: dict[str, Any] = {
            "sentence": said,
            "notice": notice,
            "site": site,
            "url": settings.SITE_URL.rstrip("/"),
        }
        body = render_to_string("newsroom/mail/notice.txt", context)
    host = urlsplit(settings.SITE_URL).hostname
    mark = hashlib.sha256(f"{notice.pk} {notice.key}".encode()).hexdigest()[:24]
    headers = {"Message-ID": f"<notice-{mark}@{host}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(said[:150], body, None, [notice.person.email], headers=headers)


def send_unsent() -> tuple[int, int]:
    """What is unsent has been tried once more, the oldest first. Returns how many letters went out, and how many failed."""
    sent = failed = 0
    unsent = Notice.objects.filter(by_mail=True, sent_at__isnull=True).order_by("pk").values_list("pk", flat=True)
    for pk in list(unsent):
        try:
            sent += deliver(pk)
        except OSError:  # the mail server; the next run tries again
            logger.exception("Notice %s was not sent.", pk)
            failed += 1
    return sent, failed
