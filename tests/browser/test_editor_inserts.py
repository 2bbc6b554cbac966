"""What is put into the text besides words: by the menu, by "/", by pasting an address or dropping files."""

import base64

import pytest
from playwright.sync_api import expect

from media.models import Photo
from tests.browser.writing import TYPED, more, press, save, value
from tests.factories import ArticleFactory, LiveArticleFactory, PhotoFactory, jpeg

pytestmark = pytest.mark.once

DROP = """([name, type, data]) => {
    const files = new DataTransfer();
    files.items.add(new File([Uint8Array.from(atob(data), c => c.charCodeAt(0))], name, {type}));
    const box = document.querySelector(".editor__text");
    const { left, bottom } = box.lastElementChild.getBoundingClientRect();
    box.dispatchEvent(new DragEvent("drop", {dataTransfer: files, bubbles: true, cancelable: true, clientX: left + 5, clientY: bottom - 5}));
}"""


def drop(page, name, content, kind="image/jpeg"):
    page.evaluate(DROP, [name, kind, base64.b64encode(content).decode()])


@pytest.fixture
def page_of_text(open_article):
    """An article with two paragraphs, open in the editor, the caret at the end."""
    return open_article(ArticleFactory(body=TYPED))


def test_fact_box_is_written_inside_and_left_with_enter(page_of_text):
    more(page_of_text, "Fact box")
    page_of_text.keyboard.type("In brief")
    press(page_of_text, "Enter")
    page_of_text.keyboard.type("Twelve ships.")
    press(page_of_text, "ArrowDown", "Enter", "Enter")
    page_of_text.keyboard.type("After.")
    assert value(page_of_text).startswith(
        f'{TYPED}<aside data-node="factbox"><h3>In brief</h3><p>Twelve ships.</p></aside><p>After.</p>'
    )


def test_table_is_filled_grown_and_shrunk_by_its_own_bar(page_of_text):
    page = page_of_text
    more(page, "Table")
    page.keyboard.type("Day")
    press(page, "Tab")
    page.keyboard.type("Ships")
    bar = page.get_by_role("toolbar", name="Table")
    for name in ("Delete column", "Delete row", "Row below"):
        bar.get_by_role("button", name=name).click()
    rows = page.locator(".editor__text table tr")
    expect(rows).to_have_count(3)
    expect(rows.first.locator("th, td")).to_have_count(2)
    bar.get_by_role("button", name="Delete table").click()
    assert value(page).startswith(TYPED)
    assert "table" not in value(page)
    expect(bar).to_be_hidden()


def test_slash_opens_a_list_that_typing_narrows_and_enter_takes(page_of_text):
    page = page_of_text
    press(page, "Enter")
    page.keyboard.type("/")
    options = page.get_by_role("listbox", name="Insert").get_by_role("option")
    expect(options).to_have_count(8)
    page.keyboard.type("div")
    expect(options).to_have_count(1)
    press(page, "Enter")
    page.keyboard.type("After.")
    assert value(page) == f"{TYPED}<hr><p>After.</p>"


def test_slash_is_an_ordinary_character_after_escape_and_inside_words(page_of_text):
    page = page_of_text
    press(page, "Enter")
    page.keyboard.type("/pho")
    press(page, "Escape")
    expect(page.get_by_role("listbox", name="Insert")).to_be_hidden()
    page.keyboard.type("to and/or")
    assert value(page) == f"{TYPED}<p>/photo and/or</p>"


def test_address_of_a_player_pasted_alone_becomes_the_player(page_of_text):
    page = page_of_text
    press(page, "Enter")
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text/plain", "https://youtu.be/abcdef123");
            document.querySelector(".editor__text").dispatchEvent(
                new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }"""
    )
    page.get_by_label("What it shows").fill("The first crane")
    assert value(page).startswith(
        f'{TYPED}<figure data-node="embed" data-url="https://youtu.be/abcdef123" data-title="The first crane"></figure>'
    )


def test_player_of_an_unlisted_site_is_refused_in_words(page_of_text):
    more(page_of_text, "Player of another site")
    dialog = page_of_text.get_by_role("dialog")
    dialog.get_by_label("Address").fill("https://video.example/1")
    dialog.get_by_role("button", name="Insert").click()
    expect(dialog.get_by_role("alert")).to_contain_text("www.youtube.com")


def test_only_galleries_are_offered_as_galleries(page_of_text):
    LiveArticleFactory(headline="A story in words")
    gallery = LiveArticleFactory(headline="A day at the quay", genre="gallery")
    more(page_of_text, "Gallery")
    found = page_of_text.get_by_role("dialog").get_by_role("listitem")
    expect(found).to_have_count(1)
    found.get_by_role("button").click()
    assert f'<figure data-node="gallery" data-id="{gallery.pk}"></figure>' in value(page_of_text)


def test_dropped_file_is_a_photo_and_asks_for_what_it_lacks(page_of_text):
    page = page_of_text
    drop(page, "quay.jpg", jpeg(colour="#315a77"))
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Credit").fill("Ana Rojas")
    dialog.get_by_label("Alt text").fill("A quay at dawn")
    dialog.get_by_role("button", name="Keep").click()
    expect(dialog).to_be_hidden()
    photo = Photo.objects.get()
    assert (photo.credit, photo.alt, photo.file_name) == ("Ana Rojas", "A quay at dawn", "quay.jpg")
    assert value(page) == f'{TYPED}<figure data-node="photo" data-id="{photo.pk}"></figure>'


def test_dropped_file_that_is_no_picture_says_why_and_leaves_the_text(page_of_text):
    drop(page_of_text, "broken.jpg", jpeg()[:200])
    expect(page_of_text.locator(".editor-upload[role=alert]")).to_contain_text("damaged or incomplete")
    page_of_text.locator(".editor-upload").get_by_role("button", name="Close").click()
    assert value(page_of_text) == TYPED
    assert not Photo.objects.exists()


def test_dropped_file_that_is_in_the_library_is_that_photo(page_of_text, complaints):
    complaints.expected.append("status of 409")
    photo = PhotoFactory()
    with photo.image.open() as file:
        drop(page_of_text, "again.jpg", file.read())
    page_of_text.locator(".editor-card--photo").wait_for()
    assert value(page_of_text) == f'{TYPED}<figure data-node="photo" data-id="{photo.pk}"></figure>'


@pytest.fixture(autouse=True)
def refused_on_purpose(complaints):
    complaints.expected.append("status of 422")


def test_files_chosen_for_the_slides_become_slides_each_with_its_own_answer(page_of_text, tmp_path):
    page = page_of_text
    good, broken = tmp_path / "sea.jpg", tmp_path / "broken.jpg"
    good.write_bytes(jpeg(colour="#204060"))
    broken.write_bytes(jpeg()[:150])
    with page.expect_file_chooser() as chooser:
        page.get_by_role("link", name="Upload a new one").click()
    chooser.value.set_files([good, broken])
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Credit").fill("Ana Rojas")
    dialog.get_by_label("Alt text").fill("The sea")
    dialog.get_by_role("button", name="Keep").click()
    expect(page.locator("[data-slide]")).to_have_count(1)
    expect(page.locator("[data-slide] [data-credit]")).to_have_text("Ana Rojas")
    expect(page.locator(".slides-uploads [role=alert]")).to_contain_text("broken.jpg")
    save(page)
    assert Photo.objects.get().slides.count() == 1
