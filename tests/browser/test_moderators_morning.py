"""A moderator's morning: thirty comments from the keyboard, and a few by plain forms."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from comments import moderation
from comments.models import Comment, Status
from tests.browser.conftest import is_wider_than_its_window
from tests.factories import CommentFactory, LiveArticleFactory, UserFactory

pytestmark = pytest.mark.once  # what it looks at is the same over both databases
QUEUE = "/admin/comments/comment/"


@pytest.fixture
def waiting():
    """Thirty comments in the order in which they were written."""
    article, writer, now = LiveArticleFactory(), UserFactory(name="Berta Olmos"), timezone.now()
    return [
        CommentFactory(
            article=article, author=writer, body=f"Number {n:02}.", created_at=now - timedelta(minutes=60 - n)
        )
        for n in range(30)
    ]


def states():
    return [comment.status for comment in Comment.objects.order_by("created_at")]


@pytest.mark.whole
def test_thirty_comments_are_decided_from_the_keyboard_without_a_reload(page, sign_in, moderator, waiting, look):
    colleague = UserFactory(role="Moderator", name="Irene Vasco")
    sign_in(page, moderator).goto(QUEUE)
    keys, notice = page.keyboard, page.locator("[data-queue-toast]")
    page.evaluate("window.isSamePage = true")
    moderation.approve(comment=waiting[3], by=colleague)

    keys.press("a")  # 00
    notice.get_by_text("Comment by Berta Olmos approved.").wait_for()
    keys.press("r")
    assert "It insults somebody" in page.locator(".queue__choice").inner_text()
    keys.press("2")  # 01
    keys.press("s")  # 02
    notice.get_by_text("marked as spam").wait_for()
    keys.press("a")  # 03, which a colleague approved meanwhile
    page.locator(".queue__row--done", has_text="Approved by Irene Vasco a moment ago").wait_for()
    keys.press("u")  # 02 waits again
    notice.get_by_text("Undone").wait_for()
    assert "Number 02." in page.locator(".queue__row--current").inner_text()
    keys.press("x")
    keys.press("j")
    keys.press("j")
    keys.press("Shift+X")  # 02 to 04; 03 is decided
    page.get_by_text("2 selected").wait_for()
    assert look(page) == []
    keys.press("a")
    notice.get_by_text("2 comments: approved.").wait_for()
    for _ in range(25):
        page.locator(".queue__row--current:not(.queue__row--done)").wait_for()
        keys.press("a")
    page.get_by_text(re.compile("Nothing is waiting. Last comment approved")).wait_for()

    assert page.evaluate("window.isSamePage")
    assert states() == [Status.PUBLISHED, Status.REJECTED, *[Status.PUBLISHED] * 28]
    assert Comment.objects.get(pk=waiting[1].pk).rejection == "insult"


def test_keys_are_off_in_fields_and_for_good_when_the_box_says_so(page, sign_in, moderator, waiting):
    sign_in(page, moderator).goto(QUEUE)
    page.keyboard.press("/")
    page.keyboard.type("as")
    assert page.get_by_role("searchbox", name="Search comments").input_value() == "as"
    page.locator(".queue__row").first.focus()
    page.keyboard.press("?")
    page.get_by_role("dialog", name="All shortcuts").get_by_role("button", name="Close").click()
    page.get_by_label("Use shortcuts").uncheck()
    page.reload()
    page.locator(".queue__row").first.focus()
    page.keyboard.press("a")
    page.locator(".queue__row").first.get_by_text("Reply").click()
    page.get_by_label("Your answer").first.fill("We looked again.")
    page.get_by_role("button", name="Approve and answer").first.click()
    page.get_by_text("is published").wait_for()

    assert states()[:2] == [Status.PUBLISHED, Status.WAITING]
    assert waiting[0].replies.get().body == "We looked again."


def test_whoever_leaves_while_decisions_are_on_their_way_is_asked(page, sign_in, moderator, waiting):
    sign_in(page, moderator).goto(QUEUE)
    held = []
    page.route("**/act/", lambda route, _request: held.append(route))
    is_asked = "!dispatchEvent(new Event('beforeunload', {cancelable: true}))"
    assert not page.evaluate(is_asked)

    with page.expect_request("**/act/"):
        page.keyboard.press("a")
    assert page.evaluate(is_asked)
    held[0].continue_()
    page.locator("[data-queue-toast]").get_by_text("approved").wait_for()

    assert not page.evaluate(is_asked)


def test_a_morning_without_scripts(open_context, sign_in, moderator, waiting):
    page = sign_in(open_context(javascript=False, size="phone", color_scheme="dark").new_page(), moderator)
    page.goto(QUEUE)
    first = page.locator(".queue__row").first
    first.locator("select").select_option("off_topic")
    first.get_by_role("button", name="Reject").click()
    page.get_by_text("Comment by Berta Olmos rejected.").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("is as it was").wait_for()
    for row in page.locator(".queue__row").all()[:2]:
        row.get_by_role("checkbox").check()
    page.locator(".queue__bulk").get_by_role("button", name="Approve").click()
    page.get_by_text("2 comments: approved.").wait_for()
    page.get_by_role("link", name="Next page").click()
    assert page.locator(".queue__row").count() == 3
    assert not is_wider_than_its_window(page)

    assert states()[:3] == [Status.PUBLISHED, Status.PUBLISHED, Status.WAITING]
