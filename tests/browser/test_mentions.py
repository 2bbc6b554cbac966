"""While a colleague's name is typed after "@" in a note, those who fit are offered; the keyboard takes one."""

import pytest
from playwright.sync_api import expect

from articles.models import Note
from tests.factories import ArticleFactory, UserFactory

pytestmark = pytest.mark.once  # what it does on the server is tested over both databases


def test_a_name_is_completed_by_the_keyboard(page, sign_in, editor, look):
    UserFactory(role="Reporter", username="tomas", name="Tomás Echeverri")
    article = ArticleFactory()
    sign_in(page, editor).goto(f"/admin/articles/article/{article.pk}/notes/")
    note = page.get_by_label("Note", exact=True)
    note.press_sequentially("Ask @ech")
    expect(page.get_by_role("option", name="Tomás Echeverri @tomas")).to_have_attribute("aria-selected", "true")
    assert look(page) == []
    note.press("Enter")
    expect(note).to_have_value("Ask @tomas ")
    expect(page.locator(".mentions [role=option]")).to_have_count(0)
    page.get_by_role("button", name="Write the note").click()
    expect(page.get_by_text("The note is there.")).to_be_visible()

    assert [who.username for who in Note.objects.get().mentions.all()] == ["tomas"]
