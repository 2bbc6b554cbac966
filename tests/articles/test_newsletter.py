"""The newsletter: nothing without a confirmation, one letter a day, gone with one click."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.core import signing
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone

from articles import newsletters, publishing
from articles.forms import NEWSLETTER_SALT
from articles.models import Issue, Newsletter, Subscription
from newsroom.models import SiteIdentity
from tests.factories import LiveArticleFactory

pytestmark = pytest.mark.django_db
SEVEN = datetime(2026, 3, 4, 7, 0, tzinfo=UTC)


class Refusing(EmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages):
        raise OSError("refused")


@pytest.fixture
def daily():
    return Newsletter.objects.create(title="The morning", language="en", hour=7)


@pytest.fixture
def reader(daily):
    return Subscription.objects.create(
        newsletter=daily, email="reader@example.org", confirmed_at=SEVEN - timedelta(days=2), asked_at=SEVEN
    )


def story(**fields):
    return LiveArticleFactory(**{"at": SEVEN - timedelta(hours=3), **fields})


def sign_up(client, email="reader@example.org", **fields):
    opened = signing.dumps(timezone.now().timestamp() - 30, salt=NEWSLETTER_SALT)  # a person took half a minute
    return client.post("/newsletter/", {"email": email, "opened": opened, **fields})


def link(letter, name):
    return re.search(rf"https?://[^/]+(/newsletter/{name}/\S+)", letter.body)[1]


def test_nothing_comes_before_the_owner_of_the_address_confirms(
    client, daily, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert sign_up(client).headers["Location"] == "/newsletter/?sent=1"
    story()
    assert newsletters.send_due(SEVEN) == 0
    path = link(mailoutbox[0], "confirm")
    client.get(path)  # as mail programs do by themselves
    assert Subscription.objects.get().confirmed_at is None
    assert "You are signed up" in client.post(path).content.decode()
    assert Subscription.objects.get().confirmed_at is not None


def test_who_gets_it_already_is_told_by_mail_and_the_page_says_the_same(
    client, daily, reader, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        known = sign_up(client, email="READER@example.org")
    assert known.headers["Location"] == sign_up(client, email="new@example.org").headers["Location"]
    assert "already" in mailoutbox[0].body and Subscription.objects.count() == 2


def test_an_issue_goes_out_once_at_its_hour_and_leads_to_the_stories(daily, reader, mailoutbox):
    article = story(headline="The river rose")
    assert newsletters.send_due(SEVEN - timedelta(seconds=1)) == 0
    assert newsletters.send_due(SEVEN) == 1
    assert newsletters.send_due(SEVEN + timedelta(minutes=1)) == 0
    [letter] = mailoutbox
    assert "The river rose" in letter.body and article.get_absolute_url() in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_next_issue_holds_only_what_is_new(daily, reader, mailoutbox):
    story(headline="Yesterday's")
    newsletters.send_due(SEVEN)
    assert newsletters.send_due(SEVEN + timedelta(days=1)) == 0
    story(headline="Today's", at=SEVEN + timedelta(hours=20))
    assert newsletters.send_due(SEVEN + timedelta(days=2)) == 1
    assert "Yesterday's" not in mailoutbox[-1].body


def test_a_letter_leads_to_the_home_page_of_its_language(mailoutbox):
    site = SiteIdentity.load()
    site.languages = ["en", "es"]
    site.save()
    spanish = Newsletter.objects.create(title="La mañana", language="es", hour=7)
    Subscription.objects.create(newsletter=spanish, email="lectora@example.org", confirmed_at=SEVEN - timedelta(days=2))
    story(language="es")
    newsletters.send_due(SEVEN)
    assert f'href="{settings.SITE_URL}/es/"' in mailoutbox[0].alternatives[0][0]


def test_days_of_downtime_bring_one_letter_not_many(daily, reader, mailoutbox):
    story()
    newsletters.send_due(SEVEN)
    story(at=SEVEN + timedelta(hours=5))
    assert newsletters.send_due(SEVEN + timedelta(days=2, hours=13)) == 0
    assert newsletters.send_due(SEVEN + timedelta(days=3)) == 1


def test_a_story_withdrawn_after_the_issue_was_made_is_left_out(daily, reader, mailoutbox):
    gone = story(headline="Not so")
    story(headline="True")
    newsletters.issue_due(daily, SEVEN)
    publishing.withdraw(article=gone, by=None, note="Wrong.")
    newsletters.send_due(SEVEN)
    assert "Not so" not in mailoutbox[0].body + mailoutbox[0].subject


def test_a_refused_letter_is_sent_by_the_next_run(daily, reader, settings, mailoutbox):
    story()
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.Refusing"
    with pytest.raises(OSError, match="refused"):
        newsletters.send_due(SEVEN)
    settings.EMAIL_BACKEND = backend
    assert newsletters.send_due(SEVEN + timedelta(minutes=1)) == 1
    assert Issue.objects.count() == 1


def test_one_click_in_a_mail_program_ends_it_without_a_cookie(daily, reader):
    strict = Client(enforce_csrf_checks=True)
    path = f"/newsletter/leave/{newsletters.token_of(reader)}/"
    assert "Send nothing more to reader@example.org" in strict.get(path).content.decode()
    assert Subscription.objects.exists()
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscription.objects.exists()
    assert "no more letters" in strict.get(path).content.decode()


def test_an_address_that_nobody_confirmed_is_forgotten(daily):
    Subscription.objects.create(newsletter=daily, email="x@example.org", asked_at=SEVEN - timedelta(days=7, seconds=1))
    Subscription.objects.create(newsletter=daily, email="y@example.org", asked_at=SEVEN - timedelta(days=7))
    newsletters.send_due(SEVEN)
    assert [row.email for row in Subscription.objects.all()] == ["y@example.org"]


@pytest.mark.parametrize("email", ["", "nobody", "a@b", "x" * 250 + "@example.org", "\x00@example.org"])
def test_what_is_no_address_comes_back_with_a_sentence(client, daily, email):
    assert sign_up(client, email=email).status_code == 422


def test_a_machine_is_thanked_and_forgotten(client, daily):
    assert sign_up(client, website="https://example.org").status_code == 303
    assert not Subscription.objects.exists()


def test_without_a_newsletter_there_is_no_page(client, daily):
    Newsletter.objects.update(is_active=False)
    assert client.get("/newsletter/").status_code == 404
    assert client.get("/newsletter/confirm/nonsense/").status_code == 404
