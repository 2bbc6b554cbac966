"""Readers report a comment; moderators find it among the reported."""

import pytest

from comments.models import Comment, CommentReport
from tests.factories import CommentFactory, PublishedCommentFactory

pytestmark = pytest.mark.django_db


def test_a_report_is_thanked_and_reaches_the_moderators(client, reader):
    comment = PublishedCommentFactory()
    client.force_login(reader)

    page = client.post(f"/comments/{comment.pk}/report/", {"reason": "insult"})

    assert "You reported this comment." in page.content.decode()
    assert list(Comment.objects.reported()) == [comment]


def test_one_reader_reports_a_comment_once(client, reader):
    comment = PublishedCommentFactory()
    client.force_login(reader)

    for reason in ("insult", "spam"):
        assert client.post(f"/comments/{comment.pk}/report/", {"reason": reason}).status_code == 200

    assert CommentReport.objects.get().reason == "insult"


def test_a_reader_without_an_account_may_report_once_an_address(client):
    comment = PublishedCommentFactory()

    for _ in range(2):
        client.post(f"/comments/{comment.pk}/report/", {"reason": "hatred"})

    assert CommentReport.objects.get().reporter is None


@pytest.mark.parametrize("reason", ["", "nonsense", "\x00"])
def test_a_report_needs_one_of_the_reasons(reason, client):
    comment = PublishedCommentFactory()

    answer = client.post(f"/comments/{comment.pk}/report/", {"reason": reason})

    assert answer.status_code == 422
    assert "Choose a reason." in answer.content.decode()
    assert not CommentReport.objects.exists()


def test_what_readers_do_not_see_cannot_be_reported(client):
    assert client.get(f"/comments/{CommentFactory().pk}/report/").status_code == 404
