"""Moderators answer from the queue, under the badge of staff."""

import pytest

from comments.models import Act, Comment, Status
from tests.factories import CommentFactory, PublishedCommentFactory

pytestmark = pytest.mark.django_db
ACT, UNDO = "/admin/comments/comment/act/", "/admin/comments/comment/undo/"


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


def reply(desk, comment, text, **extra):
    return desk.post(ACT, {"one": f"reply-{comment.pk}", f"answer-{comment.pk}": text}, **extra)


def test_an_answer_approves_what_waited_and_is_counted_once_when_sent_twice(desk, moderator):
    comment = CommentFactory()

    reply(desk, comment, "The ministry signs.")
    reply(desk, comment, "The ministry signs.")

    comment.refresh_from_db()
    comment.article.refresh_from_db()
    answer = comment.replies.get()
    assert (comment.status, answer.author, answer.status) == (Status.PUBLISHED, moderator, Status.PUBLISHED)
    assert (comment.article.comment_count, answer.actions.get().act) == (2, Act.REPLY)


def test_an_answer_is_taken_back_like_any_act(desk):
    comment = PublishedCommentFactory()

    token = reply(desk, comment, "A slip.", follow=True).context["done_token"]
    desk.post(UNDO, {"done": token})

    comment.article.refresh_from_db()
    assert (comment.replies.get().status, comment.article.comment_count) == (Status.REMOVED, 1)


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 4001])
def test_an_answer_that_is_not_taken_comes_back_in_its_form(desk, text):
    comment = CommentFactory()

    answer = reply(desk, comment, text)

    assert answer.status_code == 422
    assert answer.context["text"] == text
    assert Comment.objects.get().status == Status.WAITING


def test_what_readers_do_not_see_is_not_answered(desk):
    comment = CommentFactory(status=Status.SPAM)

    assert "is spam now" in reply(desk, comment, "Hello").content.decode()
    assert not comment.replies.exists()
