"""A writer whose connection drops, whose browser dies, who forgets to save: no word is lost."""

import re

import pytest
from playwright.sync_api import expect

from articles.models import Article
from tests.browser.conftest import crash
from tests.browser.writing import to_the_end
from tests.factories import ArticleFactory

pytestmark = pytest.mark.once  # what it does on the server is tested over both databases
LOST = "Not saved. Your text is kept here."


@pytest.fixture
def story(reporter):
    return ArticleFactory(by=reporter, headline="Before", body="<p>One.</p>")


@pytest.fixture
def sheet(open_context, sign_in, reporter, story):
    """The story's sheet in a window of its own: ``sheet()`` opens one more with the same storage."""
    context = open_context()
    context.on("dialog", lambda dialog: dialog.accept())

    def opener(url=f"/admin/articles/article/{story.pk}/change/"):
        page = sign_in(context.new_page(), reporter)
        page.goto(url)
        page.locator(".editor__text").wait_for()
        return page

    return opener


def turn_away(page):
    """The person goes to another window: what is typed is saved at once."""
    page.evaluate("dispatchEvent(new Event('blur'))")


def is_clear(page):
    """The server has everything: the browser keeps nothing any more."""
    for _ in range(1000):  # a busy machine may be slow
        if page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('article-')).length") == 0:
            return True
        page.wait_for_timeout(50)
    return False


def write(page, text):
    page.locator(".editor__text").click()
    to_the_end(page)
    page.keyboard.type(text)


def test_text_is_saved_without_a_button_as_one_version(sheet, story):
    page = sheet()
    saved = page.locator("[data-saved]")
    for words in (" Two.", " Three."):
        write(page, words)
        turn_away(page)
        expect(saved).to_contain_text("Saved")
        assert is_clear(page)
    assert [version.content["body"] for version in story.revisions.order_by("number")] == [
        "<p>One.</p>",
        "<p>One. Two. Three.</p>",
    ]
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()
    assert list(story.revisions.order_by("number").values_list("number", "is_autosave")) == [(1, False), (2, False)]


def test_checks_follow_the_text(sheet, story):
    page = sheet()
    page.get_by_label("Headline", exact=True).fill("")
    turn_away(page)
    expect(page.locator("#checks")).to_contain_text("The headline is missing.")


def test_lost_connection_is_said_and_made_good(sheet, story, complaints):
    complaints.expected.append("ERR_INTERNET_DISCONNECTED")
    page = sheet()
    page.context.set_offline(True)
    write(page, " Two.")
    turn_away(page)
    expect(page.locator("[data-saved]")).to_contain_text(LOST)
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    page.context.set_offline(False)
    assert is_clear(page)
    expect(page.locator("[data-saved]")).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))
    assert story.revisions.order_by("-number").first().content["body"] == "<p>One. Two.</p>"


def test_text_of_a_closed_browser_is_offered_back(sheet, story, complaints):
    complaints.expected.append("ERR_INTERNET_DISCONNECTED")
    page = sheet()
    page.context.set_offline(True)
    write(page, " Typed on a train.")
    turn_away(page)
    expect(page.locator("[data-saved]")).to_contain_text(LOST)
    crash(page)
    assert story.revisions.count() == 1

    page.context.set_offline(False)
    again = sheet()
    again.get_by_role("button", name="Bring it back").click()
    expect(again.locator(".editor__text")).to_contain_text("One. Typed on a train.")
    expect(again.get_by_text("It is not saved yet.")).to_be_visible()
    with again.expect_navigation():
        again.get_by_role("button", name="Save", exact=True).click()
    assert story.revisions.order_by("-number").first().content["body"] == "<p>One. Typed on a train.</p>"
    expect(again.get_by_role("button", name="Bring it back")).to_have_count(0)


def test_new_article_has_an_address_after_its_first_words(sheet):
    page = sheet("/admin/articles/article/add/")
    page.get_by_label("Headline", exact=True).fill("Fresh from the quay")
    turn_away(page)
    page.wait_for_url("**/change/")
    write(page, "First words.")
    turn_away(page)
    expect(page.locator("[data-saved]")).to_contain_text("Saved")
    assert is_clear(page)
    article = Article.objects.get(headline="Fresh from the quay")
    assert article.revisions.count() == 1
    assert "First words." in article.body


def test_new_article_brought_back_after_a_crash_is_the_one_that_was_saved(sheet, complaints):
    complaints.expected.append("ERR_INTERNET_DISCONNECTED")
    page = sheet("/admin/articles/article/add/")
    page.get_by_label("Headline", exact=True).fill("Fresh from the quay")
    with page.context.expect_event("requestfinished", lambda request: request.url.endswith("/autosave/")):
        turn_away(page)
    page.wait_for_url("**/change/")
    page.context.set_offline(True)
    write(page, "Typed on a train.")
    turn_away(page)
    expect(page.locator("[data-saved]")).to_contain_text(LOST)
    crash(page)

    page.context.set_offline(False)
    again = sheet("/admin/articles/article/add/")
    again.get_by_role("button", name="Bring it back").click()
    expect(again.locator(".editor__text")).to_contain_text("Typed on a train.")
    again.get_by_role("button", name="Save", exact=True).click()
    again.wait_for_url("**/change/")
    article = Article.objects.get(headline="Fresh from the quay")
    assert "Typed on a train." in article.body
