"""A reader's year under the articles: post, be held, published, edited, answered, recommend, report, mute, and leave."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from playwright.sync_api import expect

from articles.models import Article
from comments import moderation
from comments.models import Comment, CommentReport, CommentRules, Mute, Status, WordList
from newsroom.choices import CommentMode
from newsroom.models import User
from tests.browser.conftest import is_wider_than_its_window
from tests.browser.test_reader_account import sign_in as sign_in_by_form
from tests.factories import PASSWORD, LiveArticleFactory, PublishedCommentFactory, UserFactory

pytestmark = pytest.mark.whole


def make_account(page, name, address):
    page.goto("/accounts/signup/")
    page.get_by_label("Name shown with comments").fill(name)
    page.get_by_label("E-mail address").fill(address)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("I have read the comment rules").check()
    page.get_by_role("button", name=re.compile("sign up|create", re.IGNORECASE)).click()
    page.goto(re.search(r"https?://\S+/accounts/confirm-email/\S+", mail.outbox[-1].body)[0])
    page.get_by_role("button", name="Confirm").click()
    sign_in_by_form(page, address)
    page.wait_for_url("**/")


def leave_for_good(page, name):
    page.goto("/accounts/data/")
    page.get_by_role("link", name=re.compile("Delete my account")).click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Delete my account for good").check()
    page.get_by_role("button", name="Delete my account").click()
    page.get_by_text("Your account is deleted.").wait_for()
    assert not User.objects.filter(name=name).exists()


def test_the_year_without_javascript(plain_page, moderator, db):
    page = plain_page
    story = LiveArticleFactory(comment_mode=CommentMode.MODERATED)
    theirs = PublishedCommentFactory(article=story, body="The dam will hold.")
    make_account(page, "Ada Prado", "ada@example.org")

    page.goto(story.get_absolute_url())
    page.get_by_role("link", name="Write a comment").click()
    page.get_by_role("textbox", name="Write a comment").fill("Who says so?")
    page.get_by_role("button", name="Post comment").click()
    page.get_by_text("Your comment is waiting for a moderator").wait_for()
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Change your comment").fill("Who says so, and why?")
    page.get_by_role("button", name="Save").click()
    mine = Comment.objects.get(author__name="Ada Prado")
    assert (mine.body, mine.status) == ("Who says so, and why?", Status.WAITING)
    moderation.approve(comment=mine, by=moderator)
    answer = PublishedCommentFactory(article=story, parent=mine, body="The engineers do.")

    page.goto("/accounts/notices/")
    assert page.get_by_text("is published.").count() == 1
    page.get_by_role("link", name=re.compile("answered your comment")).click()
    assert page.url.endswith(f"#c{answer.pk}")
    page.locator(f"#c{theirs.pk}").get_by_role("link", name=re.compile("Recommend")).click()
    page.get_by_role("button", name="Recommend").click()
    assert page.locator(f"#c{theirs.pk} [data-recommend] b").inner_text() == "1"
    assert Comment.objects.get(pk=theirs.pk).recommend_count == 1
    page.locator(f"#c{answer.pk}").get_by_role("link", name=re.compile("Report")).click()
    page.get_by_label("Insult").check()
    page.get_by_role("button", name="Report").click()
    page.get_by_role("link", name="Mute this reader").click()
    page.get_by_role("button", name="Mute this reader").click()
    assert page.locator(f"#c{answer.pk}").inner_text().strip() == "You muted this reader."
    page.get_by_role("main").get_by_role("link", name="Muted readers", exact=True).click()
    page.get_by_role("button", name=re.compile("Read again")).click()
    assert CommentReport.objects.count() == 1
    assert not Mute.objects.exists()

    page.goto("/accounts/comments/")
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Delete this comment").click()
    assert "This comment was deleted by its author." in page.inner_text(".comments")
    leave_for_good(page, "Ada Prado")
    assert Article.objects.get(pk=story.pk).comment_count == 2


def test_the_year_in_place(page, look, complaints):
    complaints.expected.append("status of 403")  # the form whose token went out of date
    story = LiveArticleFactory(comment_mode=CommentMode.OPEN)
    theirs = PublishedCommentFactory(article=story, body="The dam will hold.")
    ada = UserFactory(name="Ada Prado", username="ada")
    EmailAddress.objects.create(user=ada, email=ada.email, verified=True, primary=True)
    sign_in_by_form(page, "ada")
    page.wait_for_url("**/")
    page.goto(story.get_absolute_url())

    comment = page.locator(f"#c{theirs.pk}")
    recommend = comment.locator("[data-recommend]")
    page.locator("[data-marks]").wait_for(state="attached")
    expect(page.get_by_text("Sign in to post a comment.")).to_have_count(0)
    recommend.click()
    expect(recommend).to_have_attribute("aria-pressed", "true")
    expect(recommend.locator("b")).to_have_text("1")
    recommend.dblclick()
    expect(recommend.locator("b")).to_have_text("1")

    comment.get_by_role("link", name=re.compile("Reply")).click()
    text = page.get_by_role("textbox", name=re.compile("Reply to"))
    text.fill("Who says so?")
    page.reload()
    page.locator(f"#c{theirs.pk}").get_by_role("link", name=re.compile("Reply")).click()
    assert text.input_value() == "Who says so?"
    page.wait_for_timeout(2100)  # nobody writes faster
    page.context.clear_cookies(name="csrftoken")  # as if signed in again in another window
    page.get_by_role("button", name="Post reply").click()
    own = page.locator(".comment", has_text="Who says so?")
    own.get_by_role("link", name="Edit").click()
    page.get_by_label("Change your comment").fill("Who says so, then?")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".comment", has_text="Who says so, then?").get_by_text("edited")).to_be_visible()

    page.locator(f"#c{theirs.pk}").get_by_role("link", name=re.compile("Report")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Insult").check()
    assert look(page) == []
    dialog.get_by_role("button", name="Report").click()
    dialog.get_by_text("You reported this comment.").wait_for()
    dialog.get_by_role("link", name="Mute this reader").click()
    dialog.get_by_role("button", name="Mute this reader").click()
    page.get_by_text("You muted this reader.").wait_for()
    assert not page.get_by_text("The dam will hold.").is_visible()
    page.get_by_role("button", name="Show the comment").click()
    assert page.get_by_text("The dam will hold.").is_visible()
    assert page.get_by_text("You reported this comment. A moderator will look at it.").is_visible()

    page.locator(".comment", has_text="Who says so, then?").get_by_role("link", name="Delete").click()
    dialog.get_by_role("button", name="Delete this comment").click()
    expect(page.locator(".comment", has_text="Who says so, then?")).to_have_count(0)
    assert Article.objects.get(pk=story.pk).comment_count == 1


LOOKS = ((390, "dark"), (1280, "light"))


@pytest.mark.once
def test_what_a_rule_held_is_rejected_appealed_and_published(page, sign_in, look, administrator):
    """The browser does the work that is asked of it; another moderator than the first decides about the appeal."""
    CommentRules(proof_of="everybody", proof_bits=10, min_seconds=0).save()
    WordList.objects.create(name="Suspect", kind="suspect", words="grimpo")
    story, reader, first = (
        LiveArticleFactory(comment_mode=CommentMode.OPEN),
        UserFactory(),
        UserFactory(role="Moderator"),
    )
    sign_in(page, reader).goto(f"/comments/{story.pk}/new/")

    def fair(path):
        for width, scheme in LOOKS:
            page.set_viewport_size({"width": width, "height": 844})
            page.emulate_media(color_scheme=scheme)
            page.goto(path)
            assert look(page) == []
            assert not is_wider_than_its_window(page)

    page.get_by_role("textbox", name="Write a comment").fill("The bridge will stand.")
    with page.expect_navigation():
        page.get_by_role("button", name="Post comment").click()
    page.goto(story.get_absolute_url())
    page.get_by_role("link", name="Write a comment").click()
    page.get_by_role("textbox", name="Write a comment").fill("He said grimpo, the minister.")
    page.get_by_role("button", name="Post comment").click()
    page.get_by_text("Your comment is waiting for a moderator").wait_for()
    proven, held = Comment.objects.order_by("pk")
    assert (proven.status, proven.phase) == (Status.PUBLISHED, "mode")
    assert (held.status, held.phase) == (Status.WAITING, "suspect_words")

    moderation.reject(comment=held, by=first, reason="insult")
    fair("/accounts/comments/")
    assert page.get_by_text("It insults somebody").is_visible()
    fair(f"/comments/{held.pk}/appeal/")
    page.get_by_label("Why should it be published?").fill("I quoted the minister.")
    with page.expect_navigation():
        page.get_by_role("button", name="Send the appeal").click()
    assert page.get_by_text("We have your appeal.").is_visible()

    appeal = f"/admin/comments/appeal/{held.appeal.pk}/change/"
    sign_in(page, first).goto(appeal)
    assert page.get_by_role("button", name="Publish the comment").count() == 0
    sign_in(page, administrator)
    fair(appeal)
    page.get_by_label("Answer to the reader").fill("You are right.")
    with page.expect_navigation():
        page.get_by_role("button", name="Publish the comment").click()

    sign_in(page, reader).goto(f"/comments/{held.pk}/appeal/")
    assert page.get_by_text("You are right.").is_visible()
    assert page.get_by_text("Your comment is published.").is_visible()
    page.goto(story.get_absolute_url())
    assert page.locator(f"#c{held.pk}").get_by_text("He said grimpo").is_visible()
