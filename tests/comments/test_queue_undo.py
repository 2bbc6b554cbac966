"""What a moderator did in the queue can be taken back for ten minutes."""

import pytest
from django.core import signing

from comments.admin.acts import UNDO_SALT
from comments.models import Status
from tests.factories import CommentFactory

pytestmark = pytest.mark.django_db
ACT, UNDO = ("/admin/comments/comment/" + part for part in ("act/", "undo/"))


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


def body(answer):
    return answer.content.decode()


@pytest.mark.parametrize("token", ["", "forged", "a:b:c", "\x00"])
def test_a_token_that_is_not_ours_undoes_nothing(token, desk):
    answer = desk.post(UNDO, {"done": token}, follow=True)

    assert "It is too late to undo this." in body(answer)


def older(token, seconds):
    """The same way back, as it would have been given some seconds earlier."""
    value, at, _signature = token.rsplit(":", 2)
    return signing.Signer(salt=UNDO_SALT).sign(f"{value}:{signing.b62_encode(signing.b62_decode(at) - seconds)}")


@pytest.mark.parametrize(("minutes", "status"), [(9, Status.WAITING), (11, Status.PUBLISHED)])
def test_ten_minutes_later_it_is_too_late(minutes, status, desk):
    comment = CommentFactory()
    token = desk.post(ACT, {"one": f"approve-{comment.pk}"}, follow=True).context["done_token"]

    answer = desk.post(UNDO, {"done": older(token, minutes * 60)}, follow=True)

    comment.refresh_from_db()
    assert comment.status == status
    assert ("It is too late to undo this." in body(answer)) == (status == Status.PUBLISHED)
