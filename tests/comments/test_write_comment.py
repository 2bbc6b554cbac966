"""Writing a comment, without JavaScript: the form, what comes back, and what becomes of it."""

import pytest
from django.test import Client

from comments.models import Comment, Status
from newsroom.choices import CommentMode
from tests.comments.pages import post, site, stamp
from tests.factories import ArticleFactory, CommentFactory, LiveArticleFactory, PublishedCommentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return LiveArticleFactory()


@pytest.fixture
def signed_in(client, reader):
    client.force_login(reader)
    return client


def new(article):
    return f"/comments/{article.pk}/new/"


def test_a_comment_waits_and_its_author_is_thanked(signed_in, article):
    answer = post(signed_in, new(article), body="Who did the sum?")
    page = signed_in.get(answer.url).content.decode()

    assert Comment.objects.get().status == Status.WAITING
    assert "Thank you. Your comment is waiting for a moderator." in page
    assert "Who did the sum?" in page
    assert f"{article.get_absolute_url()}#comments" in page


def test_a_comment_that_needs_no_moderator_leads_to_its_place(signed_in):
    article = LiveArticleFactory(comment_mode=CommentMode.OPEN)

    answer = post(signed_in, new(article))

    assert (answer.status_code, answer.url) == (302, f"{article.get_absolute_url()}#c{Comment.objects.get().pk}")


def test_a_reply_to_an_old_thread_leads_to_the_page_that_holds_it(signed_in, django_assert_max_num_queries):
    article = LiveArticleFactory(comment_mode=CommentMode.OPEN)
    old = PublishedCommentFactory(article=article)
    for _ in range(20):
        PublishedCommentFactory(article=article)

    place = post(signed_in, f"/comments/{old.pk}/reply/").url

    from tests.comments.pages import section

    assert f'id="c{Comment.objects.latest("pk").pk}"' in section(article, "?" + place.split("?")[1].split("#")[0])


def test_a_reader_who_is_not_signed_in_is_asked_to(client, article):
    page = client.get(new(article))

    assert page.status_code == 200
    assert "Sign in to post a comment." in page.content.decode()
    assert f"/accounts/login/?next={new(article)}" in page.content.decode()


def test_words_sent_without_signing_in_are_kept(client, article):
    answer = post(client, new(article), body="Half an hour of thought")

    assert answer.status_code == 403
    assert "Half an hour of thought" in answer.content.decode()
    assert not Comment.objects.exists()


def test_a_guest_gives_a_name_and_an_address_where_the_site_takes_guests(client, article):
    site(guest_comments=True)

    refused = post(client, new(article), name="", email="no address")
    taken = post(client, new(article), name="Ana Luz", email="ana@example.org")

    assert refused.status_code == 422
    assert "Type the name to show with your comment." in refused.content.decode()
    assert Comment.objects.get().guest_name == "Ana Luz"
    assert "Ana Luz" in client.get(taken.url).content.decode()


def test_only_its_author_sees_what_became_of_it(client, signed_in, article, editor):
    path = post(signed_in, new(article)).url
    stranger, colleague = Client(), Client()
    colleague.force_login(editor)

    assert signed_in.get(path).status_code == 200
    assert stranger.get(path).status_code == 404
    assert colleague.get(path).status_code == 404


def test_ones_own_waiting_comments_come_as_a_fragment(signed_in, article):
    post(signed_in, new(article), body="Only I see this")

    mine = signed_in.get(f"/comments/{article.pk}/mine/")

    assert "Waiting for moderation" in mine.content.decode()
    assert "Only I see this" in mine.content.decode()
    assert Client().get(f"/comments/{article.pk}/mine/").status_code == 204


def test_asking_for_ones_own_opens_no_session(client, article):
    assert not client.get(f"/comments/{article.pk}/mine/").cookies


