"""A guest asks for letters, confirms, reads an answer and ends them: in a browser without scripts, and in the form in place."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from comments import guest_letters, moderation
from comments.models import Comment, GuestAddress
from newsroom.choices import CommentMode
from tests.comments.pages import site
from tests.factories import LiveArticleFactory, PublishedCommentFactory, UserFactory

pytestmark = pytest.mark.once  # what it does on the server is tested over both databases
BOX = "Mail me when somebody answers or a moderator decides"


@pytest.fixture
def story(db, live_server, settings):
    settings.SITE_URL = live_server.url
    site(guest_comments=True, name="Meridian")
    return LiveArticleFactory(headline="The ferry sank", comment_mode=CommentMode.MODERATED)


def path_in(letter, kind):
    return re.search(rf"http://[^/\s]+(/\S*{kind}\S*)", letter.body)[1]


def fill_in(page, body):
    page.get_by_label("Name", exact=True).fill("Ana Luz")
    page.get_by_label("E-mail address").fill("ana@example.org")
    page.get_by_role("textbox", name="Write a comment").fill(body)


def letters_of(minutes):
    """The letters that upkeep sends so many minutes from now."""
    mail.outbox.clear()
    guest_letters.send_due(timezone.now() + timedelta(minutes=minutes))
    return mail.outbox


def test_a_guest_is_told_of_decisions_and_answers_until_one_click_ends_it(plain_page, story, complaints):
    page = plain_page
    complaints.expected.append("status of 422")
    page.goto(f"/comments/{story.pk}/new/")
    assert not page.get_by_label(BOX).is_checked()
    fill_in(page, "")
    page.get_by_label(BOX).check()
    page.get_by_role("button", name="Post comment").click()
    assert page.get_by_text("Write your comment first.").first.is_visible()
    assert page.get_by_label(BOX).is_checked()  # the form came back as it was
    fill_in(page, "Who inspected her?")
    page.get_by_role("button", name="Post comment").click()
    assert page.get_by_text("Look into your mail").is_visible()

    page.goto(path_in(mail.outbox[0], "confirm"))
    assert not GuestAddress.objects.filter(confirmed_at__isnull=False).exists()
    page.get_by_role("button", name="Yes, write to me").click()
    assert page.get_by_text("your address is confirmed").is_visible()

    mine, moderator = Comment.objects.get(), UserFactory(role="Moderator")
    moderation.approve(comment=mine, by=moderator)
    (letter,) = letters_of(3)
    assert letter.subject == "Your comment on “The ferry sank” is published."
    PublishedCommentFactory(article=story, parent=mine, author=UserFactory(name="Bo"), body="The company did.")
    (letter,) = letters_of(90)
    assert letter.subject == "Bo answered your comment on “The ferry sank”."
    page.goto(path_in(letter, "#c"))
    assert "The company did." in page.inner_text(".comments")

    page.goto(path_in(letter, "letters"))
    page.get_by_role("button", name="Send me no more letters").click()
    assert page.get_by_text("You get no more letters.").is_visible()
    PublishedCommentFactory(article=story, parent=mine)
    assert letters_of(300) == []


def test_the_box_works_and_stays_in_the_form_that_opens_in_place(page, story, look, complaints):
    complaints.expected.append("status of 422")
    page.goto(story.get_absolute_url())
    page.get_by_role("link", name="Write a comment").click()
    fill_in(page, "")
    page.get_by_label(BOX).check()
    page.get_by_role("button", name="Post comment").click()
    page.get_by_text("Write your comment first.").first.wait_for()
    assert page.get_by_label(BOX).is_checked()
    assert look(page) == []
    fill_in(page, "Who inspected her?")
    page.get_by_role("button", name="Post comment").click()

    page.get_by_text("Look into your mail").wait_for()
    assert [letter.to for letter in mail.outbox] == [["ana@example.org"]]


def test_a_form_out_of_date_comes_anew_with_all_that_a_guest_typed(page, story, complaints):
    complaints.expected.append("status of 403")
    page.goto(story.get_absolute_url())
    page.get_by_role("link", name="Write a comment").click()
    fill_in(page, "Who inspected her?")
    page.get_by_label(BOX).check()
    page.context.clear_cookies()
    page.get_by_role("button", name="Post comment").click()

    page.locator("[name=name]:focus").wait_for()
    assert page.get_by_label("E-mail address").input_value() == "ana@example.org"
    assert page.get_by_label(BOX).is_checked()
    page.get_by_role("button", name="Post comment").click()
    page.get_by_text("Look into your mail").wait_for()
