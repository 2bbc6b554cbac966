"""Readers are told when somebody answers or a moderator decides: on their account, and by letter as they chose."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from comments import appeals, letters, moderation, muting, telling
from comments.models import ReaderNotice
from newsroom import upkeep
from newsroom.choices import CommentMode
from tests.comments.pages import post
from tests.factories import CommentFactory, LiveArticleFactory, PublishedCommentFactory, UserFactory

pytestmark = pytest.mark.django_db


def later(**span):
    return timezone.now() + timedelta(**(span or {"minutes": 3}))


@pytest.fixture
def answered(client):
    """A reader's comment that somebody else has answered by the form."""
    comment = PublishedCommentFactory(
        article=LiveArticleFactory(comment_mode=CommentMode.OPEN, headline="Bridge opens")
    )
    client.force_login(UserFactory(name="Ada"))
    post(client, f"/comments/{comment.pk}/reply/", body="The company did.")
    return comment


def test_an_answer_is_told_once_by_letter_that_ends_by_one_click(answered, client):
    assert letters.send_due() == 0  # the moderators' two minutes
    assert [letters.send_due(later()), letters.send_due(later())] == [1, 0]

    letter = mail.outbox[0]
    assert letter.to == [answered.author.email]
    assert letter.subject == "Ada answered your comment on “Bridge opens”."
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    client.logout()
    stop = letter.extra_headers["List-Unsubscribe"].strip("<>").split("8000", 1)[1]
    assert client.get(stop).status_code == 200
    assert letters.choice_of(answered.author).letters == "at_once"
    client.post(stop, {"List-Unsubscribe": "One-Click"})
    assert letters.choice_of(answered.author).letters == "never"
    assert client.post("/comments/unsubscribe/made:up:token/").status_code == 404


@pytest.mark.parametrize(("act", "words"), [
    ("approve", "Your comment on “Dam holds” is published."),
    ("reject", "A moderator did not publish your comment on “Dam holds”. It insults somebody."),
    ("spam", None),
])  # fmt: skip
def test_a_decision_is_told_with_its_reason(act, words, moderator):
    comment = CommentFactory(article=LiveArticleFactory(headline="Dam holds"))
    getattr(moderation, act)(comment=comment, by=moderator, reason="insult" if act == "reject" else "")

    assert [telling.sentence(notice) for notice in telling.shown_to(comment.author)] == ([words] if words else [])


@pytest.mark.parametrize(("act", "grant", "words"), [
    ("reject", True, "Your comment on “Dam holds” is published."),
    ("remove", True, "We looked at your comment on “Dam holds” again, and it is published."),
    ("reject", False, "We looked at your comment on “Dam holds” again, and it stays unpublished."),
])  # fmt: skip
def test_who_appealed_is_told_what_became_of_it(act, grant, words, moderator, client):
    comment = PublishedCommentFactory(article=LiveArticleFactory(headline="Dam holds"))
    getattr(moderation, act)(comment=comment, by=moderator)
    made = appeals.appeal(comment=comment, text="Why?")
    letters.send_due(later())
    appeals.decide(appeal=made, by=UserFactory(role="Moderator"), grant=grant, answer="Read again.")

    assert letters.send_due(later()) == 1
    assert mail.outbox[-1].subject == words
    client.force_login(comment.author)
    place = f"/comments/{comment.pk}/" if grant else f"/comments/{comment.pk}/appeal/"
    assert f'href="{place}">{words}' in client.get("/accounts/notices/").content.decode()


def test_what_is_undone_in_time_tells_nobody(moderator):
    comment = CommentFactory()
    moderation.reject(comment=comment, by=moderator)
    moderation.undo(comment=comment, by=moderator)

    assert letters.send_due(later()) == 0
    assert not ReaderNotice.objects.exists()


def test_who_mutes_somebody_is_not_told_of_their_answers():
    comment = PublishedCommentFactory()
    loud = UserFactory()
    muting.mute(reader=comment.author, muted=loud)

    PublishedCommentFactory(article=comment.article, parent=comment, author=loud)
    PublishedCommentFactory(article=comment.article, parent=comment, author=comment.author)

    assert not ReaderNotice.objects.exists()


def test_daily_letters_hold_a_day_of_notices_and_come_once_a_day(answered):
    letters.choose(answered.author, "daily")
    PublishedCommentFactory(article=answered.article, parent=answered)

    assert letters.send_due(later(hours=23)) == 0
    assert letters.send_due(later(hours=25)) == 1
    assert "2 notices about your comments" in mail.outbox[0].subject
    assert letters.send_due(later(hours=26)) == 0


def test_who_wants_no_letters_finds_the_notice_in_the_account_and_in_the_top_bar(answered, client):
    letters.choose(answered.author, "never")
    assert letters.send_due(later()) == 0

    client.force_login(answered.author)
    name = answered.author.display_name
    assert client.get("/accounts/me/").json() == {"name": f"{name} (1)", "url": "/accounts/notices/"}
    assert "Ada answered your comment" in client.get("/accounts/notices/").content.decode()
    assert client.get("/accounts/me/").json()["name"] == name


def test_a_refused_letter_is_sent_next_time(answered, settings):
    settings.EMAIL_BACKEND = "tests.newsroom.test_notices.Refusing"
    with pytest.raises(OSError, match="refused"):
        letters.send_due(later())
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert letters.send_due(later()) == 1


def test_upkeep_sends_them(answered):
    ReaderNotice.objects.update(at=timezone.now() - timedelta(minutes=3))

    assert dict(upkeep.run())["letters to readers"] == 1


def test_an_answer_that_was_taken_down_is_not_told(answered, moderator):
    moderation.spam(comment=answered.replies.get(), by=moderator)

    assert letters.send_due(later()) == 0
    assert telling.unread(answered.author) == 0


def test_the_notice_of_a_rejection_leads_to_the_appeal(client, db):
    comment = CommentFactory(status="waiting")
    moderation.reject(comment=comment, by=UserFactory(role="Moderator"))
    client.force_login(comment.author)

    page = client.get("/accounts/notices/").content.decode()

    assert f'href="/comments/{comment.pk}/appeal/"' in page
