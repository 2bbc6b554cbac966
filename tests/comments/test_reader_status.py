"""What moderators make of a reader, until when, and the record of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comments.models import ReaderAct, Standing
from comments.reader_status import GuestReader, StandingRefused, reader_of, set_status, status_of, statuses_of
from tests.factories import CommentFactory, PublishedCommentFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_who_has_no_standing_is_new(reader):
    assert status_of(reader) is None


def test_every_change_is_kept_with_who_when_and_why(moderator, reader):
    end = timezone.now() + timedelta(days=7)

    set_status(reader=reader, status="quiet", by=moderator, reason="Ten comments in an hour")
    set_status(reader=reader, status="suspended", by=moderator, reason="Went on", until=end)

    acts = ReaderAct.objects.values_list("from_standing", "to_standing", "by", "reason", "until")
    assert list(acts) == [
        ("quiet", "suspended", moderator.pk, "Went on", end),
        ("new", "quiet", moderator.pk, "Ten comments in an hour", None),
    ]


def test_the_same_again_is_no_second_act(moderator, reader):
    for _n in range(2):
        set_status(reader=reader, status="banned", by=moderator, reason="Threats")

    assert ReaderAct.objects.count() == 1


def test_a_suspension_ends_at_its_minute(moderator, reader):
    end = timezone.now() + timedelta(days=7)
    set_status(reader=reader, status="suspended", by=moderator, reason="Insults", until=end)

    assert status_of(reader, at=end - timedelta(seconds=1)).at(end - timedelta(seconds=1)) == Standing.SUSPENDED
    assert status_of(reader, at=end) is None


@pytest.mark.parametrize("until", [None, timedelta(0), timedelta(days=-1)])
def test_a_suspension_needs_an_end_ahead(until, moderator, reader):
    end = until if until is None else timezone.now() + until

    with pytest.raises(StandingRefused):
        set_status(reader=reader, status="suspended", by=moderator, reason="Insults", until=end)


def test_only_moderators_change_it_and_never_that_of_staff(moderator, reporter, reader):
    with pytest.raises(StandingRefused, match="may not moderate"):
        set_status(reader=reader, status="banned", by=reporter, reason="")
    with pytest.raises(StandingRefused, match="member of staff"):
        set_status(reader=reporter, status="banned", by=moderator, reason="")


def test_a_guest_is_known_by_the_mail_address_in_any_case_else_by_the_network(moderator):
    set_status(reader=GuestReader("Ana@example.org", "a" * 64), status="banned", by=moderator, reason="Threats")
    set_status(reader=GuestReader("", "b" * 64), status="quiet", by=moderator, reason="Floods")

    assert status_of(GuestReader("ana@example.org", "c" * 64)).standing == Standing.BANNED
    assert status_of(GuestReader("else@example.org", "b" * 64)).standing == Standing.QUIET
    assert status_of(GuestReader("else@example.org", "a" * 64)) is None


def test_no_address_is_kept_in_the_clear(moderator):
    row = set_status(reader=GuestReader("ana@example.org"), status="banned", by=moderator, reason="Threats")

    assert "ana" not in row.key


def test_the_strictest_of_a_guests_standings_holds(moderator):
    set_status(reader=GuestReader("ana@example.org"), status="trusted", by=moderator, reason="")
    set_status(reader=GuestReader("", "b" * 64), status="moderated", by=moderator, reason="")

    assert status_of(GuestReader("ana@example.org", "b" * 64)).standing == Standing.MODERATED


def test_a_page_of_readers_costs_one_query(moderator, django_assert_num_queries):
    comments = [CommentFactory(), CommentFactory(author=None, guest_name="Ana", guest_email="a@example.org")]
    readers = [reader_of(comment) for comment in comments]
    for one in readers:
        set_status(reader=one, status="quiet", by=moderator, reason="")

    with django_assert_num_queries(1):
        assert len(statuses_of([*readers, UserFactory.build(pk=0)])) == 2


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        ("quiet", "3 comments a day. Left today: 2. Why: Floods"),
        ("banned", "You may no longer comment here. Why: Floods"),
        ("moderated", ""),
    ],
)
def test_a_reader_knows_the_own_standing_before_writing(standing, words, client, reader, moderator):
    article = PublishedCommentFactory(author=reader).article
    set_status(reader=reader, status=standing, by=moderator, reason="Floods")
    client.force_login(reader)

    page = client.get(f"/comments/{article.pk}/new/").content.decode()

    assert words in page if words else "Floods" not in page
