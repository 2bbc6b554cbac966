"""Guests who confirmed their address hear when somebody answers and when a moderator decides, once."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from comments import appeals, guest_letters, guests, letters, moderation, own
from comments.models import Comment, GuestAddress, GuestNotice, GuestWish
from newsroom.accounts.leaving import everything, leave
from newsroom.choices import CommentMode
from newsroom.models import User
from tests.comments.letters import answer, later, link
from tests.comments.pages import site
from tests.factories import (
    CommentFactory,
    LiveArticleFactory,
    PublishedCommentFactory,
    SectionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def test_an_answer_is_told_once_after_the_moderators_two_minutes(confirmed):
    answer(confirmed, author=UserFactory(name="Ada"))

    assert guest_letters.send_due() == 0
    assert [guest_letters.send_due(later()), guest_letters.send_due(later(hours=3))] == [1, 0]
    assert mail.outbox[0].to == ["ana@example.org"]
    assert mail.outbox[0].subject == "Ada answered your comment on “Bridge opens”."
    assert confirmed.article.get_absolute_url() in mail.outbox[0].body
    assert "/accounts/" not in mail.outbox[0].body


def test_what_happened_before_the_address_was_confirmed_is_told_after(say):
    comment = say()
    answer(comment)
    assert guest_letters.send_due(later()) == 0

    guests.confirm(link("confirm").split("/")[-2])

    assert guest_letters.send_due(later(days=2)) == 1


def test_letters_are_an_hour_apart_and_hold_what_came_meanwhile(confirmed):
    for minutes in (0, 5, 10):
        answer(confirmed)
        guest_letters.send_due(later(minutes=minutes + 3))
    assert len(mail.outbox) == 1

    guest_letters.send_due(later(minutes=64))
    assert [letter.subject for letter in mail.outbox][1:] == ["Meridian: 2 notices about your comments"]


@pytest.mark.parametrize("who", ["guest", "account", "verified"])
def test_nobody_is_told_of_their_own_answer(who, confirmed):
    if who == "guest":
        answer(confirmed, author=None, guest_name="Ana", guest_email="ANA@example.org")
    else:
        person = UserFactory(email="ana@example.org" if who == "account" else "else@example.org")
        EmailAddress.objects.create(user=person, email="ana@example.org", verified=True)
        answer(confirmed, author=person)

    assert not GuestNotice.objects.exists()


def test_an_answer_that_waits_is_told_when_it_is_published(confirmed, moderator):
    reply = CommentFactory(article=confirmed.article, parent=confirmed)
    assert not GuestNotice.objects.exists()

    moderation.approve(comment=reply, by=moderator)

    assert guest_letters.send_due(later()) == 1


@pytest.mark.parametrize("what", ["the answer goes", "the comment goes", "it is deleted", "the article goes"])
def test_what_does_not_stand_any_more_is_not_told(what, confirmed, moderator):
    reply = answer(confirmed)
    match what:
        case "the answer goes":
            moderation.remove(comment=reply, by=moderator)
        case "the comment goes":
            moderation.spam(comment=confirmed, by=moderator)
        case "it is deleted":
            own.delete(comment=confirmed)
        case _:
            type(confirmed.article).objects.update(status="withdrawn")

    assert guest_letters.send_due(later()) == 0


@pytest.mark.parametrize(("act", "words"), [
    ("approve", "Your comment on “Dam holds” is published."),
    ("reject", "A moderator did not publish your comment on “Dam holds”. It insults somebody."),
    ("spam", None),
])  # fmt: skip
def test_a_decision_is_told_with_its_reason(act, words, say, confirmed, moderator):
    comment = say(LiveArticleFactory(headline="Dam holds"))
    getattr(moderation, act)(comment=comment, by=moderator, reason="insult" if act == "reject" else "")

    assert guest_letters.send_due(later()) == (1 if words else 0)
    assert [words in letter.body for letter in mail.outbox] == ([True] if words else [])


def test_the_letter_leads_to_the_appeal_in_any_browser(say, confirmed, moderator):
    comment = say(LiveArticleFactory())
    moderation.reject(comment=comment, by=moderator)
    guest_letters.send_due(later())
    path, elsewhere = link("appeal"), Client()

    assert elsewhere.get(path.partition("?")[0]).status_code == 404
    assert elsewhere.get(path.replace(str(comment.pk), str(confirmed.pk), 1)).status_code == 404
    assert elsewhere.get(path).status_code == 200
    assert elsewhere.post(path, {"text": ""}).status_code == 422
    assert elsewhere.post(path, {"text": "It is a quotation."}, follow=True).status_code == 200
    assert comment.appeal.text == "It is a quotation."

    mail.outbox.clear()
    appeals.decide(appeal=comment.appeal, by=UserFactory(role="Moderator"), grant=True)
    assert guest_letters.send_due(later(hours=2)) == 1
    assert "is published" in mail.outbox[0].subject


def test_a_guest_reads_why_an_appeal_was_dismissed(say, confirmed, moderator):
    comment = say(LiveArticleFactory())
    moderation.reject(comment=comment, by=moderator)
    made = appeals.appeal(comment=comment, text="Why?")
    appeals.decide(appeal=made, by=UserFactory(role="Moderator"), grant=False, answer="It insults her.")

    guest_letters.send_due(later())

    assert "it stays unpublished.\nYou find our answer here: http" in mail.outbox[0].body
    assert "It insults her." in Client().get(link("appeal")).content.decode()


def test_what_is_undone_in_time_tells_nobody(say, confirmed, moderator):
    comment = say(LiveArticleFactory())
    moderation.reject(comment=comment, by=moderator)
    moderation.undo(comment=comment, by=moderator)

    assert guest_letters.send_due(later()) == 0


def test_a_refused_letter_is_sent_next_time(confirmed, settings):
    answer(confirmed)
    settings.EMAIL_BACKEND = "tests.newsroom.test_notices.Refusing"
    with pytest.raises(OSError, match="refused"):
        guest_letters.send_due(later())
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert guest_letters.send_due(later()) == 1


def test_letters_speak_the_language_of_the_article(say):
    site(languages=["en", "es"])
    comment = say(
        LiveArticleFactory(language="es", comment_mode=CommentMode.OPEN, section=SectionFactory(language="es"))
    )
    assert "¿" in mail.outbox[0].subject
    guests.confirm(link("confirm").split("/")[-2])
    answer(comment, author=UserFactory(name="Ada"))

    guest_letters.send_due(later())
    assert mail.outbox[1].subject.startswith("Ada respondió")


@pytest.fixture
def account():
    """Somebody signs up with Ana's address."""
    person = UserFactory(email="ana@example.org", name="Ana")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def test_an_account_with_the_same_address_gets_no_second_letter(confirmed, account):
    answer(confirmed)
    answer(PublishedCommentFactory(article=confirmed.article, author=account), author=UserFactory(name="Bo"))

    assert [guest_letters.send_due(later()), letters.send_due(later())] == [1, 1]
    assert len({letter.body for letter in mail.outbox}) == 2  # each comment in one of them

    mail.outbox.clear()
    answer(confirmed)
    Comment.objects.filter(pk=confirmed.pk).update(author=account)
    assert guest_letters.send_due(later(hours=2)) == 0


def test_who_chose_no_letters_in_the_account_gets_none_as_a_guest(confirmed, account):
    letters.choose(account, "never")
    answer(confirmed)

    assert guest_letters.send_due(later()) == 0


def test_the_account_is_shown_nothing_of_the_guests(confirmed, account, client):
    answer(confirmed, body="An answer to the guest")
    client.force_login(account)

    assert "Bridge opens" not in client.get("/accounts/notices/").content.decode()
    assert "Bridge opens" not in str(everything(account))


@pytest.mark.parametrize("said", ["yes", "no"])
def test_who_leaves_leaves_no_letters_behind(said, confirmed, account):
    answer(confirmed)
    if said == "no":
        guests.stop(guests.key_of("ana@example.org"))

    leave(User.objects.get(pk=account.pk))

    assert not GuestAddress.objects.exists()
    assert not GuestWish.objects.exists()
    assert not GuestNotice.objects.exists()


def test_accounts_cost_no_query_for_it(django_assert_num_queries, moderator):
    comment = PublishedCommentFactory()
    reply = CommentFactory(article=comment.article, parent=comment)
    with django_assert_num_queries(0):
        assert guests.wish_of(comment) is guests.wish_of(reply) is None
