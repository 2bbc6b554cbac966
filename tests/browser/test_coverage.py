"""A live coverage: the reporter posts by keyboard, the reader is told of it and sees it without loading the page anew."""

import pytest
from playwright.sync_api import expect

from articles import coverage, publishing
from articles.models import LiveEntry
from tests.articles.coverages import covered, posted, said

pytestmark = pytest.mark.once  # what it does on the server is tested over both databases
A_WHILE = 20_000  # milliseconds of the page's own clock, longer than it waits between two questions


def test_a_reader_is_offered_new_posts_and_removed_ones_go(page, complaints):
    article = covered()
    first = posted(article, "<p>The first word.</p>")
    page.clock.install()
    page.goto(article.get_absolute_url())
    expect(page.locator(".post")).to_have_count(1)
    news = page.get_by_role("button", name="1 new post")
    second = posted(article, "<p>The second word.</p>")
    page.clock.run_for(A_WHILE)
    expect(news).to_be_visible()
    expect(page.get_by_text("The second word.")).to_have_count(0)
    news.click()
    expect(page.locator(".post").first).to_contain_text("The second word.")
    expect(page.locator(f"#e{second.pk}")).to_be_focused()
    expect(page.locator(".live__news button")).to_be_hidden()

    coverage.remove(entry=first, by=None)
    page.clock.run_for(A_WHILE)
    expect(page.get_by_text("The first word.")).to_have_count(0)
    expect(page.locator(".live__news button")).to_be_hidden()

    coverage.end_coverage(article=article, by=None)
    page.clock.run_for(A_WHILE)
    expect(page.get_by_role("heading", name="Live coverage has ended")).to_be_visible()
    expect(page.locator(".live--on")).to_have_count(0)
    complaints.expected.append("status of 404")  # none is asked for any more
    publishing.withdraw(article=article, by=None, note="For a reason.")


def test_a_reporter_posts_by_keyboard_and_edits(page, sign_in, reporter):
    article = covered()
    sign_in(page, reporter).goto(f"/admin/articles/article/{article.pk}/coverage/")
    text = page.locator(".editor__text")
    expect(text).to_be_focused()
    page.keyboard.type("The gates are open.")
    page.reload()
    expect(text).to_have_text("The gates are open.")  # kept by the browser until it is posted
    page.keyboard.press("Control+Enter")
    expect(page.locator(".live-row")).to_contain_text("The gates are open.")
    page.get_by_role("link", name="Edit").click()
    expect(page.get_by_role("heading", name="Edit the post of")).to_be_visible()
    page.get_by_label("Headline (optional)").fill("At the dam")
    page.get_by_label("Headline (optional)").press("Control+Enter")
    expect(page.locator(".live-row h3")).to_have_text("At the dam")
    page.get_by_role("button", name="Key point").click()
    expect(page.locator(".live-row .state")).to_have_text("Key point")
    expect(page.locator(".editor__text")).to_have_text("")
    assert LiveEntry.objects.get().body == said("<p>The gates are open.</p>").body
