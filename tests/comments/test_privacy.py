"""Hashes of network addresses are forgotten after the days that the rules say."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comments import privacy, reporting
from comments.models import CommentReport, CommentRules, ReaderStatus
from comments.reader_status import GuestReader, set_status
from tests.factories import CommentFactory, PublishedCommentFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def test_old_hashes_go_and_young_ones_stay():
    CommentRules(address_days=30).save()
    old, young = (CommentFactory(address_hash="a" * 64, created_at=NOW - timedelta(days=days)) for days in (31, 29))

    assert (privacy.forget_addresses(), privacy.forget_addresses()) == (1, 0)

    for comment in (old, young):
        comment.refresh_from_db()
    assert (old.address_hash, young.address_hash) == ("", "a" * 64)


def test_reports_and_standings_lose_their_address_too(reader, moderator):
    comment = PublishedCommentFactory()
    for address in ("192.0.2.1", "192.0.2.2"):
        reporting.report(comment=comment, reason="spam", reporter=None, address=address)
    kept = reporting.report(comment=comment, reason="spam", reporter=reader, address="")
    set_status(reader=GuestReader("", "a" * 64), status="banned", by=moderator, reason="")
    set_status(reader=GuestReader("ana@example.org"), status="banned", by=moderator, reason="")
    long_ago = NOW - timedelta(days=91)
    CommentReport.objects.update(created_at=long_ago)
    ReaderStatus.objects.update(set_at=long_ago)

    assert privacy.forget_addresses() == 3

    reports = CommentReport.objects.exclude(pk=kept.pk)
    assert all(report.reader_key == f"old-{report.pk}" for report in reports)
    assert CommentReport.objects.get(pk=kept.pk).reader_key == kept.reader_key
    assert ReaderStatus.objects.get().key.startswith("mail-")
