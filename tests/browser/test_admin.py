"""The desk in a browser: free of axe's findings and of console errors, on a phone and at a desk, with and without scripts."""

import pytest

from articles.models import Article, Status
from tests.browser.conftest import is_wider_than_its_window
from tests.factories import ArticleFactory, BylineFactory, CommentFactory, LiveArticleFactory, PhotoFactory

pytestmark = pytest.mark.once  # what it looks at is drawn the same over both databases
PAGES = {
    "desk": "/admin/",
    "articles": "/admin/articles/article/",
    "new article": "/admin/articles/article/add/",
    "photo": "/admin/media/photo/{photo}/change/",
    "new photo": "/admin/media/photo/add/",
    "author": "/admin/articles/byline/{author}/change/",
    "front page place": "/admin/articles/frontpage/",
    "identity": "/admin/newsroom/siteidentity/1/change/",
    "account": "/admin/newsroom/user/add/",
    "comments": "/admin/comments/comment/",
}


@pytest.fixture
def story(administrator):
    """An article in review with photos and an author, and something in every list."""
    author, photos = BylineFactory(user=administrator), [PhotoFactory(), PhotoFactory()]
    CommentFactory(article=LiveArticleFactory(bylines=[author], photos=photos[:1]))
    ArticleFactory(by=administrator, headline="A draft without much")
    return ArticleFactory(
        state="in_review", headline="The harbour opens", bylines=[author], photos=photos, tags=["Harbours"]
    )


def address(name, story):
    slide = story.slides.first()
    return PAGES[name].format(photo=slide.photo_id, author=story.article_bylines.first().byline_id)


def sheet(story):
    return f"/admin/articles/article/{story.pk}/change/"


@pytest.fixture
def open_desk(open_context, sign_in, administrator):
    """A page on which the administrator is signed in."""
    return lambda **options: sign_in(open_context(**options).new_page(), administrator)


@pytest.mark.parametrize(("size", "color_scheme"), [("desktop", "light"), ("phone", "dark")])
def test_axe_finds_nothing_on_the_desk_and_no_page_scrolls_sideways(open_desk, story, look, size, color_scheme):
    page = open_desk(size=size, color_scheme=color_scheme)
    found, wider = {}, []
    for name in [*PAGES, "sheet"]:
        page.goto(sheet(story) if name == "sheet" else address(name, story))
        if name == "sheet":
            page.locator("[contenteditable=true]").first.wait_for()
        found[name] = look(page)
        if is_wider_than_its_window(page):
            wider.append(name)

    assert {name: lines for name, lines in found.items() if lines} == {}
    assert wider == []


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_axe_finds_nothing_at_sign_in(open_context, look, color_scheme):
    page = open_context(color_scheme=color_scheme).new_page()
    page.goto("/admin/")

    assert "/accounts/login/" in page.url
    assert look(page) == []


def test_photos_are_added_moved_and_removed(page, sign_in, story, editor):
    PhotoFactory(title="The new crane")
    sign_in(page, editor).goto(sheet(story))
    page.get_by_role("button", name="Add photos").click()
    page.get_by_role("dialog").get_by_role("button", name="The new crane").click()
    page.get_by_role("dialog").get_by_role("button", name="Insert").click()
    rows = page.locator("[data-slide]")
    assert rows.count() == 3
    rows.nth(2).get_by_role("button", name="Move up").click()
    rows.nth(1).get_by_label("Caption").fill("A crane at work")
    rows.nth(0).get_by_label("Remove").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()

    captions = [slide.caption for slide in Article.objects.get(pk=story.pk).slides.order_by("position")]
    assert captions == ["A crane at work", ""]


def test_the_button_says_what_will_happen(page, sign_in, story, editor):
    sign_in(page, editor).goto(sheet(story))
    button = page.locator("[data-publish]")
    assert button.inner_text() == "Publish"
    page.get_by_label("Publish at").fill("2040-05-06T17:00")
    assert button.inner_text() == "Schedule for 17:00"
    button.click()
    page.get_by_text("Scheduled for").wait_for()

    assert Article.objects.get(pk=story.pk).is_scheduled


def test_a_double_click_publishes_once(page, sign_in, story, editor):
    sign_in(page, editor).goto(sheet(story))
    page.locator("[data-publish]").dblclick()
    page.get_by_text("Published.").wait_for()

    assert list(story.acts.filter(act="publish").values_list("by", flat=True)) == [editor.pk]
    assert page.locator(".messagelist .error").count() == 0


def test_the_search_is_reached_by_a_key(page, sign_in, story, editor):
    sign_in(page, editor).goto("/admin/")
    page.keyboard.press("/")
    page.keyboard.type("harbour")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "q=harbour" in url)
    page.get_by_role("link", name="The harbour opens").click()

    assert sheet(story) in page.url


def test_an_article_is_written_and_sent_to_review_without_scripts(plain_page, sign_in, reporter, story):
    page = sign_in(plain_page, reporter)
    page.goto("/admin/")
    page.get_by_role("link", name="New article").click()
    page.get_by_label("Headline", exact=True).fill("Written by hand")
    page.get_by_label("Body", exact=True).fill("<p>Plain words.</p>")
    page.get_by_label("Section").select_option(str(story.section_id))
    page.get_by_label("Topics").fill("Harbours, Night work")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Send to review").click()
    page.get_by_text("State: In review").wait_for()

    article = Article.objects.get(headline="Written by hand")
    assert (article.status, sorted(article.tags.names())) == (Status.IN_REVIEW, ["Harbours", "Night work"])
