"""The second step that a site asks of its roles, where people are signed in, and the way back for who lost the phone."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.management import CommandError, call_command
from django.urls import reverse

from articles.models import Article
from newsroom.models import AuditEvent, SiteIdentity, User
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
SETUP = "/accounts/second-step/"


@pytest.fixture
def asked_of_editors():
    site = SiteIdentity.load()
    site.second_step_roles = ["Editor"]
    site.save()


def ask_of(*roles):
    site = SiteIdentity.load()
    site.second_step_roles = list(roles)
    site.save()


def code_for(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(client, person):
    return client.post("/accounts/login/", {"login": person.username, "password": PASSWORD})


@pytest.mark.parametrize(
    "name", ["index", "articles_article_changelist", "articles_article_add", "media_photo_picker", "jsi18n"]
)
def test_without_the_second_step_every_page_of_the_desk_leads_to_it(client, editor, asked_of_editors, name):
    client.force_login(editor)
    answer = client.get(reverse(f"admin:{name}"))
    assert (answer.status_code, answer.url.split("?")[0]) == (302, SETUP)


def test_a_post_to_the_closed_desk_does_nothing(client, editor, asked_of_editors):
    client.force_login(editor)
    answer = client.post(reverse("admin:articles_article_add"), {"headline": "Through the back door"})
    assert answer.url == f"{SETUP}?"
    assert not Article.objects.exists()


def test_roles_of_which_it_is_not_asked_go_on(client, reporter, asked_of_editors):
    client.force_login(reporter)
    assert client.get(reverse("admin:index")).status_code == 200


def test_setting_up_an_app_opens_the_desk(client, editor, asked_of_editors, django_capture_on_commit_callbacks):
    sign_in(client, editor)
    page = client.get(client.get("/admin/articles/article/").url)
    assert page.status_code == 200
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/accounts/2fa/totp/activate/", {"code": code_for(secret)})
    assert answer.url == "/accounts/2fa/recovery-codes/"
    assert client.get(f"{SETUP}?next=/admin/articles/article/").url == "/admin/articles/article/"
    assert client.get("/admin/articles/article/").status_code == 200
    assert AuditEvent.objects.filter(act="second_step_added", by=editor).exists()


def test_the_way_back_leads_to_the_desk_only(client, reporter):
    client.force_login(reporter)
    assert client.get(f"{SETUP}?next=https://evil.example.com/admin/").url == "/admin/"


def test_recovery_codes_alone_are_no_second_step(client, editor, asked_of_editors):
    RecoveryCodes.activate(editor)
    client.force_login(editor)
    assert client.get("/admin/").status_code == 302


def test_superusers_count_as_administrators(client):
    ask_of("Administrator")
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    assert client.get("/admin/").status_code == 302


def test_who_must_have_a_second_step_keeps_the_last_one(client, editor, asked_of_editors):
    sign_in(client, editor)
    TOTP.activate(editor, generate_totp_secret())
    client.post("/accounts/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=editor, type="totp").exists()


def test_wrong_codes_are_counted_and_then_the_right_one_is_refused_too(client, editor, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/m/key"}
    secret = generate_totp_secret()
    TOTP.activate(editor, secret)
    sign_in(client, editor)
    wrong = str((int(code_for(secret)) + 500_000) % 1_000_000).zfill(6)
    for _ in range(3):
        client.post("/accounts/2fa/authenticate/", {"code": wrong})
    client.post("/accounts/2fa/authenticate/", {"code": code_for(secret)})
    assert client.get("/accounts/me/").json() == {}
    assert AuditEvent.objects.filter(act="code_failed", by=editor).count() == 3


def test_an_operator_takes_the_second_step_away(client, editor):
    TOTP.activate(editor, generate_totp_secret())
    call_command("reset_second_factor", editor.email.upper())
    sign_in(client, editor)
    assert client.get("/accounts/me/").json() != {}
    assert AuditEvent.objects.filter(act="second_step_removed", subject=editor.username).exists()


def test_an_operator_who_mistypes_is_told():
    with pytest.raises(CommandError, match="nobody-here"):
        call_command("reset_second_factor", "nobody-here")


def test_signing_out_elsewhere_ends_the_other_sessions_and_not_this_one(client, client_class, editor):
    other = client_class()
    sign_in(other, editor)
    sign_in(client, editor)
    assert client.get("/accounts/sessions/").context["session_count"] == 2
    client.post("/accounts/sessions/")
    assert other.get("/accounts/me/").json() == {}
    assert client.get("/accounts/me/").json() != {}


def test_a_new_password_signs_out_everywhere_else(client, client_class, editor):
    other = client_class()
    sign_in(other, editor)
    sign_in(client, editor)
    new = {"oldpassword": PASSWORD, "password1": "a-quite-other-one", "password2": "a-quite-other-one"}
    client.post("/accounts/password/change/", new)
    assert other.get("/accounts/me/").json() == {}
    assert client.get("/accounts/me/").json() != {}


@pytest.fixture
def client_class(client):
    return type(client)


def _account(person, **given):
    frame = {"section_rights-TOTAL_FORMS": 0, "section_rights-INITIAL_FORMS": 0}
    return {"username": person.username, "email": person.email, "is_staff": "on", **frame, **given}


def test_the_last_administrator_cannot_be_locked_out(client, administrator):
    client.force_login(administrator)
    url = reverse("admin:newsroom_user_change", args=[administrator.pk])
    groups = list(administrator.groups.values_list("pk", flat=True))
    assert client.post(url, _account(administrator, groups=groups)).status_code == 200  # not active
    assert client.post(url, _account(administrator, is_active="on")).status_code == 200  # no role
    kept = User.objects.get(pk=administrator.pk)
    assert kept.is_active
    assert kept.groups.exists()


def test_one_of_two_administrators_may_go(client, administrator):
    other = UserFactory(role="Administrator")
    client.force_login(administrator)
    url = reverse("admin:newsroom_user_change", args=[other.pk])
    assert client.post(url, _account(other)).status_code == 302
    assert not User.objects.get(pk=other.pk).is_active
