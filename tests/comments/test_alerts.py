"""Who is told that the queue passes a limit, once for each crossing; and of illegal content, at once."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from comments import alerts, reporting
from comments.models import CommentRules, HookMessage
from newsroom.models import Notice
from tests.comments.test_counter import at_once
from tests.comments.test_outside_filter import filter_that, says
from tests.factories import CommentFactory, PublishedCommentFactory, UserFactory


def limits(**numbers):
    CommentRules(**{"alert_size": 2, "alert_minutes": 0, **numbers}).save()


@pytest.mark.django_db
@pytest.mark.parametrize(("waiting", "told"), [(1, 0), (2, 1)])
def test_moderators_are_told_at_the_limit(
    waiting, told, *, moderator, reporter, mailoutbox, django_capture_on_commit_callbacks
):
    limits()
    CommentFactory.create_batch(waiting)

    with django_capture_on_commit_callbacks(execute=True):
        alerts.watch()

    assert [notice.person for notice in Notice.objects.filter(kind="queue")] == [moderator] * told
    assert [letter.subject for letter in mailoutbox] == ["Comment queue: 2 comments are waiting"] * told


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "told"), [(59, 0), (61, 1)])
def test_moderators_are_told_when_the_oldest_has_waited_for_long(minutes, told, moderator):
    limits(alert_size=0, alert_minutes=60)
    CommentFactory(created_at=timezone.now() - timedelta(minutes=minutes))

    assert alerts.watch() == told
    assert Notice.objects.count() == told


@pytest.mark.django_db
def test_each_crossing_is_told_once(moderator):
    limits()
    first, _second = CommentFactory.create_batch(2)
    assert [alerts.watch(), alerts.watch()] == [1, 0]

    first.delete()
    assert alerts.watch() == 0
    CommentFactory()
    assert alerts.watch() == 1
    assert Notice.objects.filter(kind="queue").count() == 2


def test_watching_at_once_tells_once(transactional_db):
    UserFactory(role="Moderator")
    limits()
    CommentFactory.create_batch(3)

    assert sum(at_once(lambda _n: alerts.watch(), range(4))) == 1
    assert (Notice.objects.count(), len(mail.outbox)) == (1, 1)


@pytest.mark.django_db
def test_the_newsrooms_own_program_is_told_with_a_key_and_again_if_it_failed(moderator, settings):
    settings.HOOK_SECRET, settings.OUTGOING_HOSTS = "between us", ["127.0.0.1"]
    limits(alert_url="http://127.0.0.1:9/")
    CommentFactory.create_batch(2)
    alerts.watch()
    message = HookMessage.objects.get()
    assert message.sent_at is None

    with filter_that(says()) as (url, heard):
        HookMessage.objects.update(url=url, taken_at=timezone.now() - timedelta(minutes=2))
        assert [alerts.send_hooks(), alerts.send_hooks()] == [1, 0]

    assert len(heard) == 1
    assert json.loads(heard[0][0])["event"] == "queue_size"
    assert message.key == "queue-size-1"


@pytest.mark.django_db
def test_illegal_content_goes_straight_to_the_administrators_and_stands_apart(
    client, moderator, administrator, reader, *, mailoutbox, django_capture_on_commit_callbacks
):
    comment = PublishedCommentFactory(body="Something unlawful")
    PublishedCommentFactory()
    reporting.report(comment=comment, reason="insult", reporter=reader, address="")

    with django_capture_on_commit_callbacks(execute=True):
        for reporter in (reader, UserFactory()):
            reporting.report(comment=comment, reason="illegal", reporter=reporter, address="")

    assert [notice.person for notice in Notice.objects.filter(kind="illegal")] == [administrator]
    assert [letter.to for letter in mailoutbox] == [[administrator.email]]
    client.force_login(moderator)
    page = client.get("/admin/comments/commentreport/").content.decode()
    assert page.count("Something unlawful") == 2
