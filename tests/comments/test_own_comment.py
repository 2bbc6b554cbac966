"""What authors do with their own comments, and who is not their author."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article
from comments import moderation, own
from comments.models import Comment, Rejection, Status, WordList
from comments.pipeline.draft import words_hash
from comments.reader_status import set_status
from newsroom.choices import CommentMode
from tests.comments.pages import post, section, site
from tests.factories import CommentFactory, LiveArticleFactory, PublishedCommentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment(reader):
    article = LiveArticleFactory(comment_mode=CommentMode.OPEN)
    return PublishedCommentFactory(article=article, author=reader, body="Who did the sum?")


@pytest.fixture
def author(client, reader):
    client.force_login(reader)
    return client


def counted(comment):
    return Article.objects.get(pk=comment.article_id).comment_count


def test_an_author_changes_a_comment_and_moderators_keep_what_it_said(author, comment):
    answer = post(author, f"/comments/{comment.pk}/edit/", body="Who did the sums?")

    assert answer["Location"].endswith(f"#c{comment.pk}")
    comment.refresh_from_db()
    assert (comment.body, comment.status, counted(comment)) == ("Who did the sums?", Status.PUBLISHED, 1)
    assert [version.body for version in comment.versions.all()] == ["Who did the sum?"]
    assert "edited" in section(comment.article)


def test_what_a_phase_holds_waits_again_after_the_change(author, comment):
    answer = post(
        author, f"/comments/{comment.pk}/edit/", body="See https://example.org/ and www.example.com and a.example"
    )

    comment.refresh_from_db()
    assert (comment.status, comment.phase, counted(comment)) == (Status.WAITING, "links", 0)
    assert answer["Location"] == f"/comments/{comment.pk}/posted/"


def test_a_published_comment_waits_again_where_a_moderator_reads_first(author, comment):
    Article.objects.filter(pk=comment.article_id).update(comment_mode=CommentMode.MODERATED)

    post(author, f"/comments/{comment.pk}/edit/", body="Something else.")

    comment.refresh_from_db()
    assert (comment.status, counted(comment)) == (Status.WAITING, 0)


@pytest.mark.parametrize("standing", ["banned", "suspended"])
def test_who_may_not_write_may_not_change_a_comment_either(standing, author, reader, comment, moderator):
    until = timezone.now() + timedelta(days=1)
    set_status(reader=reader, status=standing, by=moderator, reason="Insults", until=until)

    answer = post(author, f"/comments/{comment.pk}/edit/", body="You fools.")

    assert (answer.status_code, Comment.objects.get(pk=comment.pk).body) == (403, "Who did the sum?")
    assert "You fools." in answer.content.decode()


def test_what_follows_from_a_text_changes_with_it(author, comment):
    WordList.objects.create(name="List", kind="banned", words="zorble")
    Comment.objects.filter(pk=comment.pk).update(is_pick=True, is_pinned=True)

    post(author, f"/comments/{comment.pk}/edit/", body="You zorble!")

    comment.refresh_from_db()
    assert (comment.status, comment.rejection) == (Status.REJECTED, Rejection.OTHER)
    assert (comment.is_pick, comment.is_pinned, comment.words_hash) == (False, False, words_hash("You zorble!"))


@pytest.mark.parametrize(("minutes", "status"), [(9, 302), (11, 403)])
def test_the_time_to_change_ends_and_the_text_comes_back(minutes, status, author, comment):
    Comment.objects.filter(pk=comment.pk).update(created_at=timezone.now() - timedelta(minutes=minutes))

    answer = post(author, f"/comments/{comment.pk}/edit/", body="Too late perhaps.")

    assert answer.status_code == status
    assert status == 302 or "Too late perhaps." in answer.content.decode()


def test_a_site_can_forbid_changes(author, comment):
    site(comment_edit_minutes=0)

    assert post(author, f"/comments/{comment.pk}/edit/", body="Other.").status_code == 403


def test_an_empty_text_comes_back_with_a_sentence(author, comment):
    answer = post(author, f"/comments/{comment.pk}/edit/", body=" ")

    assert answer.status_code == 422
    assert Comment.objects.get(pk=comment.pk).body == "Who did the sum?"


def test_a_deleted_comment_leaves_a_line_if_it_was_answered(author, comment):
    PublishedCommentFactory(article=comment.article, parent=comment, body="The answer.")

    for _ in range(2):
        author.post(f"/comments/{comment.pk}/delete/")

    html = section(comment.article)
    assert "This comment was deleted by its author." in html
    assert "Who did the sum?" not in html
    assert counted(comment) == 1


def test_what_a_moderator_took_down_is_not_deleted_over_it(comment, moderator):
    moderation.remove(comment=comment, by=moderator)

    with pytest.raises(own.TooLate):
        own.delete(comment=comment)


@pytest.mark.parametrize("act", ["edit", "delete"])
def test_others_comments_are_unknown(act, client, moderator, comment):
    assert client.get(f"/comments/{comment.pk}/{act}/").status_code == 404
    client.force_login(moderator)
    assert post(client, f"/comments/{comment.pk}/{act}/", body="Mine now.").status_code == 404


def test_a_guest_takes_back_what_was_posted_in_the_same_session(client):
    site(guest_comments=True)
    article = LiveArticleFactory()
    post(client, f"/comments/{article.pk}/new/", name="Guest", email="guest@example.org")
    comment = Comment.objects.get()

    assert client.get(f"/comments/{comment.pk}/edit/").status_code == 200
    client.post(f"/comments/{comment.pk}/delete/")

    comment.refresh_from_db()
    assert comment.status == Status.DELETED


def test_the_page_of_a_waiting_comment_offers_to_change_it(author, reader):
    comment = CommentFactory(author=reader)

    assert f"/comments/{comment.pk}/edit/" in author.get(f"/comments/{comment.pk}/posted/").content.decode()


QUEUE = "/admin/comments/comment/"


def test_a_text_that_changed_after_it_was_read_is_not_approved(client, moderator):
    client.force_login(moderator)
    comment = CommentFactory(body="A kind word")
    shown = re.search(rf'name="seen-{comment.pk}" value="([^"]+)"', client.get(QUEUE).content.decode())[1]
    own.edit(comment=Comment.objects.get(pk=comment.pk), body="An unkind word")

    answer = client.post(f"{QUEUE}act/", {"one": f"approve-{comment.pk}", f"seen-{comment.pk}": shown}, follow=True)

    comment.refresh_from_db()
    assert comment.status == Status.WAITING
    assert "Its author has changed it meanwhile." in answer.content.decode()
    again = re.search(rf'name="seen-{comment.pk}" value="([^"]+)"', client.get(QUEUE).content.decode())[1]
    client.post(f"{QUEUE}act/", {"one": f"approve-{comment.pk}", f"seen-{comment.pk}": again})
    comment.refresh_from_db()
    assert comment.status == Status.PUBLISHED
