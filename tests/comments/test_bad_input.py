"""Whatever is sent to the comment forms, the answer is a sentence, never a crash."""

import pytest

from comments.models import Comment
from tests.comments.pages import post, stamp
from tests.factories import LiveArticleFactory, PublishedCommentFactory

pytestmark = pytest.mark.django_db
HUGE = "9" * 18


@pytest.fixture
def signed_in(client, reader):
    client.force_login(reader)
    return client


@pytest.mark.parametrize(
    "body",
    ["", "\x00", "\ud800", "x" * 100_000, "\u202e" * 50, "😀" * 4001, "\r\n" * 5000],
    ids=["nothing", "NUL", "surrogate", "100 kB", "overrides", "emoji", "line ends"],
)
def test_a_text_that_cannot_stand_comes_back_with_a_sentence(body, signed_in):
    article = LiveArticleFactory()

    answer = post(signed_in, f"/comments/{article.pk}/new/", body=body.encode("utf-8", "replace").decode())

    assert answer.status_code == 422 or body == "\ud800"
    assert "Your comment was not sent." in answer.content.decode() or body == "\ud800"


@pytest.mark.parametrize(
    "raw", [b"body=%00%ff%fe&opened=x", b"body=%ED%A0%80", b"\xff\xfe\x00", b"body", b"&&&===", b""]
)
def test_raw_bytes_do_no_harm(raw, signed_in):
    article = LiveArticleFactory()

    answer = signed_in.post(
        f"/comments/{article.pk}/new/", raw, content_type="application/x-www-form-urlencoded; charset=utf-8"
    )

    assert answer.status_code == 422
    assert not Comment.objects.exists()


@pytest.mark.parametrize("page", ["new", "reply", "report", "posted"])
@pytest.mark.parametrize("pk", ["0", "4711", HUGE])
def test_unknown_numbers_are_unknown(page, pk, signed_in):
    assert signed_in.get(f"/comments/{pk}/{page}/").status_code == 404


@pytest.mark.parametrize(
    "path", ["/comments/-1/new/", "/comments/1e3/new/", "/comments/٣/new/", "/comments/" + "9" * 40 + "/new/"]
)
def test_what_is_no_number_is_unknown(path, signed_in):
    assert signed_in.get(path).status_code == 404


def test_asking_for_ones_own_under_no_article_is_empty(signed_in):
    assert signed_in.get(f"/comments/{HUGE}/mine/").status_code == 204


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
@pytest.mark.parametrize("page", ["new", "reply", "report", "mine", "posted"])
def test_other_methods_are_refused(method, page, signed_in):
    comment = PublishedCommentFactory()

    assert getattr(signed_in, method)(f"/comments/{comment.pk}/{page}/").status_code == 405


def test_a_parent_or_state_in_the_form_counts_for_nothing(signed_in):
    article, other = LiveArticleFactory(), PublishedCommentFactory()

    post(
        signed_in,
        f"/comments/{article.pk}/new/",
        parent=other.pk,
        status="published",
        author=1,
        article=other.article_id,
    )

    stored = Comment.objects.latest("pk")
    assert (stored.article, stored.parent, stored.status) == (article, None, "waiting")


def test_a_session_with_nonsense_in_it_is_borne(client):
    session = client.session
    session["comments_posted"] = {"not": "a list"}
    session.save()

    assert client.get(f"/comments/{LiveArticleFactory().pk}/mine/").status_code == 204


def test_right_to_left_and_emoji_are_taken_as_they_are(signed_in):
    article = LiveArticleFactory()

    post(signed_in, f"/comments/{article.pk}/new/", body="مرحبا بالعالم 👩‍🚀", opened=stamp())

    assert Comment.objects.get().body == "مرحبا بالعالم 👩‍🚀"
