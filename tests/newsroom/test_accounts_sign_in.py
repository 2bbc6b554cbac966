"""Signing in and out, the lock, and the way to the desk."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail

from newsroom.accounts.middleware import NAME
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def known():
    """A reader who has confirmed the address."""
    user = UserFactory(username="berta", email="berta@example.org")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def sign_in(client, login="berta", password=PASSWORD, **given):
    query = f"?next={given.pop('next')}" if "next" in given else ""
    return client.post(f"/accounts/login/{query}", {"login": login, "password": password, **given})


def is_signed_in(client):
    return client.get("/accounts/me/").json() != {}


@pytest.mark.parametrize("login", ["berta", "BERTA", "berta@example.org", "Berta@Example.org", " berta "])
def test_user_name_or_address_in_any_case_sign_in(client, known, login):
    assert sign_in(client, login).status_code == 302
    assert is_signed_in(client)


@pytest.mark.parametrize("login", ["berta", "nobody"])
def test_wrong_password_and_unknown_name_get_the_same_answer(client, known, login):
    response = sign_in(client, login, "wrong-password")
    assert response.status_code == 200
    assert "not correct" in response.content.decode()


@pytest.mark.parametrize("login", ["x" * 10_000, "a\x00b", "'; --", "😀" * 100, "\u202e", "%s%n", "a" * 254])
def test_hostile_login_is_refused_with_a_sentence(client, login):
    response = sign_in(client, login)
    assert response.status_code == 200
    assert response.context["form"].errors


@pytest.mark.parametrize(
    "target",
    ["https://evil.example.com/", "//evil.example.com", "/\\evil.example.com", "javascript:alert(1)", "https:evil.example.com", "\thttps://evil.example.com", "http://127.0.0.1@evil.example.com/"],
)  # fmt: skip
def test_next_leads_to_this_site_only(client, known, target):
    assert sign_in(client, next=target).url == "/"
    client.logout()
    response = client.post("/accounts/login/", {"login": "berta", "password": PASSWORD, "next": target})
    assert "evil" not in response.url


def test_next_leads_back_to_the_page(client, known):
    assert sign_in(client, next="/news/%23comments").url == "/news/#comments"


def test_logging_out_needs_a_post(client, known):
    client.force_login(known)
    client.get("/accounts/logout/")
    assert is_signed_in(client)
    client.post("/accounts/logout/")
    assert not is_signed_in(client)


# --- The hint for public pages ----------------------------------------------------------------------------------------


def test_hint_is_set_at_login_and_gone_after_logout(client, known):
    cookie = sign_in(client).cookies[NAME]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("1", "", "Lax")
    assert client.post("/accounts/logout/").cookies[NAME]["max-age"] == 0


def test_stale_hint_is_taken_away(client):
    client.cookies[NAME] = "1"
    response = client.get("/accounts/me/")
    assert (response.json(), response.cookies[NAME]["max-age"]) == ({}, 0)
    assert "no-store" in response["Cache-Control"]


def test_public_pages_are_the_same_bytes_for_everyone(client, known):
    before = client.get("/")
    sign_in(client)
    after = client.get("/")
    assert before.content == after.content
    assert not after.cookies
    assert "Cookie" not in after.get("Vary", "")


# --- The lock ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def locks(settings):
    settings.AXES_ENABLED = True
    settings.AXES_FAILURE_LIMIT = 3


def test_too_many_wrong_passwords_close_the_login_and_say_for_how_long(client, known, locks):
    answers = [sign_in(client, password="wrong-password").status_code for _number in range(3)]
    assert answers == [200, 200, 429]
    response = sign_in(client)  # the right password does not help now
    assert response.status_code == 429
    assert "closed for 15 minutes" in response.content.decode()
    assert response["Retry-After"] == "900"
    assert not is_signed_in(client)


def test_lock_is_for_one_name_from_one_address(client, known, locks):
    for _number in range(3):
        sign_in(client, password="wrong-password")
    assert (
        client.post("/accounts/login/", {"login": "berta", "password": PASSWORD}, REMOTE_ADDR="192.0.2.7").status_code
        == 302
    )


def test_the_addresses_of_one_ipv6_line_count_as_one(client, known, locks):
    wrong = {"login": "berta", "password": "wrong-password"}
    tries = [client.post("/accounts/login/", wrong, REMOTE_ADDR=f"2001:db8::{n}").status_code for n in range(3)]

    assert tries == [200, 200, 429]


def test_right_password_in_time_opens_the_count_anew(client, known, locks):
    for _round in range(2):
        sign_in(client, password="wrong-password")
        sign_in(client, password="wrong-password")
        assert sign_in(client).status_code == 302
        client.post("/accounts/logout/")


# --- A forgotten password ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("email", ["berta@example.org", "nobody@example.org"])
def test_reset_answers_the_same_for_known_and_unknown(client, known, email):
    assert client.post("/accounts/password/reset/", {"email": email}).url == "/accounts/password/reset/done/"
    assert len(mail.outbox) == 1


def test_reset_gives_a_new_password(client, known):
    client.post("/accounts/password/reset/", {"email": known.email})
    path = "/accounts/" + mail.outbox[0].body.split("/accounts/")[1].split()[0]
    form = client.get(path, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": "another-long-one", "password2": "another-long-one"})
    assert sign_in(client, password="another-long-one").status_code == 302


# --- The own account --------------------------------------------------------------------------------------------------


def test_account_page_is_for_its_owner(client):
    assert client.get("/accounts/").url == "/accounts/login/?next=/accounts/"


def test_shown_name_can_be_changed(client, known):
    client.force_login(known)
    assert client.post("/accounts/", {"name": " Berta  Olmos "}).status_code == 302
    known.refresh_from_db()
    assert known.name == "Berta Olmos"


@pytest.mark.parametrize("name", ["", "!!", "x" * 81, "a\x00"])
def test_bad_name_comes_back_with_a_sentence(client, known, name):
    client.force_login(known)
    response = client.post("/accounts/", {"name": name})
    assert response.status_code == 200
    assert response.context["form"].errors["name"]


@pytest.mark.parametrize("path", ["", "email/", "password/change/", "2fa/", "logout/"])
def test_pages_of_the_account_open(client, known, path):
    client.force_login(known)
    assert client.get(f"/accounts/{path}").status_code == 200


# --- The desk ---------------------------------------------------------------------------------------------------------


def test_desk_sends_to_the_one_login_and_back(client):
    assert client.get("/admin/").url == "/admin/login/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/").url == "/accounts/login/?next=%2Fadmin%2F"


@pytest.mark.parametrize("target", ["https://evil.example.com/", "//evil.example.com"])
def test_desk_login_refuses_other_sites(client, target):
    assert "evil" not in client.get("/admin/login/", {"next": target}).url


def test_staff_account_made_in_the_admin_needs_no_confirmation(client, editor):
    assert sign_in(client, editor.username, next="/admin/").url == "/admin/"
    assert client.get("/admin/").status_code == 200
    assert EmailAddress.objects.get(user=editor).verified


def test_reader_stays_outside_the_desk(client, known):
    sign_in(client)
    assert client.get("/admin/", follow=True).status_code == 403


def code_for(secret):
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_staff_with_a_second_step_reach_the_desk_only_after_it(client, editor):
    secret = generate_totp_secret()
    TOTP.activate(editor, secret)
    assert sign_in(client, editor.username, next="/admin/").url.startswith("/accounts/2fa/authenticate/")
    assert client.get("/admin/").status_code == 302
    assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert client.post("/accounts/2fa/authenticate/", {"code": code_for(secret)}).url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_second_step_can_be_switched_on(client, editor):
    sign_in(client, editor.username)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    client.post("/accounts/2fa/totp/activate/", {"code": code_for(secret)})
    assert Authenticator.objects.filter(user=editor, type=Authenticator.Type.TOTP).exists()


def test_passkeys_can_be_added(client, editor):
    sign_in(client, editor.username)
    assert client.get("/accounts/2fa/webauthn/add/").url.startswith("/accounts/reauthenticate/")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert client.get("/accounts/2fa/webauthn/add/").status_code == 200
