"""A real Chromium against the live server. `page` has JavaScript, `plain_page` has none.

Every browser test has the ``browser`` mark. A console error, an uncaught exception or a request to another machine fails it.
"""

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import axe_playwright_python
import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect, sync_playwright

from tests.browser import writing

# The first one draws no window, which takes a third less of the machine's time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    "--font-render-hinting=none",  # lines break at the same letter in the shell and in the whole browser
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
PATIENCE = 60_000  # milliseconds; a busy machine may be slow, and nothing waits longer than it must
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}


def pytest_collection_modifyitems(items):
    """Everything in this folder drives a browser and a live server, which needs its own transactions."""
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


def chromium():
    """The path of a Chromium of this machine, or None."""
    named = os.environ.get("CHROMIUM", "")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def chromium_browser():
    """One running Chromium for the whole process."""
    path = chromium()
    if path is None:
        pytest.skip("No Chromium was found: apt-get install chromium-headless-shell, or set CHROMIUM to its path.")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Complaints:
    """What the browser complained about. ``expected`` holds parts of complaints that a test provokes on purpose."""

    seen: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def unexpected(self):
        return [text for text in self.seen if not any(part in text for part in self.expected)]


@pytest.fixture
def complaints():
    """Append to ``complaints.expected`` what a test provokes on purpose, such as "status of 404"."""
    return Complaints()


@pytest.fixture
def open_context(chromium_browser, live_server, complaints):
    """Makes browser contexts: ``open_context(size="phone", javascript=False, color_scheme="dark")``; closed at the end."""
    contexts = []

    def watch(request):
        if urlsplit(request.url).hostname not in {"localhost", "127.0.0.1", None}:
            complaints.seen.append(f"asked another machine: {request.url}")

    def opener(*, size="desktop", javascript=True, **options):
        context = chromium_browser.new_context(
            base_url=live_server.url,
            viewport=SIZES[size],
            java_script_enabled=javascript,
            **{"locale": "en-GB", "service_workers": "block", **options},
        )
        context.set_default_timeout(PATIENCE)
        context.on("request", watch)
        context.on("console", lambda message: complaints.seen.append(message.text) if message.type == "error" else None)
        context.on("weberror", lambda error: complaints.seen.append(str(error.error)))
        contexts.append(context)
        return context

    yield opener
    for context in contexts:
        context.close()
    assert complaints.unexpected() == []


@pytest.fixture
def page(open_context):
    """A desktop page."""
    return open_context().new_page()


@pytest.fixture
def plain_page(open_context):
    """A desktop page without JavaScript."""
    return open_context(javascript=False).new_page()


@pytest.fixture
def sign_in(live_server):
    """``sign_in(page, user)``: the page's context is signed in as ``user``, without the form."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    def sign(page, user):
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": live_server.url}]
        )
        return page

    return sign


@pytest.fixture
def violations():
    """``violations(page)``: what axe finds against WCAG 2.2 A and AA, one line each; ``tags`` besides, or only ``rules``."""
    source = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
    standard = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

    def look(page, *, tags=(), rules=()):
        options = {
            "runOnly": {"type": "rule", "values": rules} if rules else {"type": "tag", "values": [*standard, *tags]},
            "resultTypes": ["violations"],  # what passes is not described, which takes half of the time
            "preload": False,  # it would load every sheet once more and try it on, which the policy refuses
        }
        page.evaluate("source => { if (!window.axe) (0, eval)(source) }", source)
        found = page.evaluate("options => axe.run(document, options).then(({ violations }) => violations)", options)
        return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]

    return look


@pytest.fixture
def look(violations):
    """What axe finds on a loaded page."""

    def found(page):
        page.wait_for_load_state("load")
        return violations(page)

    return found


def crash(page):
    """The page's process is gone from one moment to the next. A page that is closed may still send what it holds."""
    with page.expect_event("crash"), suppress(PlaywrightError):
        page.goto("chrome://crash")
    page.close()


def is_wider_than_its_window(page):
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


@pytest.fixture
def open_article(page, sign_in, administrator):
    """``open_article(article)``: its sheet in the browser, the editor ready and the caret at the end."""

    def opener(article):
        sign_in(page, administrator).goto(f"/admin/articles/article/{article.pk}/change/")
        page.locator(".editor__text").click()
        writing.to_the_end(page)
        return page

    return opener
