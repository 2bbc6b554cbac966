"""Every public template in a browser: axe finds nothing, nothing moves or scrolls sideways, it reads without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.articles.stories import live
from tests.browser.conftest import SIZES, is_wider_than_its_window
from tests.every_page import STATUS, every_page
from tests.factories import PhotoFactory

pytestmark = pytest.mark.once  # what it looks at is drawn the same over both databases
WIDTHS = [320, 390, 640, 820, 1024, 1280, 1600]
# Source: WCAG 2.2, success criterion 1.4.12.
SPACED = "html { font-size: 100%; } * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"
LARGE = "html { font-size: 200%; }"
WEAR = """text => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(text)
    document.adoptedStyleSheets = [sheet]
}"""
MOST_SHIFT = 0.02
WATCH_SHIFTS = """window.shifted = 0
new PerformanceObserver(list => {
    for (const entry of list.getEntries()) window.shifted += entry.hadRecentInput ? 0 : entry.value
}).observe({ type: "layout-shift", buffered: true })"""


@pytest.fixture
def addresses(administrator):
    """{name: path} of a page of every public template."""
    return every_page(administrator)


@pytest.fixture(autouse=True)
def refused_on_purpose(complaints):
    """The pages for what is not there, and streams without a file."""
    complaints.expected += ["status of 404", "status of 410"]


@pytest.fixture
def audited_pages(open_context, addresses, violations):
    """``audited_pages(size)``: yields the name and the page of every address, once axe found nothing and nothing moved."""

    def audited(size):
        page = open_context(size=size, reduced_motion="reduce").new_page()
        page.add_init_script(WATCH_SHIFTS)
        found, shifts = {}, {}
        for name, address in addresses.items():
            page.emulate_media(color_scheme="light")
            page.set_viewport_size(SIZES[size])
            assert page.goto(address).status == STATUS.get(name, 200), name
            found[name] = violations(page, tags=["best-practice"])
            shifts[name] = page.evaluate("shifted")
            if shifts[name] >= MOST_SHIFT:  # once more with the fonts at hand: a slow machine is not the page's fault
                page.reload()
                page.wait_for_timeout(100)
                shifts[name] = page.evaluate("shifted")
            page.emulate_media(color_scheme="dark")  # only colours can be worse there, so axe looks at those alone
            found[f"{name}, dark"] = violations(page, rules=["color-contrast", "link-in-text-block"])
            yield name, page
        assert {name: lines for name, lines in found.items() if lines} == {}
        assert {name: shift for name, shift in shifts.items() if shift >= MOST_SHIFT} == {}

    return audited


def low_links(page):
    """Links of the line below a headline that are low: axe lets one pass until another stands right above it."""
    links = page.locator(".meta a:visible").all()
    return [link.inner_text() for link in links if link.bounding_box()["height"] < 24]


def test_on_a_phone_axe_finds_nothing_nothing_moves_and_no_word_needs_javascript(
    open_context, addresses, audited_pages
):
    plain = open_context(size="phone", javascript=False).new_page()
    for name, page in audited_pages("phone"):
        plain.goto(addresses[name])
        for each in (plain, page):  # a script alone knows the reader's time zone and can ask for a passkey
            each.evaluate("document.querySelectorAll('[data-zone], #passkey_login').forEach((one) => one.remove())")
        assert plain.locator("main").inner_text() == page.locator("main").inner_text(), name
        assert plain.locator("h1").count() == 1, name
        assert name != "article" or low_links(page) == []


@pytest.mark.whole
def test_at_a_desk_axe_finds_nothing_nothing_moves_or_scrolls_sideways_at_any_width(audited_pages):
    wider = []
    for name, page in audited_pages("desktop"):
        assert name != "article" or low_links(page) == []
        for state, style, widths in (("", "", WIDTHS), ("large", LARGE, [320]), ("spaced", SPACED, [320, 820])):
            page.evaluate(WEAR, style)
            for width in widths:
                page.set_viewport_size({"width": width, "height": 800})
                if is_wider_than_its_window(page):
                    wider.append((name, width, state))
    assert wider == []


def test_paper_holds_the_story_and_forced_colours_the_choice_taken(open_context, addresses):
    page = open_context(color_scheme="dark").new_page()
    page.goto(addresses["article"])
    page.emulate_media(media="print")
    shown = page.locator("nav:visible, form:visible, button:visible, .button:visible, .share:visible, .side:visible")
    assert [each.get_attribute("aria-label") for each in shown.all()] == ["Breadcrumb"]
    for said in (".headline", ".slides figure:last-child img", ".meta__date", ".standfirst", ".related", ".comment"):
        expect(page.locator(said).first).to_be_visible()
    assert page.locator(".slides figure:last-child").evaluate("each => each.getBoundingClientRect().left") >= 0
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(page.locator(".headline")).to_have_css("color", "rgb(0, 0, 0)")
    page.goto(addresses["live"])
    page.emulate_media(media="screen", forced_colors="active")
    fill = page.locator(".switch [aria-current]").evaluate("each => getComputedStyle(each).backgroundColor")
    assert fill != page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_the_keyboard_skips_to_the_content_and_never_hides_its_place(open_context, addresses):
    page = open_context(reduced_motion="reduce").new_page()
    page.goto(addresses["article"])
    page.keyboard.press("Tab")
    assert page.locator(".skip").evaluate("link => link === document.activeElement && link.offsetTop >= 0")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    hidden = []
    for _ in range(60):
        page.keyboard.press("Tab")
        place = page.evaluate(PLACE)
        if place and not place["shown"]:
            hidden.append(place["html"])
    assert hidden == []


PLACE = """() => {
    const at = document.activeElement
    if (at === document.body) return null
    const box = at.getBoundingClientRect(), style = getComputedStyle(at), card = at.closest(".card")
    const ring = [style, card && getComputedStyle(card)].some(each => each && each.outlineStyle !== "none" && parseFloat(each.outlineWidth) >= 2)
    const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
    const top = document.elementFromPoint(box.left + box.width / 2, Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1))
    return { shown: ring && inside && (!top || at.contains(top) || top.contains(at) || !!card?.contains(top)), html: at.outerHTML.slice(0, 120) }
}"""


NOTES_PHOTOS_AT_HAND = """() => {
    window.print = () => {
        const photos = [...document.querySelectorAll(".gallery__paper img")]
        document.documentElement.dataset.printed = photos.filter(each => each.naturalWidth > 0).length
    }
}"""


def test_a_gallery_is_printed_whole(open_context, addresses):
    """The photos that are on paper only are there before the browser is asked to print."""
    page = open_context(color_scheme="dark").new_page()
    page.goto(addresses["gallery"])
    page.evaluate(NOTES_PHOTOS_AT_HAND)
    assert not page.locator(".gallery__paper").is_visible()
    page.get_by_role("button", name="Print").click()
    expect(page.locator("html")).to_have_attribute("data-printed", "2")
    page.emulate_media(media="print")
    heights = page.locator(".gallery__paper img").evaluate_all("all => all.map(each => each.clientHeight)")
    assert all(200 < height <= 341 for height in heights), heights  # 9 cm
    expect(page.locator(".gallery__paper figcaption").first).to_contain_text("A quay at dawn.")
    assert not page.locator(".gallery__photo").is_visible()


def test_the_thumbnail_of_the_photo_shown_is_in_view(open_context):
    gallery = live(headline="A walk", genre="gallery", photos=[PhotoFactory(size=(300, 200)) for _ in range(8)])
    page = open_context(size="phone").new_page()
    page.goto(f"{gallery.get_absolute_url()}?photo=8")
    expect(page.locator(".gallery__thumbs [aria-current]")).to_be_in_viewport(ratio=0.9)


@pytest.mark.parametrize(("javascript", "says"), [(True, ("POST", "ping")), (False, ("GET", "image"))])
def test_an_opened_article_says_so_once_with_scripts_and_without(open_context, addresses, javascript, says):
    page, said = open_context(javascript=javascript).new_page(), []
    page.on("request", lambda request: "/seen/" in request.url and said.append((request.method, request.resource_type)))
    for name in ("article", "gallery"):
        page.goto(addresses[name], wait_until="networkidle")
    assert said == [says, says]
