"""Making an account, from the form to the confirmed address."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from newsroom.models import User
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def sign_up(client, **given):
    data = {"name": "Lucía Prado", "email": "lucia@example.org", "password1": PASSWORD, "rules": "on", **given}
    return client.post("/accounts/signup/", data)


def errors(response):
    assert response.status_code == 200
    return {name: [str(text) for text in texts] for name, texts in response.context["form"].errors.items()}


def link_in(message):
    return re.search(r"https?://[^/\s]+(/accounts/\S+)", message.body)[1]


def test_reader_signs_up_confirms_and_signs_in(client):
    assert sign_up(client).url == "/accounts/confirm-email/"
    assert (
        client.post("/accounts/login/", {"login": "lucia@example.org", "password": PASSWORD}).url
        == "/accounts/confirm-email/"
    )
    assert client.post(link_in(mail.outbox[0])).status_code == 302
    assert EmailAddress.objects.get(email="lucia@example.org").verified
    response = client.post("/accounts/login/", {"login": "LUCIA@example.org", "password": PASSWORD})
    assert response.url == "/"
    assert client.get("/accounts/me/").json() == {"name": "Lucía Prado", "url": "/accounts/"}


def test_user_name_comes_from_the_shown_name_not_from_the_address(client):
    sign_up(client)
    sign_up(client, email="other@example.org")
    names = list(User.objects.order_by("pk").values_list("username", flat=True))
    assert names[0] == "lucia-prado"
    assert names[1].startswith("lucia-prado")
    assert len(set(names)) == 2


@pytest.mark.parametrize("name", ["李小龙", "محمد", "😀a", "O'Brien & Söhne"])
def test_names_of_any_script_are_welcome(client, name):
    assert sign_up(client, name=name).status_code == 302
    assert User.objects.get().display_name == name


@pytest.mark.parametrize("known", ["lucia@example.org", "LUCIA@Example.org"])
def test_known_address_gets_the_same_answer_and_a_mail(client, known):
    fresh = sign_up(client, email="new@example.org")
    UserFactory(email="lucia@example.org")
    mail.outbox.clear()
    answer = sign_up(client, email=known)
    assert (answer.status_code, answer.url) == (fresh.status_code, fresh.url)
    assert User.objects.filter(email__iexact=known).count() == 1
    assert "already" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "x" * 10_000}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"name": ""}, "name"),
        ({"name": " \u00a0\u200b "}, "name"),
        ({"name": "...!"}, "name"),
        ({"email": "lucia.example.org"}, "email"),
        ({"email": ""}, "email"),
        ({"email": f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.org"}, "email"),
        ({"email": "a\x00@example.org"}, "email"),
        ({"password1": "short"}, "password1"),
        ({"password1": "1234567890"}, "password1"),
        ({"password1": "x" * 10_000}, "password1"),
        ({"password1": "a\x00" * 10}, "password1"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(client, given, field):
    response = sign_up(client, **given)
    assert errors(response)[field]
    assert User.objects.count() == 0


def test_refused_form_keeps_what_was_typed(client):
    text = sign_up(client, email="no").content.decode()
    assert "Lucía Prado" in text
    assert PASSWORD not in text


def test_name_is_cleaned_to_one_line(client):
    sign_up(client, name="  Lucía \n\t Prado\u202e ")
    assert User.objects.get().name == "Lucía Prado"


def test_mail_is_signed_by_the_newsroom(client):
    sign_up(client)
    assert "Newsroom" in mail.outbox[0].body + mail.outbox[0].subject


def test_form_says_the_password_rule_beforehand(client):
    text = client.get("/accounts/signup/").content.decode()
    assert "At least 10 characters" in text
    assert 'autocomplete="new-password"' in text


def test_page_can_be_read_in_spanish(client):
    assert client.get("/accounts/signup/", headers={"accept-language": "es"})["Content-Language"] == "es"


def test_the_rules_must_be_read_and_what_was_typed_stays(client):
    response = sign_up(client, rules="")
    assert errors(response) == {"rules": ["Read the comment rules, then tick this box."]}
    text = response.content.decode()
    assert 'href="/comment-rules/"' in text
    assert 'value="Lucía Prado"' in text
    assert not User.objects.exists()
    assert "checked" in sign_up(client, email="wrong").content.decode()


def test_when_the_rules_were_read_is_kept(client):
    before = timezone.now()
    sign_up(client)
    assert before <= User.objects.get().rules_read_at <= timezone.now()


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("sixsix", "This has 6 characters. Use at least 10."),
        ("", "Enter a password."),
        ("password123456", ""),
        ("qwertyuiop", "Many people use this password."),
        ("90817263545", "This has digits only."),
        ("lucia@example.org", "This is too much like your name or your mail address."),
    ],
)
def test_a_refused_password_says_what_to_do(client, password, said):
    page = sign_up(client, password1=password, rules="").content.decode()

    assert said in page and "This password" not in page


def test_the_summary_of_errors_repeats_each_sentence_alone(client):
    page = sign_up(client, name="", email="", password1="").content.decode()

    assert '">Enter the name to show with your comments.</a>' in page and "This field is required" not in page
