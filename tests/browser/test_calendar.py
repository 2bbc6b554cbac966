"""The calendar: a thing is dragged to another day and keeps its hour; without JavaScript the form beside it does the same."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.factories import AssignmentFactory

pytestmark = pytest.mark.once  # what it does on the server is tested over both databases

WEEK = "/admin/articles/assignment/calendar/?day=2030-05-15"
NOON = datetime(2030, 5, 15, 12, 0, tzinfo=UTC)


def test_an_assignment_is_dragged_to_another_day(page, sign_in, editor):
    made = AssignmentFactory(title="The ferry at night", due_at=NOON)
    sign_in(page, editor).goto(WEEK)
    item = page.locator(".cal__item")
    expect(item).to_have_attribute("draggable", "true")
    item.drag_to(page.locator("[data-day='2030-05-17']"))
    expect(page.locator("[data-day='2030-05-17'] .cal__item")).to_contain_text("The ferry at night")
    expect(page.locator("[data-day='2030-05-15'] .cal__item")).to_have_count(0)

    made.refresh_from_db()
    assert made.due_at == datetime(2030, 5, 17, 12, 0, tzinfo=UTC)


def test_without_javascript_the_form_moves_it(plain_page, sign_in, editor):
    made = AssignmentFactory(title="The ferry at night", due_at=NOON)
    sign_in(plain_page, editor).goto(WEEK)
    plain_page.locator(".cal__item summary").click()
    plain_page.get_by_label("Move to").fill("2030-05-16T09:30")
    plain_page.locator(".cal__item").get_by_role("button", name="Move").click()
    expect(plain_page.locator("[data-day='2030-05-16'] .cal__item")).to_contain_text("09:30")

    made.refresh_from_db()
    assert made.due_at == datetime(2030, 5, 16, 9, 30, tzinfo=UTC)
