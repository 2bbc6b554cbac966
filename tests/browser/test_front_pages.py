"""A front page is arranged by dragging, by the number of a place and by plain buttons, and published."""

import pytest
from playwright.sync_api import expect

from articles.front_pages import home_of
from articles.front_rows import from_json
from tests.factories import LiveArticleFactory, PhotoFactory

pytestmark = pytest.mark.once  # what it does on the server is tested over both databases

DESK = "/admin/articles/frontpage/"


def test_stories_are_dragged_and_keyed_to_their_places_and_published(page, sign_in, editor, look):
    ferry, bridge, _third = (LiveArticleFactory(headline=f"The {name}") for name in ("ferry", "bridge", "market"))
    LiveArticleFactory(photos=[PhotoFactory()])
    sign_in(page, editor).goto(DESK)
    assert look(page) == []
    offer = page.locator(f"[data-offer='{ferry.pk}']")
    expect(offer).to_have_attribute("draggable", "true")
    offer.drag_to(page.locator("#place-5"))
    expect(page.locator("#place-5[data-row]")).to_contain_text("The ferry")

    page.get_by_role("radio", name="The bridge").check()
    page.keyboard.press("1")
    expect(page.locator("#place-1[data-row]")).to_contain_text("The bridge")

    page.locator("#place-5").drag_to(page.locator("#place-1"))
    expect(page.locator("#place-1")).to_contain_text("The ferry")
    assert home_of("en").versions.count() == 0
    page.get_by_role("button", name="Publish front page").first.click()
    expect(page.get_by_text("On the site")).to_be_visible()

    version = home_of("en").versions.get()
    assert {row.position: row.article for row in from_json(version.content).rows} == {1: ferry.pk, 5: bridge.pk}


def test_without_javascript_the_buttons_do_the_same(plain_page, sign_in, editor):
    LiveArticleFactory(headline="The ferry")
    sign_in(plain_page, editor).goto(DESK)
    plain_page.get_by_role("radio", name="The ferry").check()
    plain_page.get_by_role("button", name="Put here 6").click()
    expect(plain_page.locator("#place-6[data-row]")).to_contain_text("The ferry")
    plain_page.get_by_role("button", name="Move up 6").click()
    expect(plain_page.locator("#place-5[data-row]")).to_contain_text("The ferry")
