"""A reader makes an account, signs in and finds the own name on public pages; with and without JavaScript."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from tests.articles import stories
from tests.factories import PASSWORD, PhotoFactory, UserFactory

pytestmark = pytest.mark.once  # what it does on the server is tested over both databases


@pytest.fixture
def reader(db):
    user = UserFactory(username="berta", name="Berta Olmos")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def sign_in(page, login="berta"):
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address or user name").fill(login)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name=re.compile("^sign in$", re.IGNORECASE)).click()


def test_top_bar_shows_the_name_after_signing_in_and_not_after_signing_out(page, reader):
    page.goto("/")
    assert page.get_by_role("link", name="Sign in").is_visible()
    sign_in(page)
    page.wait_for_url("**/")
    page.get_by_role("link", name="Berta Olmos").click()
    page.wait_for_url("**/accounts/")
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button", name=re.compile("^sign out$", re.IGNORECASE)).click()
    page.wait_for_url("**/")
    assert page.get_by_role("link", name="Sign in").is_visible()


def test_nobody_is_asked_for_without_the_hint(page, db):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/", wait_until="networkidle")
    assert not [url for url in asked if "/accounts/" in url]


def test_account_is_made_without_javascript(plain_page, live_server):
    plain_page.goto("/accounts/signup/")
    plain_page.get_by_label("Name shown with comments").fill("Lucía Prado")
    plain_page.get_by_label("E-mail address").fill("lucia@example.org")
    plain_page.get_by_label("Password").fill(PASSWORD)
    plain_page.get_by_label("I have read the comment rules").check()
    plain_page.get_by_role("button", name=re.compile("sign up|create", re.IGNORECASE)).click()
    link = re.search(r"https?://\S+/accounts/confirm-email/\S+", mail.outbox[0].body)[0]
    plain_page.goto(link)
    plain_page.get_by_role("button", name="Confirm").click()
    sign_in(plain_page, "lucia@example.org")
    plain_page.goto("/accounts/")
    assert plain_page.get_by_label("Name shown with comments").input_value() == "Lucía Prado"


def test_article_with_its_data_for_machines_breaks_no_policy(page, db):
    """The browser's console must stay empty: JSON-LD is data, which the content security policy lets pass."""
    article = stories.live(photos=[PhotoFactory(size=(1600, 1000))], headline="</script><b>Dam</b>")
    page.goto(article.get_absolute_url(), wait_until="networkidle")
    assert (
        page.evaluate(
            "JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').text)['@graph'].length"
        )
        == 2
    )


def test_second_step_and_passkey_pages_work_under_the_policy(page, reader):
    sign_in(page)
    page.wait_for_url("**/")
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url("**/webauthn/add/")
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**options, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    page.get_by_label("What you call it").fill("Laptop")
    page.get_by_label("Sign in with it alone").check()
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url("**/recovery-codes/**")
    page.goto("/accounts/logout/")
    page.get_by_role("button", name=re.compile("^sign out$", re.IGNORECASE)).click()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="passkey").click()
    page.get_by_role("link", name="Berta Olmos").wait_for()
