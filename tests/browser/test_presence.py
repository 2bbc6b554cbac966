"""Two people with the same article open: each is told of the other, and one takes over by one click."""

import pytest
from playwright.sync_api import expect

from tests.factories import ArticleFactory

pytestmark = pytest.mark.once  # what it does on the server is tested over both databases


@pytest.fixture
def sheets(open_context, sign_in, reporter, editor):
    """The same article, open before the reporter and then before the editor."""
    story, pages = ArticleFactory(by=reporter, headline="The ferry"), []
    for person in (reporter, editor):
        page = sign_in(open_context().new_page(), person)
        page.goto(f"/admin/articles/article/{story.pk}/change/")
        page.locator(".editor__text").wait_for()
        page.wait_for_load_state("networkidle")
        pages.append(page)
    return pages


def test_taking_over_is_one_click_and_the_other_one_keeps_the_text(sheets, reporter, editor, look, complaints):
    complaints.expected.append("status of 409")  # the save by itself that is refused
    first, second = sheets
    expect(second.locator("#presence")).to_contain_text(f"{reporter.display_name} is editing this.")
    assert look(second) == []

    second.get_by_role("button", name="take over").click()
    expect(second.locator(".messagelist")).to_contain_text("You have taken over.")
    first.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(first.locator("#presence")).to_contain_text(f"{editor.display_name} took over")
    first.locator("#id_headline").fill("Typed meanwhile")
    first.evaluate("dispatchEvent(new Event('blur'))")
    expect(first.locator("[data-saved]")).to_contain_text("took over")
    expect(first.locator("#id_headline")).to_have_value("Typed meanwhile")
