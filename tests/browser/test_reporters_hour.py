"""A reporter's hour: a text out of a word processor, six photos of every kind, a connection that drops, a page at the end."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from articles.models import Article
from media import ingest
from media.models import Photo
from tests.articles.stories import section
from tests.browser.clipboards import WORD
from tests.browser.conftest import crash
from tests.browser.writing import more, paste, to_the_end, tool
from tests.factories import BylineFactory, LiveArticleFactory
from tests.media import images

pytestmark = pytest.mark.whole

GPS, ORIENTATION = 0x8825, 0x0112


def credited(colour):
    """A photo that says who made it and what it shows."""
    elements = (
        "<photoshop:Credit>Ana Rojas</photoshop:Credit>"
        '<core:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">A quay</rdf:li></rdf:Alt></core:AltTextAccessibility>'
    )
    return images.picture((600, 400), colour=colour, xmp=images.xmp(elements=elements))


def sideways():
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    return images.picture((600, 400), colour="#886644", exif=exif)


def with_gps():
    exif = Image.Exif()
    exif.get_ifd(GPS).update({1: "N", 2: (10.0, 28.0, 0.0), 3: "W", 4: (66.0, 54.0, 0.0)})
    return images.picture((600, 400), colour="#226644", exif=exif)


@pytest.fixture
def files(tmp_path):
    """Six files: three good ones, one sideways, one with the place it was taken at, one broken off."""
    made = {
        "one.jpg": credited("#102030"),
        "two.jpg": credited("#203040"),
        "bare.jpg": images.picture((600, 400), colour="#304050"),
        "sideways.jpg": sideways(),
        "gps.jpg": with_gps(),
        "broken.jpg": images.noise()[:3000],
    }
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
    return [tmp_path / name for name in made]


@pytest.fixture
def desk(open_context, sign_in, editor, complaints):
    complaints.expected += ["status of 422", "ERR_INTERNET_DISCONNECTED"]
    context = open_context()
    context.on("dialog", lambda dialog: dialog.accept())
    return sign_in(context.new_page(), editor)


def answer_dialogs(page, count):
    """Every photo that lacks something asks for it; the person types it."""
    for number in range(count):
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_label("Alt text")).to_have_value("")  # the one before is kept and gone
        dialog.get_by_label("Credit").fill("Bo Lind")
        dialog.get_by_label("Alt text").fill(f"A quay, number {number}")
        dialog.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def shown(page, address):
    page.goto(address)
    return page.locator("main").inner_text()


def test_from_a_pasted_text_to_a_public_page_and_what_becomes_of_its_photos(desk, files, open_context):
    other = LiveArticleFactory(headline="The ferries sail again")
    BylineFactory(name="Marisol Ibarra")
    place = section("news/latin-america")
    page = desk
    page.goto("/admin/articles/article/add/")
    page.get_by_label("Headline", exact=True).fill('The harbour opens "at last"')
    page.get_by_label("Standfirst").fill("Two weeks of silence ended at six.")

    page.locator(".editor__text").click()
    paste(page, WORD)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("link", name="Upload a new one").click()
    chooser.value.set_files(files)
    answer_dialogs(page, 3)  # the bare one, the sideways one, the one with a place
    expect(page.locator("[data-slide]")).to_have_count(5)
    expect(page.locator(".slides-uploads [role=alert]")).to_contain_text("broken.jpg")
    page.get_by_label("Caption", exact=True).first.fill("The first crane at six.")

    to_the_end(page)
    tool(page, "Related articles")
    page.get_by_role("dialog").get_by_role("button", name="The ferries sail again").click()
    page.get_by_role("dialog").get_by_role("button", name="Insert").click()
    more(page, "Pull quote")
    page.keyboard.type("We waited for the sea.")

    page.context.set_offline(True)
    page.evaluate("dispatchEvent(new Event('blur'))")
    expect(page.locator("[data-saved]")).to_contain_text("Your text is kept here")
    crash(page)
    page.context.set_offline(False)

    page = page.context.new_page()
    page.goto("/admin/articles/article/add/")
    page.get_by_role("button", name="Bring it back").click()
    expect(page.locator("[data-slide]")).to_have_count(5)
    expect(page.locator(".editor__text")).to_contain_text("We waited for the sea.")
    page.get_by_label("Section").select_option(str(place.pk))
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/change/")

    article = Article.objects.get(headline__startswith="The harbour opens")
    with page.expect_popup() as preview:
        page.get_by_role("link", name="Preview (opens").click()
    expect(preview.value.get_by_role("heading", level=1)).to_have_text("The harbour opens “at last”")
    preview.value.close()
    for step in ("Send to review", "Approve", "Publish"):
        with page.expect_navigation():
            page.get_by_role("button", name=step, exact=True).click()

    reader = open_context(javascript=False).new_page()
    text = shown(reader, Article.objects.get(pk=article.pk).get_absolute_url())
    for words in (
        "The first crane at six.",
        "| Photo: Ana Rojas",
        "First",
        "Inner",
        "RELATED:",
        other.headline,
        "We waited for the sea.",
    ):
        assert words in text
    assert reader.locator(".slides figure").count() == 5
    check_files()
    replace_and_expire(reader, article)


def check_files():
    """The sideways photo stands upright, and no public file says where it was taken."""
    from media import renditions

    upright = Photo.objects.get(file_name="sideways.jpg")
    assert (upright.width, upright.height) == (400, 600)
    data = renditions.read_or_make(Photo.objects.get(file_name="gps.jpg"), "3x2", 320, "jpg")
    public = Image.open(io.BytesIO(data))
    assert not public.getexif()
    assert b"GPS" not in data


def replace_and_expire(reader, article):
    """Another file under the same number shows on the page; a photo whose right has ended is gone from it."""
    address = Article.objects.get(pk=article.pk).get_absolute_url()
    first, second = Photo.objects.get(file_name="one.jpg"), Photo.objects.get(file_name="two.jpg")
    file = images.upload(images.picture((900, 600), colour="#aa2233"), "new.jpg")
    ingest.replace(first, file=file, examined=ingest.examine(file))
    second.valid_until = timezone.now() - timedelta(seconds=1)
    second.save()
    reader.goto(address)
    assert reader.locator(".slides figure").count() == 4
    assert Photo.objects.get(pk=first.pk).token in reader.content()
    assert second.key not in reader.content()
