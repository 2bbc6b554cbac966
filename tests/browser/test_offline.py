"""Without a line: pages that were read are shown with their date, others with a page that says so."""

import pytest

from articles import publishing
from tests.factories import LiveArticleFactory, UserFactory

pytestmark = pytest.mark.once  # the browser keeps the pages, no database does


@pytest.fixture
def phone(open_context, complaints):
    complaints.expected += ["ERR_INTERNET_DISCONNECTED", "Failed to load resource"]
    return open_context(size="phone", service_workers="allow")


def read(context, path):
    """The page at ``path``, with the worker in charge and the page kept."""
    page = context.new_page()
    page.goto(path)
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("caches.open('pages-1').then(pages => pages.match(location.href)).then(Boolean)")
    return page


def test_what_was_read_is_there_without_a_line_and_says_from_when_it_is(phone):
    article, other = LiveArticleFactory(headline="A strike ends"), LiveArticleFactory()
    page = read(phone, article.get_absolute_url())
    assert page.get_by_text("You are offline").count() == 0
    phone.set_offline(True)
    page.reload()
    assert page.get_by_role("heading", level=1).inner_text() == "A strike ends"
    assert "You are offline. This is the page as it was on" in page.get_by_role("status").first.inner_text()
    page.goto(other.get_absolute_url())
    assert page.get_by_role("heading", level=1).inner_text() == "You are offline"
    page.get_by_role("link", name="A strike ends", exact=True).click()
    page.get_by_role("heading", name="A strike ends").wait_for()


def test_a_killed_article_is_forgotten(phone):
    article = LiveArticleFactory()
    page = read(phone, article.get_absolute_url())
    publishing.ask_kill(article=article, by=UserFactory(role="Publisher"), note="Not ours.")
    publishing.kill(article=article, by=UserFactory(role="Publisher"), note="Not ours.")
    page.reload()
    page.wait_for_function("caches.open('pages-1').then(pages => pages.match(location.href)).then(kept => !kept)")
    phone.set_offline(True)
    page.reload()
    assert page.get_by_role("heading", level=1).inner_text() == "You are offline"
