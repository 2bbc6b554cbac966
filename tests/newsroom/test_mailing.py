"""Letters: no transaction waits for the mail server, and what a crash cut off goes out later under the same number."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.utils import timezone

from articles import error_reports
from articles.models import ErrorReport
from comments import guest_letters, guests, letters
from comments.models import GuestAddress, GuestNotice, ReaderNotice
from newsroom import mailing, notices
from newsroom.models import Notice
from tests.factories import LiveArticleFactory, PublishedCommentFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


class Dying(Exception):
    """The process ends here."""


class Thinking(EmailBackend):
    """Sends, and says whether a transaction waited meanwhile; dies after the letter if it is told to."""

    waited: list = []
    dies = False

    def send_messages(self, messages):
        self.waited.append(connection.in_atomic_block)
        sent = super().send_messages(messages)
        if self.dies:
            raise Dying
        return sent


@pytest.fixture
def server(settings, monkeypatch):
    settings.EMAIL_BACKEND = "tests.newsroom.test_mailing.Thinking"
    monkeypatch.setattr(Thinking, "waited", [])
    return Thinking


def notice():
    person = UserFactory(role="Reporter")
    Notice.objects.create(person=person, kind="mention", key="k", about="The ferry", url="/admin/", by_mail=True)
    return notices.send_unsent, Notice


def reader_notice():
    comment = PublishedCommentFactory()
    PublishedCommentFactory(article=comment.article, parent=comment)
    ReaderNotice.objects.update(at=timezone.now() - timedelta(minutes=3))
    return letters.send_due, ReaderNotice


def guest_question():
    guests.wish(PublishedCommentFactory(author=None, guest_email="ana@example.org"))
    GuestAddress.objects.update(asked_at=timezone.now())
    return guest_letters.send_due, GuestAddress


def guest_notice():
    comment = PublishedCommentFactory(author=None, guest_email="ana@example.org")
    guests.wish(comment)
    GuestAddress.objects.update(confirmed_at=timezone.now())
    PublishedCommentFactory(article=comment.article, parent=comment)
    GuestNotice.objects.update(at=timezone.now() - timedelta(minutes=3))
    return guest_letters.send_due, GuestNotice


def report():
    ErrorReport.objects.create(
        article=LiveArticleFactory(), text="Wrong.", email="ada@example.org", state="dismissed",
        decided_at=timezone.now(), is_letter_due=True,
    )  # fmt: skip
    return error_reports.send_unsent, ErrorReport


@pytest.mark.parametrize("kind", [notice, reader_notice, guest_question, guest_notice, report])
def test_no_transaction_is_open_while_the_mail_server_thinks(kind, server):
    send, _rows = kind()
    send()
    send()
    assert server.waited == [False]


@pytest.mark.parametrize("kind", [notice, reader_notice, guest_question, guest_notice, report])
def test_what_a_crash_cut_off_goes_out_later_under_the_same_number(kind, server, monkeypatch):
    send, rows = kind()
    monkeypatch.setattr(server, "dies", True)
    with pytest.raises(Dying):
        send()
    monkeypatch.setattr(server, "dies", False)
    send()
    assert len(mail.outbox) == 1
    rows.objects.update(taken_at=timezone.now() - mailing.TAKEN)
    send()
    first, second = (letter.extra_headers["Message-ID"] for letter in mail.outbox)
    assert first == second