def test_the_author_of_a_rejected_comment_reads_why(signed_in, reader, article):
    CommentFactory(article=article, author=reader, status="rejected", rejection="insult")

    page = signed_in.get(f"/comments/{article.pk}/mine/").content.decode()

    assert "A moderator did not publish this comment." in page and "It insults somebody." in page


@pytest.mark.parametrize("path", ["new", "mine"])
def test_no_cache_keeps_personal_pages(path, signed_in, article):
    CommentFactory(article=article, author_id=signed_in.session["_auth_user_id"])

    answer = signed_in.get(f"/comments/{article.pk}/{path}/")

    assert "no-store" in answer.headers["Cache-Control"]
    assert "private" in answer.headers["Cache-Control"]


def test_a_form_without_its_token_is_refused(reader, article):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reader)

    assert post(strict, new(article)).status_code == 403
    assert not Comment.objects.exists()


def test_a_form_with_its_token_is_taken(reader, article):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reader)
    token = strict.get(new(article)).context["csrf_token"]

    assert post(strict, new(article), csrfmiddlewaretoken=str(token)).status_code == 302


def test_whoever_fills_the_trap_is_thanked_and_lies_with_the_spam(signed_in):
    article = LiveArticleFactory(comment_mode=CommentMode.OPEN)

    page = signed_in.get(post(signed_in, new(article), website="http://spam.example").url)

    assert Comment.objects.get().status == Status.SPAM
    assert "Thank you. Your comment is waiting for a moderator." in page.content.decode()


@pytest.mark.parametrize("opened", ["", "forged", "MTIz:1abc:def", pytest.param(stamp, id="a day and an hour old")])
def test_a_form_without_a_good_stamp_comes_back_filled_in(opened, signed_in, article):
    answer = post(signed_in, new(article), opened=opened(25 * 3600) if callable(opened) else opened, body="My words")

    assert answer.status_code == 422
    assert "My words" in answer.content.decode()
    assert "Your text is kept: post it again." in answer.content.decode()


def test_who_is_too_quick_keeps_the_text(signed_in, article):
    for n in range(3):
        post(signed_in, new(article), body=f"Comment {n}")

    answer = post(signed_in, new(article), body="The fourth one")

    assert answer.status_code == 429
    assert "You are posting quickly." in answer.content.decode()
    assert "The fourth one" in answer.content.decode()


def test_a_closed_article_says_so_and_gives_the_words_back(signed_in):
    article = LiveArticleFactory(comment_mode=CommentMode.CLOSED)

    seen, sent = signed_in.get(new(article)), post(signed_in, new(article), body="Too late")

    assert (seen.status_code, sent.status_code) == (200, 403)
    assert "Comments on this article are closed." in seen.content.decode()
    assert "Too late" in sent.content.decode()


@pytest.mark.parametrize("state", ["draft", "scheduled", "withdrawn", "killed"])
def test_what_readers_do_not_see_has_no_form(state, signed_in):
    article = ArticleFactory(state=state)

    assert signed_in.get(new(article)).status_code == 404
    assert post(signed_in, new(article)).status_code == 404


def test_a_comment_that_is_not_shown_cannot_be_answered(signed_in):
    waiting = CommentFactory()

    assert signed_in.get(f"/comments/{waiting.pk}/reply/").status_code == 404
    assert post(signed_in, f"/comments/{waiting.pk}/reply/").status_code == 404


def test_a_script_gets_the_form_alone_and_the_thanks_alone(signed_in, article):
    form = signed_in.get(new(article), headers={"X-Fragment": "1"}).content.decode()
    done = signed_in.post(new(article), {"opened": stamp(), "body": "Hello there"}, headers={"X-Fragment": "1"})

    assert "<form" in form
    assert "<html" not in form
    assert "Waiting for moderation" in done.content.decode()


def test_the_form_speaks_the_language_of_its_article(client):
    page = client.get(new(LiveArticleFactory(language="ar")))

    assert 'lang="ar" dir="rtl"' in page.content.decode()
