"""The body editor, as a writer uses it: toolbar, cards, pickers, paste, and saves that change nothing."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.clipboards import FOREIGN, GOOGLE, LIBREOFFICE, WORD
from tests.browser.writing import TYPED, more, paste, press, save, stored, tool, value
from tests.factories import ArticleFactory, LiveArticleFactory, PhotoFactory

pytestmark = pytest.mark.once
SAMPLES = Path(__file__).parent / "samples"

EVERYTHING = (
    "<p>a <strong>b</strong> <em>i</em> <s>s</s> x<sub>1</sub> y<sup>2</sup><br>"
    '<a href="https://example.org/">link</a> <a href="/news/">here</a></p>'
    "<h2>Head</h2><h3>Lower</h3><blockquote><p>Said.</p></blockquote>"
    '<ul><li>one<ul><li>inner</li></ul></li></ul><ol start="3"><li>three</li></ol><hr>'
    '<table><tbody><tr><th>Day</th><th>Ships</th></tr><tr><td colspan="2">Monday <strong>12</strong></td></tr></tbody></table>'
    '<aside data-node="factbox"><h3>In brief</h3><p>One.</p><ul><li>Two</li></ul></aside>'
    '<figure data-node="gallery" data-id="3"></figure>'
    '<figure data-node="embed" data-url="https://www.youtube.com/watch?v=abcdef123" data-title="A film"></figure>'
    '<figure data-node="embed" data-url="https://video.example/later"></figure>'
    '<blockquote data-node="pullquote"><p>Pulled.</p><cite>Her</cite></blockquote>'
    '<aside data-node="map" data-place="harbour" data-zoom="3"><p>kept</p></aside>'
    '<div data-node="poll" data-id="9"></div><p>End no&nbsp;break.</p>'
)


def test_body_with_every_allowed_tag_comes_back_from_the_editor_unchanged(open_article):
    article = ArticleFactory(body=EVERYTHING)
    page = open_article(article)
    page.keyboard.type(" More.")
    for _ in range(3):
        save(page)
        assert stored(article) == EVERYTHING.replace("break.", "break. More.")


def test_photo_is_inserted_captioned_and_written_on_after(open_article):
    photo, article = PhotoFactory(caption="Boats at the quay."), ArticleFactory(body=TYPED)
    page = open_article(article)
    tool(page, "Photo")
    page.get_by_role("dialog").get_by_role("button", name="Boats at the quay.").click()
    page.keyboard.type("After.")
    page.get_by_label("Caption here").fill("Our own words")
    save(page)
    assert stored(article) == (
        f'{TYPED}<figure data-node="photo" data-id="{photo.pk}" data-caption="Our own words"></figure><p>After.</p>'
    )


def test_related_articles_are_searched_and_at_most_three_are_taken(open_article):
    stories = [LiveArticleFactory(headline=f"Harbour story {n}") for n in range(4)]
    LiveArticleFactory(headline="Something else")
    page = open_article(ArticleFactory(body=TYPED))
    tool(page, "Related articles")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Search").fill("harbour")
    found = dialog.get_by_role("listitem")
    expect(found).to_have_count(4)
    for number in range(4):
        found.nth(number).get_by_role("button").click()
    dialog.get_by_role("button", name="Insert (3 / 3)").click()
    page.keyboard.type("After.")
    newest = ",".join(str(story.pk) for story in reversed(stories[1:]))
    assert value(page) == f'{TYPED}<aside data-node="related" data-ids="{newest}"></aside><p>After.</p>'
    page.locator(".editor-card").get_by_text("Harbour story 3").wait_for()


def test_draft_in_a_related_box_is_marked_as_not_public(open_article):
    draft = ArticleFactory(headline="Not out yet")
    page = open_article(ArticleFactory(body=f'<aside data-node="related" data-ids="{draft.pk}"></aside><p>x</p>'))
    page.locator(".editor-card", has_text="Readers do not see it yet.").wait_for()


def test_pull_quote_is_written_inside_and_left_with_enter(open_article):
    page = open_article(ArticleFactory(body=TYPED))
    more(page, "Pull quote")
    page.keyboard.type("The sea does not give more.")
    press(page, "ArrowDown")
    page.keyboard.type("A docker")
    press(page, "Enter")
    page.keyboard.type("After.")
    quote = '<blockquote data-node="pullquote"><p>The sea does not give more.</p><cite>A docker</cite></blockquote>'
    assert value(page).startswith(f"{TYPED}{quote}<p>After.</p>")


def test_marks_headings_lists_and_links_come_from_the_toolbar(open_article):
    page = open_article(ArticleFactory(body="<p>Start</p>"))
    for name, text in (("Heading", "Head"), ("List", "item")):
        press(page, "Enter")
        tool(page, name)
        page.keyboard.type(text)
    press(page, "Enter", "Enter")
    tool(page, "Bold")
    page.keyboard.type("bold")
    tool(page, "Bold")
    page.keyboard.type(" linked")
    press(page, *["Shift+ArrowLeft"] * len("linked"), "Control+k")
    page.get_by_role("dialog").get_by_label("Address").fill("example.org/a")
    page.keyboard.press("Enter")
    assert value(page) == (
        "<p>Start</p><h2>Head</h2><ul><li>item</li></ul>"
        '<p><strong>bold</strong> <a href="https://example.org/a">linked</a></p>'
    )


def test_link_that_runs_a_script_is_refused_in_words(open_article):
    page = open_article(ArticleFactory(body="<p>word</p>"))
    press(page, "Control+a")
    tool(page, "Link")
    page.get_by_role("dialog").get_by_label("Address").fill("javascript:alert(1)")
    page.keyboard.press("Enter")
    page.get_by_role("alert").get_by_text("Type a web address").wait_for()
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    assert value(page) == "<p>word</p>"


def test_card_is_cut_and_pasted_whole(open_article):
    photo = PhotoFactory()
    node = f'<figure data-node="photo" data-id="{photo.pk}" data-size="wide" data-alt="Own"></figure>'
    page = open_article(ArticleFactory(body=f"{node}{TYPED}"))
    page.locator(".editor-card__grip").click()
    press(page, "Control+x")
    assert value(page) == TYPED
    press(page, "Control+End", "Control+v")
    assert value(page) == f"{TYPED}{node}"


def test_removed_card_comes_back_with_undo(open_article):
    node = '<aside data-node="map" data-place="x"></aside>'
    page = open_article(ArticleFactory(body=f"{node}{TYPED}"))
    page.get_by_role("button", name="Remove", exact=True).last.click()
    assert value(page) == TYPED
    tool(page, "Undo")
    assert value(page) == f"{node}{TYPED}"


@pytest.mark.parametrize(
    ("clipboard", "kept"),
    [
        (
            GOOGLE,
            '<h2>Title</h2><p><strong>Bold</strong><em> slanted</em> <a href="https://example.org/x">there</a></p><ul><li>one</li></ul>',
        ),
        (
            WORD,
            "<p><strong>Strong</strong> text</p><ul><li>First<ul><li>Inner</li></ul></li><li>Second</li></ul><ol><li>Number</li></ol>",
        ),
        (
            LIBREOFFICE,
            (
                "<h2>A title</h2><p>Plain, <strong>strong</strong> and <em>slanted</em> words.</p><ol><li>First</li><li>Second</li></ol>"
                "<table><tbody><tr><th>Day</th><th>Ships</th></tr><tr><td>Monday</td><td>12</td></tr></tbody></table>"
            ),
        ),
        (FOREIGN, '<p>Plain words here</p><aside data-node="later" data-k="v"><p>in</p></aside>'),
    ],
    ids=["google docs", "word", "libreoffice", "another site"],
)
def test_paste_keeps_the_words_and_drops_the_rest(open_article, clipboard, kept):
    page = open_article(ArticleFactory(body=""))
    paste(page, clipboard)
    assert value(page) == kept


@pytest.mark.parametrize(
    ("program", "kept"),
    [
        (
            "libreoffice",
            (
                "<h2>The ferry timetable changes</h2><p>From <strong>Monday</strong> the boats leave <em>on the hour</em>, see "
                '<a href="https://example.org/boats">the list</a>.</p><h2>What stays</h2>'
                "<ul><li>The night boat<ul><li>on Fridays only</li></ul></li><li>The fares</li></ul>"
                "<ol><li>Come early</li><li>Bring change</li></ol>"
                "<table><tbody><tr><th>Day</th><th>Boats</th></tr><tr><td>Monday</td><td>12</td></tr></tbody></table>"
                "<p>H<sub>2</sub>O and 5<sup>th</sup>.</p>"
            ),
        ),
        (
            "word",
            (
                "<ul><li>The night boat sails</li><li>The fares stay<ul><li>For children</li><li>For groups of ten</li></ul></li>"
                "<li>The bar opens<ul><li>At six</li></ul></li><li>The end</li></ul><p><strong>Monday</strong> is the first day.</p>"
            ),
        ),
        (
            "google-docs",
            "<ul><li>on Fridays only</li><li>at ten<ul><li><strong>from the old quay</strong></li></ul></li><li>The fares</li></ul>",
        ),
    ],
)
def test_paste_of_a_whole_document(open_article, program, kept):
    page = open_article(ArticleFactory(body=""))
    paste(page, (SAMPLES / f"{program}.html").read_text())
    assert value(page) == kept


def test_text_copied_from_a_page_comes_out_clean(page, sign_in, editor):
    body = (
        '<h2>Head</h2><p>One <a href="https://example.org/">link</a>.</p><ul><li>First<ul><li>Inner</li></ul></li></ul>'
    )
    source, target = LiveArticleFactory(body=body), ArticleFactory(body="")
    page.goto(source.get_absolute_url())
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.body'))")
    page.keyboard.press("Control+c")
    sign_in(page, editor).goto(f"/admin/articles/article/{target.pk}/change/")
    page.locator(".editor__text").click()
    press(page, "Control+v")
    assert value(page) == body


def test_without_javascript_the_text_area_keeps_everything(plain_page, sign_in, administrator):
    article = ArticleFactory(body=EVERYTHING)
    page = sign_in(plain_page, administrator)
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    assert page.get_by_label("Body", exact=True).input_value() == EVERYTHING
    page.get_by_role("button", name="Save", exact=True).click()
    assert stored(article) == EVERYTHING


def test_text_box_and_toolbar_have_names_and_one_tab_stop(open_article, violations):
    page = open_article(ArticleFactory(body=TYPED))
    box = page.get_by_role("textbox", name="Body")
    assert box.get_attribute("spellcheck") == "true"
    bar = page.get_by_role("toolbar", name="Formatting")
    assert bar.locator('button[tabindex="0"]').count() == 1
    bar.locator("button").first.focus()
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.dataset.tool") == "redo"
    assert [line for line in violations(page) if "editor" in line] == []


def test_texts_are_in_the_language_of_the_article_and_follow_it(open_article):
    page = open_article(ArticleFactory(body="", language="ar"))
    box = page.locator(".editor__text")
    expect(box).to_have_attribute("lang", "ar")
    expect(box).to_have_attribute("dir", "rtl")
    page.get_by_label("Language", exact=True).select_option("es")
    expect(box).to_have_attribute("lang", "es")
    expect(page.get_by_label("Headline", exact=True)).to_have_attribute("lang", "es")
    expect(box).to_have_attribute("dir", "auto")


def test_card_is_dragged_to_another_place(open_article):
    node = f'<figure data-node="photo" data-id="{PhotoFactory().pk}"></figure>'
    page = open_article(ArticleFactory(body=f"{node}{TYPED}"))
    page.locator(".editor-card img").wait_for()
    page.locator(".editor-card__grip").drag_to(
        page.locator(".editor__text > p").last, target_position={"x": 5, "y": 25}
    )
    assert value(page) == f"<p>One.</p>{node}<p>Two.</p>"
