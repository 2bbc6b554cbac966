"""The five journeys of a newsroom, as people do them: write, publish, find and comment, moderate, and a whole page by hand."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from articles.models import Article
from newsroom.choices import CommentMode
from newsroom.models import SiteIdentity, SocialLink
from tests.articles.stories import section
from tests.factories import PASSWORD, BylineFactory, LiveArticleFactory, PhotoFactory, UserFactory

pytestmark = pytest.mark.postgres


@pytest.fixture
def newsroom():
    """A site with its social links, a section and one story."""
    site = SiteIdentity.load()
    site.name, site.comment_mode = "Meridian", CommentMode.MODERATED
    site.save()
    for position, label in enumerate(["google plus", "facebook", "twitter"]):
        SocialLink.objects.create(site=site, label=label, url="https://example.org/", position=position)
    section("news/latin-america")
    return site


def log_in(page, user):
    page.goto("/accounts/login/?next=/admin/")
    page.fill("[name=login]", user.username)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/admin/")


def type_body(page, *paragraphs):
    page.locator(".editor__text").click()
    for number, words in enumerate(paragraphs):
        page.wait_for_timeout(80)  # at a person's pace: the caret is read back from the page
        if number:
            page.keyboard.press("Enter")
            page.wait_for_timeout(80)
        page.keyboard.insert_text(words)


def choose(page, field, words):
    """Picks from a searchable select by typing, as people do."""
    page.click(f"#{field} + .select2")
    page.fill(".select2-search__field", words)
    page.click(f".select2-results__option:has-text('{words}')")


def pick(page, *results):
    """Picks from the open dialog."""
    for words in results:
        page.get_by_role("dialog").get_by_role("button", name=words).click()
    page.get_by_role("dialog").get_by_role("button", name="Insert").click()


def choose_section(page, name):
    names = [option.strip() for option in page.locator("[name=section] option").all_inner_texts()]
    page.select_option("[name=section]", index=names.index(name))


def press(page, act):
    with page.expect_navigation():
        page.click(f"button[name=act][value='{act}']")


def test_a_reporter_writes_and_an_editor_publishes(page, open_context, newsroom):
    PhotoFactory(caption="Cranes over the quay.", credit="Harbour Agency", alt="Three cranes")
    BylineFactory(name="Ana Ruiz")
    log_in(page, UserFactory(role="Reporter"))
    page.goto("/admin/articles/article/add/")
    page.fill("[name=headline]", "The harbour opens again")
    page.fill("[name=standfirst]", "After nine days the first ship came in.")
    type_body(page, "The first ship came in at dawn.", "Nobody had slept.")
    page.click("[data-add-photos]")
    pick(page, "Cranes over the quay.")
    choose_section(page, "Latin America")
    page.fill("[name=tags]", "Ports, Strikes")
    choose(page, "id_bylines", "Ana Ruiz")
    press(page, "")
    press(page, "submit")
    assert page.is_visible("text=In review")
    assert not page.is_visible("button[value=publish]")

    editor = open_context().new_page()
    log_in(editor, UserFactory(role="Editor"))
    editor.goto(f"/admin/articles/article/{Article.objects.get().pk}/change/")
    press(editor, "approve")
    press(editor, "publish")
    editor.click("text=View page")
    assert editor.inner_text("h1") == "The harbour opens again"
    assert "Cranes over the quay. | Photo: Harbour Agency" in editor.inner_text("figcaption")
    assert editor.inner_text(".body") == "The first ship came in at dawn.\n\nNobody had slept."
    assert [chip.inner_text() for chip in editor.query_selector_all(".topics .chip")] == ["Ports", "Strikes"]


def test_a_reader_finds_reads_and_comments_without_javascript_and_a_moderator_lets_it_through(
    plain_page, page, newsroom
):
    story = LiveArticleFactory(
        headline="The harbour opens again", section=section("news/latin-america"), tags=["Ports"]
    )
    for start, link in [
        ("/", story.headline),
        ("/news/latin-america/", story.headline),
        ("/topics/ports/", story.headline),
    ]:
        plain_page.goto(start)
        plain_page.click(f"main a:has-text('{link}')")
        assert plain_page.inner_text("h1") == story.headline
    plain_page.goto("/search/?q=harbour")
    plain_page.click("main a:has-text('harbour')")
    assert "Post with no comments." in plain_page.inner_text(".comments")

    reader = UserFactory(name="Berta Olmos")
    EmailAddress.objects.create(user=reader, email=reader.email, verified=True, primary=True)
    plain_page.goto("/accounts/login/")
    plain_page.fill("[name=login]", reader.email)
    plain_page.fill("[name=password]", PASSWORD)
    plain_page.click("main button[type=submit]")
    plain_page.goto(f"/comments/{story.pk}/new/")
    plain_page.fill("[name=body]", "I waited for that ship too.")
    plain_page.click("main form button[type=submit]")
    assert "Your comment is waiting for a moderator" in plain_page.inner_text("main")

    log_in(page, UserFactory(role="Moderator"))
    page.goto("/admin/comments/comment/")
    assert page.is_visible("text=I waited for that ship too.")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.click("[data-act=approve] >> nth=-1")
    plain_page.goto(story.get_absolute_url())
    assert "I waited for that ship too." in plain_page.inner_text(".comments")
    assert re.search(r"\b1\s+Comment\b", plain_page.inner_text(".comments"))


def test_a_whole_page_is_made_by_hand(page, plain_page, newsroom):
    earlier = LiveArticleFactory(headline="Port strike: what both sides want", section=section("news"))
    PhotoFactory(caption="The two ministers met at the quay.", alt="Two people shake hands", credit="Reuters")
    log_in(page, UserFactory(role="Editor"))
    page.goto("/admin/articles/article/add/")
    page.fill("[name=headline]", "Two Ports Sign Strategic Partnership")
    page.fill("[name=standfirst]", 'The minister spoke of a "harbour for all."\u00a0')
    type_body(page, "At the first stage the ministers met to foster\u00a0co-operation.\u00a0 ")
    page.click("[data-tool=related]")
    pick(page, earlier.headline)
    page.wait_for_timeout(200)
    page.keyboard.insert_text('"We have made progress", the minister said.')
    page.click("[data-add-photos]")
    pick(page, "The two ministers met at the quay.")
    choose_section(page, "Latin America")
    page.select_option("[name=genre]", "opinion")
    page.fill("[name=publish_at]", "2018-11-02T15:00")
    press(page, "")
    press(page, "publish")

    article = Article.objects.public(timezone.now() + timedelta(seconds=1)).get(headline__startswith="Two Ports")
    plain_page.goto(article.get_absolute_url())
    text = re.sub(r"\s+", " ", plain_page.inner_text("body"))
    place = 0
    # Quotation marks typed straight are printed curly; what is stored stays as typed.
    for words in [
        "Live", "Audio Only", "google plus", "facebook", "twitter", "News > Latin America", "Two Ports Sign Strategic Partnership",
        "The two ministers met at the quay. | Photo: Reuters", "Published 2 November 2018", "Opinion",
        "The minister spoke of a “harbour for all.”", "At the first stage the ministers met", "RELATED:", earlier.headline,
        "“We have made progress”, the minister said.", "Comment", "0", "Comments", "Post with no comments.",
    ]:  # fmt: skip
        found = text.find(words, place)
        assert found >= 0, f"{words!r} is missing after {text[max(0, place - 80) : place + 160]!r}"
        place = found + len(words)
    assert "foster\u00a0co-operation.</p>" in article.body.replace("&nbsp;", "\u00a0")
