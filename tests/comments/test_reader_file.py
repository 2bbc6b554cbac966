"""A reader as moderators see them."""

import pytest

from comments import reasons
from comments.models import CannedReason, ReaderNote, ReaderStatus
from tests.factories import CommentFactory, PublishedCommentFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


def file_of(comment):
    return f"/admin/comments/comment/{comment.pk}/reader/"


def test_the_file_holds_the_record_the_address_and_every_comment(desk):
    writer = UserFactory(email="berta@example.org")
    comment = PublishedCommentFactory(author=writer, body="One of hers")
    CommentFactory(author=writer, body="Another of hers")
    CommentFactory(body="Not hers")

    page = desk.get(file_of(comment)).content.decode()

    for words in ("berta@example.org", "1 approved, 0 rejected", "One of hers", "Another of hers"):
        assert words in page
    assert "Not hers" not in page


@pytest.mark.parametrize("person", [{}, {"author": None, "guest_name": "Ana", "guest_email": "ana@example.org"}])
def test_a_note_stands_beside_every_comment_of_the_reader(desk, moderator, person):
    comment = CommentFactory(**person)

    desk.post(file_of(comment), {"note": "1", "body": "Was warned\x00 twice."})
    desk.post(file_of(comment), {"note": "1", "body": "Was warned twice."})

    note = ReaderNote.objects.get()
    assert (note.by, note.body) == (moderator, "Was warned twice.")
    assert "Was warned twice." in desk.get("/admin/comments/comment/").content.decode()


def test_a_standing_is_changed_from_the_file_and_a_refused_one_comes_back_filled_in(desk, moderator):
    comment = CommentFactory()

    refused = desk.post(file_of(comment), {"stand": "1", "standing": "suspended", "reason": "Insults"})
    assert (refused.status_code, refused.context["standing_form"].data["reason"]) == (422, "Insults")
    desk.post(file_of(comment), {"stand": "1", "standing": "suspended", "days": "7", "reason": "Insults"})

    status = ReaderStatus.objects.get()
    assert (status.reader, status.standing, status.set_by) == (comment.author, "suspended", moderator)
    assert "Suspended" in desk.get("/admin/comments/comment/").content.decode()


def test_files_are_for_moderators(client, editor):
    client.force_login(editor)

    assert client.get(file_of(CommentFactory())).status_code == 403


def test_a_file_asks_the_same_queries_for_one_comment_and_for_ten(desk, django_assert_max_num_queries):
    comment = CommentFactory()
    CommentFactory.create_batch(9, author=comment.author)
    desk.get(file_of(comment))

    with django_assert_max_num_queries(30):
        desk.get(file_of(comment))


def test_a_prewritten_reason_is_read_in_the_language_of_the_article():
    comment = CommentFactory(rejection="insult")
    assert reasons.sentence(comment) == "It insults somebody."

    CannedReason.objects.create(rejection="insult", language="en", sentence="Please leave persons out of it.")
    CannedReason.objects.create(rejection="insult", language="es", sentence="Sin insultos, por favor.")

    assert reasons.sentence(comment) == "Please leave persons out of it."
    assert dict(reasons.choices("es"))["insult"] == "Sin insultos, por favor."
