"""Rules are tried on the last comments before they hold: what they would have caught, and what of it moderators had approved."""

from datetime import timedelta

import pytest
from django.forms import model_to_dict
from django.utils import timezone

from comments import moderation
from comments.models import CommentRules, WordList
from comments.pipeline import rules as in_force
from comments.pipeline.rules import Rules, Words
from comments.pipeline.trial import tried
from tests.factories import CommentFactory, PublishedCommentFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/comments/wordlist/add/"


def with_words(words):
    current = in_force.current()
    return Rules(current.numbers, (*current.lists, Words("suspect", "", words)))


def test_it_says_what_is_new_and_what_moderators_had_approved(moderator):
    approved, _waiting, _other = (
        CommentFactory(body="A z0rble here"), CommentFactory(body="ZORBLE"), CommentFactory(body="Nothing of the kind"),
    )  # fmt: skip
    moderation.approve(comment=approved, by=moderator)
    PublishedCommentFactory(body="See www.a.example")

    trial = tried(with_words("zorble"), in_force=in_force.current())

    assert (trial.looked_at, len(trial.new), trial.already) == (4, 2, 1)
    assert [each.comment for each in trial.approved] == [approved]
    assert trial.shown[0].comment == approved
    assert trial.by_phase == [("suspect_words", 2)]


def test_numbers_are_tried_too():
    CommentFactory(body="Ten signs.")
    CommentFactory.create_batch(3, body="The same long sentence by several readers.")
    stricter = Rules(CommentRules(min_characters=11, repeat_readers=2))

    trial = tried(stricter, in_force=Rules(CommentRules(repeat_readers=0)))

    assert dict(trial.by_phase) == {"length": 1, "repeats": 2}


NOON = timezone.now() - timedelta(days=1)


def at(minutes, author, **fields):
    moment = NOON + timedelta(minutes=minutes)
    decided = moment + timedelta(minutes=1) if fields.get("status") else None
    return CommentFactory(author=author, created_at=moment, decided_at=decided, **fields)


@pytest.mark.parametrize(
    ("numbers", "caught"),
    [
        ({"rate_comments": 2, "rate_seconds": 600}, {"rate": 2}),  # of four in nine minutes
        ({"rate_comments": 2, "rate_seconds": 180}, {}),
        ({"first_comments": 1}, {"first_timer": 1}),  # only the first: it was approved before the next came
        ({"first_comments": 2}, {"first_timer": 2}),
        ({"record_rejected": 1, "record_of": 2}, {"record": 1}),  # the rejected one is one of the last two then
    ],
)
def test_what_looks_at_others_is_played_again_at_its_own_time(numbers, caught, reader):
    for minutes, status in ((0, "published"), (3, "published"), (6, "rejected"), (9, "")):
        at(minutes, reader, **({"status": status} if status else {}))
    off = {
        "repeat_readers": 0,
        "record_rejected": 0,
        "first_comments": 0,
        "rate_comments": 100,
        "address_comments": 200,
    }

    trial = tried(Rules(CommentRules(**{**off, **numbers})), in_force=Rules(CommentRules(**off)))

    assert dict(trial.by_phase) == caught


def test_a_trial_costs_the_same_for_many(django_assert_max_num_queries):
    CommentFactory.create_batch(12, body="zorble")
    rules = with_words("zorble")

    with django_assert_max_num_queries(6):
        tried(rules, in_force=rules)


def test_the_button_tries_and_stores_nothing(client, moderator):
    CommentFactory(body="A z0rble here", author=UserFactory(name="Ana Luz"))
    client.force_login(moderator)
    data = {"name": "Mine", "kind": "suspect", "language": "", "words": "zorble", "is_active": "on", "_try": "1"}

    page = client.post(LIST, data).content.decode()

    assert "1 comment would have been caught" in page
    assert "Suspect word: zorble" in page
    assert 'value="Mine"' in page
    assert not WordList.objects.exists()


def test_a_list_with_useless_lines_comes_back_with_the_line(client, moderator):
    client.force_login(moderator)

    page = client.post(
        LIST, {"name": "Mine", "kind": "banned", "words": "zorble\n*x*\n%&", "_try": "1"}
    ).content.decode()

    assert "Look at: *x*, %&amp;" in page


@pytest.mark.parametrize("button", ["_try", "_save"])
def test_moderators_read_the_numbers_and_administrators_change_them(button, client, moderator, administrator):
    address = "/admin/comments/commentrules/1/change/"
    client.force_login(moderator)
    assert client.get(address).status_code == 200
    assert client.post(address, {button: "1"}).status_code == 403

    client.force_login(administrator)
    assert client.post(address, {button: "1"}).status_code == 200


def test_a_rate_that_is_tried_on_the_desk_has_a_name(client, administrator, reader):
    for minutes in (0, 1):
        at(minutes, reader)
    client.force_login(administrator)
    numbers = model_to_dict(CommentRules(rate_comments=1, rate_seconds=600, record_rejected=0), exclude=["id"])

    page = client.post("/admin/comments/commentrules/1/change/", {**numbers, "_try": "1"}).content.decode()

    assert "Posted too quickly: 1" in page
