"""Scripts and sheets as production serves them: minified, they do what they did before."""

from pathlib import Path

import pytest
import rjsmin
from django.contrib.staticfiles import finders
from playwright.sync_api import expect

from newsroom.static_files import IMPORT, OWN_SCRIPTS
from newsroom.static_files import minified as minified_sheet
from tests.browser.writing import more, stored
from tests.environment import ROOT
from tests.factories import ArticleFactory, LiveArticleFactory, PhotoFactory

pytestmark = pytest.mark.once
APPS = ("newsroom", "articles", "media", "comments")


@pytest.fixture
def minified(page, settings):
    """The page gets every script of the project minified; the set of those it asked for."""
    asked = set()

    def answer(route):
        name = route.request.url.split(settings.STATIC_URL, 1)[1].split("?")[0]
        if not OWN_SCRIPTS.fullmatch(name):
            return route.continue_()
        asked.add(name)
        text = rjsmin.jsmin(Path(finders.find(name)).read_text())
        return route.fulfill(body=text, content_type="text/javascript")

    page.route("**/static/**/*.js", answer)
    return asked


def test_article_page_with_slides_and_a_comment_form(page, minified):
    article = LiveArticleFactory(photos=[PhotoFactory(), PhotoFactory()])
    page.goto(article.get_absolute_url())
    page.get_by_role("link", name="Next photo").click()
    expect(page.locator(".slides__count")).to_have_text("2 of 2")
    page.get_by_role("link", name="Write a comment").click()
    expect(page.locator("[data-comments] [role=status]", has_text="Sign in to post a comment.")).to_be_visible()
    assert {"newsroom/js/theme.js", "newsroom/js/site.js", "newsroom/js/article.js", "comments/comments.js"} <= minified


def test_sheet_with_its_editor(page, minified, sign_in, editor):
    article = ArticleFactory(body="<p>One.</p>")
    sign_in(page, editor).goto(f"/admin/articles/article/{article.pk}/change/")
    page.locator(".editor__text").click()
    more(page, "Divider")
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".editor__text hr")).to_have_count(1)
    assert "<hr>" in stored(article)
    assert len(minified) > 10


def test_sheets_mean_what_was_written(page):
    """Chromium reads the same selectors out of a sheet before and after it is minified."""
    changed = {}
    for path in (path for app in APPS for path in (ROOT / app).glob("static/**/*.css")):
        text = IMPORT.sub("", path.read_text())
        before, after = page.evaluate(RULES, [text, minified_sheet(text)])
        if before != after:
            changed[path.name] = [rule for rule in before if rule not in after]
    assert changed == {}


RULES = """texts => texts.map(text => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(text)
    const leaves = rules => [...rules].flatMap(rule => rule.cssRules?.length ? [rule.conditionText ?? rule.name ?? "", ...leaves(rule.cssRules)] : [rule.selectorText ?? ""])
    return leaves(sheet.cssRules)
})"""
