"""Guests are asked once whether an address is theirs, get nothing before they said yes, and nothing more after a no."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from comments import guest_letters, guests, moderation, own
from comments.models import Comment, GuestAddress, GuestNotice, GuestWish
from comments.submission import Facts, Guest, submit
from newsroom import upkeep
from tests.comments.letters import ANA, answer, later, link, stop_of
from tests.comments.pages import post
from tests.comments.test_counter import at_once
from tests.factories import (
    LiveArticleFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def test_only_guests_are_asked_and_nothing_is_ticked(client, open_article):
    page = client.get(f"/comments/{open_article.pk}/new/").content.decode()
    client.force_login(UserFactory())

    assert re.search(r'name="letters" type="checkbox" value="1" aria-describedby="letters-hint">', page)
    assert 'name="letters"' not in client.get(f"/comments/{open_article.pk}/new/").content.decode()


@pytest.mark.parametrize("fault", [{"body": ""}, {"opened": "made up"}])
@pytest.mark.parametrize("is_ticked", [True, False])
def test_the_tick_stays_when_the_form_comes_back(is_ticked, fault, client, open_article):
    typed = ANA if is_ticked else {"name": "Ana Luz", "email": "ana@example.org"}

    back = post(client, f"/comments/{open_article.pk}/new/", **{**typed, **fault})

    assert back.status_code == 422
    assert ('aria-describedby="letters-hint" checked>' in back.content.decode()) == is_ticked


def test_who_does_not_tick_leaves_nothing_and_gets_nothing(say):
    comment = say(letters="")
    answer(comment)

    assert guest_letters.send_due(later()) == 0
    assert not mail.outbox
    assert not GuestAddress.objects.exists()


def test_one_letter_asks_and_holds_no_word_of_who_commented(say):
    say(name="Cheap pills", body="Buy at https://spam.example")
    say(body="Another one")

    (letter,) = mail.outbox
    assert letter.to == ["ana@example.org"]
    assert letter.subject == "Meridian: do you want letters about your comment?"
    assert "“Bridge opens” at Meridian" in letter.body
    assert "pills" not in letter.body
    assert "spam" not in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_scanner_that_opens_the_link_confirms_nothing_and_the_button_does(say):
    comment = say()
    path, visitor = link("confirm"), Client(enforce_csrf_checks=True)
    answer(comment)

    page = visitor.get(path).content.decode()
    assert "Write to ana@example.org" in page
    assert guest_letters.send_due(later()) == 0

    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)[1]
    done = visitor.post(path, {"csrfmiddlewaretoken": token}).content.decode()
    assert "your address is confirmed" in done
    assert comment.article.get_absolute_url() in done
    assert guest_letters.send_due(later()) == 1


def test_a_confirmed_address_is_not_asked_again(confirmed, say):
    say(body="A second one")
    assert not mail.outbox


@pytest.mark.parametrize(("hours", "letters"), [(23, 1), (25, 2)])
def test_an_address_is_asked_once_a_day_at_most(hours, letters, say):
    say()
    GuestAddress.objects.update(asked_at=timezone.now() - timedelta(hours=hours))

    say(body="Another one", email="ANA@example.org")

    assert len(mail.outbox) == letters
    assert GuestAddress.objects.count() == 1


def test_one_sender_has_few_addresses_asked_in_a_day(say, monkeypatch):
    monkeypatch.setattr(guests, "LETTERS", 2)
    for number in range(4):
        say(body=f"Said {number} times", email=f"reader{number}@example.org")

    assert [letter.to for letter in mail.outbox] == [["reader0@example.org"], ["reader1@example.org"]]


@pytest.mark.parametrize(("days", "status"), [(6, 200), (8, 404)])
def test_the_link_is_good_for_a_week(days, status, say, monkeypatch):
    say()
    path, at, client = link("confirm"), timezone.now().timestamp(), Client()
    monkeypatch.setattr("django.core.signing.time.time", lambda: at + days * 86400)

    assert client.get(path).status_code == status
    assert client.post(path).status_code == status
    assert GuestAddress.objects.filter(confirmed_at__isnull=False).exists() == (status == 200)
    assert client.get("/comments/letters/confirm/made:up/").status_code == 404


@pytest.mark.parametrize(("days", "left"), [(6, 1), (8, 0)])
def test_upkeep_forgets_what_nobody_confirmed(days, left, say):
    answer(say())
    GuestAddress.objects.update(wished_at=timezone.now() - timedelta(days=days))

    assert dict(upkeep.run())["guests’ addresses that nobody confirmed"] == 1 - left
    assert [model.objects.count() for model in (GuestAddress, GuestWish, GuestNotice)] == [left] * 3


def test_spam_has_nobody_asked_until_a_moderator_says_it_is_none(say, moderator, django_capture_on_commit_callbacks):
    comment = say(website="https://spam.example")
    assert comment.status == "spam"
    assert not mail.outbox

    with django_capture_on_commit_callbacks(execute=True):
        moderation.approve(comment=comment, by=moderator)
    assert len(mail.outbox) == 1


def test_the_page_tells_nobody_what_is_known_of_an_address(say, client):
    article = LiveArticleFactory()
    guests.stop(guests.key_of("ana@example.org"))

    for address in ("ana@example.org", "new@example.org"):
        comment = say(article, email=address, body=f"By {address}")
        assert "Look into your mail" in client.get(f"/comments/{comment.pk}/posted/?letters=1").content.decode()
    assert [letter.to for letter in mail.outbox] == [["new@example.org"]]


def test_a_question_that_a_crash_left_unsent_goes_out_with_upkeep(client, open_article):
    post(client, f"/comments/{open_article.pk}/new/", **ANA)  # the process dies at the commit
    assert not mail.outbox

    assert dict(upkeep.run())["letters to guests"] == 1
    assert guest_letters.send_due() == 0
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("when", ["asked", "told"])
def test_one_click_ends_all_letters_for_good(when, say):
    comment = say()
    if when == "told":
        guests.confirm(link("confirm").split("/")[-2])
        answer(comment)
        guest_letters.send_due(later())
    stop, program = stop_of(mail.outbox[-1]), Client(enforce_csrf_checks=True)
    assert program.get(stop).status_code == 200
    assert GuestWish.objects.exists()

    page = program.post(stop, {"List-Unsubscribe": "One-Click"})

    assert "You get no more letters." in page.content.decode()
    kept = GuestAddress.objects.get()
    assert (kept.email, kept.wishes.count(), kept.confirmed_at) == ("", 0, None)
    mail.outbox.clear()
    answer(say(body="Ticked by anybody"))
    assert guest_letters.send_due(later(days=2)) == 0
    assert not mail.outbox


def test_an_address_that_was_forgotten_can_say_no_for_good(say, client):
    say()
    stop = stop_of(mail.outbox[0])
    guests.forget(later(days=8))

    client.post(stop)
    say(body="Once more")
    assert len(mail.outbox) == 1

    client.post(stop, {"again": "1"})
    say(body="And once more")
    assert len(mail.outbox) == 2
    assert client.get("/comments/letters/made:up/").status_code == 404


def test_letters_about_one_comment_end_and_the_others_go_on(confirmed, say, client):
    other = say(body="A second one")
    answer(confirmed)
    guest_letters.send_due(later())
    stop = stop_of(mail.outbox[0])
    assert client.get(stop).content.decode().count("No more about this comment") == 2

    assert client.post(stop, {"comment": confirmed.pk}).status_code == 302
    mail.outbox.clear()
    answer(confirmed)
    answer(other, author=UserFactory(name="Ada"))

    assert guest_letters.send_due(later(hours=2)) == 1
    assert mail.outbox[0].subject.startswith("Ada answered")
    client.post(stop, {"comment": other.pk})
    assert [guests.forget(later(days=days)) for days in (6, 8)] == [0, 1]  # nothing asks for the address any more


def test_who_posts_deletes_and_posts_again_has_an_address_asked_once_a_day(say):
    for number in range(3):
        own.delete(comment=say(body=f"Said {number} times"))

    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_posts_ends_and_noes_at_the_same_moment_leave_nothing_odd(open_article):
    """One question to one address, however many posts; a no holds against comments that come and go meanwhile."""
    ana = Guest("Ana Luz", "ana@example.org", wants_letters=True)

    def post_one(number):
        submit(article=open_article, guest=ana, body=f"Said {number} times", facts=Facts(at=timezone.now()))

    at_once(post_one, range(8))
    guest_letters.send_due()  # if another post held the address when the first was to send it
    assert len(mail.outbox) == 1
    assert GuestAddress.objects.get().wishes.count() == 8

    def go(number):
        if number % 4 == 0:
            guests.stop(guests.key_of("ana@example.org"))
        elif number % 4 == 1:
            post_one(100 + number)
        else:
            own.delete(comment=mine[number])

    mine = list(Comment.objects.order_by("pk"))
    at_once(go, range(8))
    kept = GuestAddress.objects.get()
    assert (kept.email, kept.wishes.count(), kept.stopped_at is None) == ("", 0, False)
    assert len(mail.outbox) == 1
