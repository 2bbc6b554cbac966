"""What readers see of themselves, take along, and leave behind."""

import json
import re

import pytest
from allauth.account.models import EmailAddress
from axes.models import AccessLog

from articles.models import Article, ErrorReport, Newsletter, Subscription
from comments import appeals, moderation, muting, recommending
from comments.models import Appeal, Comment, CommentVersion, ReaderNote, ReaderStatus
from comments.reader_file import add_note
from comments.reader_status import set_status
from newsroom.models import User
from tests.comments.pages import post, section, site
from tests.factories import PASSWORD, CommentFactory, PublishedCommentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(client):
    person = User.objects.create_user("ada", "ada@example.org", PASSWORD, name="Ada Prado")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    client.post("/accounts/login/", {"login": "ada", "password": PASSWORD})
    return person


def test_the_profile_shows_every_state_with_its_reason(ada, client, moderator):
    PublishedCommentFactory(author=ada, body="Said aloud.")
    CommentFactory(author=ada, body="Not read yet.")
    rejected = CommentFactory(author=ada, body="Too rude.")
    moderation.reject(comment=rejected, by=moderator, reason="insult")
    PublishedCommentFactory(body="By somebody else.")

    html = client.get("/accounts/comments/").content.decode()

    for words in (
        "Said aloud.",
        "Published",
        "Not read yet.",
        "Waiting for moderation",
        "Too rude.",
        "It insults somebody.",
    ):
        assert words in html
    assert "By somebody else." not in html


@pytest.mark.parametrize("number", [1, 25])
def test_the_profile_costs_the_same_for_one_comment_and_many(number, ada, client, django_assert_max_num_queries):
    for _ in range(number):
        PublishedCommentFactory(author=ada)
    client.get("/accounts/comments/")
    with django_assert_max_num_queries(8):
        html = client.get("/accounts/comments/").content.decode()
    assert ("Older comments" in html) == (number > 20)
    for older in re.findall(r'href="\?before=(\d+)"', html):
        assert (
            client.get(f"/accounts/comments/?before={older}").content.decode().count("See it in its place")
            == number - 20
        )


def test_a_muted_reader_is_listed_and_read_again(ada, client):
    loud = PublishedCommentFactory().author
    muting.mute(reader=ada, muted=loud)
    assert loud.display_name in client.get("/accounts/muted/").content.decode()

    client.post("/accounts/muted/", {"who": loud.pk})
    client.post("/accounts/muted/", {"who": "no number"})

    assert "You mute nobody." in client.get("/accounts/muted/").content.decode()


def test_all_that_is_kept_comes_in_one_file_and_nothing_of_others(ada, client):
    own, other = PublishedCommentFactory(author=ada, body="My words."), PublishedCommentFactory(body="Other words.")
    CommentVersion.objects.create(comment=own, body="My first words.")
    recommending.recommend(comment=other, reader=ada)

    answer = client.get("/accounts/data/my-data.json")

    found = json.loads(answer.content)
    assert answer["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert found["account"]["addresses"] == [{"email": "ada@example.org", "verified": True, "primary": True}]
    written = found["comments"]["written"][0]
    assert (written["text"], written["state"], written["earlier_texts"]) == (
        "My words.",
        "published",
        ["My first words."],
    )
    assert [one["comment"] for one in found["comments"]["recommended"]] == [other.pk]
    assert "Other words." not in answer.content.decode()


def test_appeals_and_standings_come_along_and_leave_too(ada, client, moderator):
    comment = CommentFactory(author=ada)
    moderation.reject(comment=comment, by=moderator, reason="insult")
    appeals.appeal(comment=comment, text="I quoted the minister.")
    set_status(reader=ada, status="quiet", by=moderator, reason="Ten in an hour")
    as_guest = CommentFactory(author=None, guest_name="Ada", guest_email=ada.email)
    add_note(comment=as_guest, body="Ada of the harbour", by=moderator)

    found = json.loads(client.get("/accounts/data/my-data.json").content)["comments"]
    leave(client, sure="on")

    assert [row["text"] for row in found["appeals"]] == ["I quoted the minister."]
    assert [row["reason"] for row in found["standings"]] == ["Ten in an hour"]
    assert not (Appeal.objects.exists() or ReaderNote.objects.exists() or ReaderStatus.objects.exists())


def leave(client, **fields):
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client.post("/accounts/delete/", fields)


@pytest.mark.parametrize("policy", ["keep", "remove"])
def test_who_leaves_leaves_no_name_and_no_address(policy, ada, client):
    site(former_readers=policy)
    post(client, f"/comments/{CommentFactory().article_id}/new/")
    mine = PublishedCommentFactory(author=ada, body="What I said.")
    answer, liked = PublishedCommentFactory(article=mine.article, parent=mine), PublishedCommentFactory()
    recommending.recommend(comment=liked, reader=ada)
    AccessLog.objects.create(username="ADA@example.org")

    assert leave(client).status_code == 422
    assert leave(client, sure="on")["Location"] == "/accounts/login/"

    html = section(mine.article)
    assert ("What I said." in html, "A former reader" in html) == ((policy == "keep"),) * 2
    assert "Ada" not in html
    assert answer.body in html
    assert Article.objects.get(pk=mine.article_id).comment_count == (2 if policy == "keep" else 1)
    assert Comment.objects.get(pk=liked.pk).recommend_count == 0
    assert not User.objects.filter(username="ada").exists()
    assert not EmailAddress.objects.filter(email__icontains="ada").exists()
    assert not AccessLog.objects.filter(username__icontains="ada").exists()
    assert client.get("/accounts/comments/").status_code == 302


def test_the_password_is_asked_for_once_more(ada, client):
    assert client.get("/accounts/delete/")["Location"].startswith("/accounts/reauthenticate/")


def test_staff_is_told_who_closes_their_account(client, editor):
    client.post("/accounts/login/", {"login": editor.username, "password": PASSWORD})

    answer = leave(client, sure="on")

    assert answer.status_code == 403
    assert User.objects.filter(pk=editor.pk).exists()


@pytest.mark.parametrize("page", ["comments", "notices", "muted", "data", "data/my-data.json", "delete"])
def test_the_pages_of_an_account_ask_who_is_there(page, client):
    path = f"/accounts/{page}" if "." in page else f"/accounts/{page}/"
    assert client.get(path)["Location"] == f"/accounts/login/?next={path}"


def test_newsletters_and_error_reports_forget_the_address_too(ada, client):
    newsletter = Newsletter.objects.create(language="en", title="The morning")
    Subscription.objects.create(newsletter=newsletter, email="ADA@example.org")
    report = ErrorReport.objects.create(article=CommentFactory().article, text="A typo.", email="ada@example.org")
    assert json.loads(client.get("/accounts/data/my-data.json").content)["reading"]["newsletters"] == [str(newsletter)]

    leave(client, sure="on")

    assert not Subscription.objects.exists()
    assert ErrorReport.objects.get(pk=report.pk).email == ""
