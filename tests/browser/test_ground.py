"""The browser tests' own ground: the site is up, and the browser's complaints are heard."""

import pytest

pytestmark = pytest.mark.once  # what it does on the server is tested over both databases


def test_health_is_seen_through_the_browser(page):
    assert page.goto("/healthz").status == 200


def test_complaints_of_the_browser_are_heard(page, complaints):
    complaints.expected.append("provoked")
    page.goto("/healthz")
    page.evaluate("console.error('provoked')")
    page.wait_for_timeout(50)
    assert complaints.seen == ["provoked"]
    assert complaints.unexpected() == []


def test_signed_in_person_is_known_to_the_desk(page, sign_in, administrator):
    sign_in(page, administrator).goto("/admin/")
    assert "/login" not in page.url
