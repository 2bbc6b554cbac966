"""A form that was open for too long comes back as it was typed; nobody has to write anything again."""

import pytest
from django.test import Client

from comments.models import Comment
from newsroom.models import SiteIdentity
from tests.factories import LiveArticleFactory, PublishedCommentFactory

pytestmark = pytest.mark.django_db
TYPED = {"name": "Ottilie", "email": "o@example.org", "letters": "1", "body": "The crane is red."}


@pytest.fixture
def guest():
    site = SiteIdentity.load()
    site.guest_comments = True
    site.save()
    return Client(enforce_csrf_checks=True)


def test_all_that_a_guest_typed_is_kept_the_tick_too(guest):
    article = LiveArticleFactory()

    answer = guest.post(f"/comments/{article.pk}/new/", TYPED)
    page = answer.content.decode()

    assert answer.status_code == 403 and not Comment.objects.exists()
    assert 'value="Ottilie"' in page and 'value="o@example.org"' in page and ">The crane is red.</textarea>" in page
    assert page.split('name="letters"')[1].split(">")[0].endswith("checked")
    assert "What you typed is kept" in page and "no-store" in answer.headers["Cache-Control"]


def test_the_form_that_came_back_can_be_sent(guest):
    article = LiveArticleFactory()
    token = guest.post(f"/comments/{article.pk}/new/", TYPED).context["csrf_token"]

    sent = guest.post(f"/comments/{article.pk}/new/", {**TYPED, "csrfmiddlewaretoken": str(token), "opened": ""})

    assert sent.status_code != 403


def test_a_reply_and_an_edit_come_back_too(reader):
    article, strict = LiveArticleFactory(), Client(enforce_csrf_checks=True)
    strict.force_login(reader)
    own = PublishedCommentFactory(article=article, author=reader)

    for act in ("reply", "edit"):
        page = strict.post(f"/comments/{own.pk}/{act}/", {"body": "Or blue."}).content.decode()
        assert ">Or blue.</textarea>" in page and "What you typed is kept" in page
    own.refresh_from_db()
    assert own.body != "Or blue." and Comment.objects.count() == 1


def test_where_guests_may_not_write_the_text_is_there_to_copy():
    article = LiveArticleFactory()

    page = Client(enforce_csrf_checks=True).post(f"/comments/{article.pk}/new/", TYPED).content.decode()

    assert "Your text, to copy" in page and ">The crane is red.</textarea>" in page


def test_another_site_fills_no_form(guest):
    article = LiveArticleFactory()

    answer = guest.post(f"/comments/{article.pk}/new/", TYPED, headers={"Origin": "https://bad.example"})

    assert answer.status_code == 403 and "comment-form" not in answer.content.decode()


def test_a_script_is_left_to_fetch_a_form_by_itself(guest):
    article = LiveArticleFactory()

    answer = guest.post(f"/comments/{article.pk}/new/", TYPED, headers={"X-Fragment": "1"})

    assert answer.status_code == 403 and "X-Fragment" not in answer.headers
