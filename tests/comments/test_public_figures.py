"""The rules and the figures that everybody can read, and a reader's appeal."""

from collections import defaultdict
from datetime import date
from itertools import product

import pytest
from django.test import Client

from articles.publishing import withdraw
from comments import appeals, moderation
from comments.figures import Month
from comments.models import Appeal, MonthlyFigure, RulesText
from comments.public_figures import shown
from newsroom.models import SiteIdentity
from tests.factories import CommentFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_editions(db):
    site = SiteIdentity.load()
    site.languages = ["en", "es"]
    site.save()


def test_the_figures_name_rules_and_reasons_in_their_edition(client, moderator, two_editions):
    for comment in CommentFactory.create_batch(5):
        moderation.reject(comment=comment, by=moderator, reason="hatred")
    month = moderation.timezone.localdate().replace(day=1)
    MonthlyFigure.objects.create(month=month, language="es", event="held", rule="links", number=41)

    english, spanish = (client.get(path).content.decode() for path in ("/comment-figures/", "/es/comment-figures/"))

    assert "It spreads hatred" in english
    assert "<dd>41</dd>" not in english
    assert "Enlaces" in spanish
    assert "<dd>41</dd>" in spanish


THIS_MONTH = date(2026, 11, 1)


@pytest.mark.once
@pytest.mark.parametrize(
    ("held", "number", "parts"),
    [
        ([], 0, []),
        ([("links", 4)], None, []),
        ([("links", 5)], 5, [5]),
        ([("links", 9), ("speed", 1)], 10, []),  # 9 beside 10 would tell of the one
        ([("links", 9), ("trap", 6), ("speed", 1)], 16, [9, 7]),
        ([("links", 9), ("trap", 4), ("speed", 3)], 16, [9, 7]),
    ],
)
def test_a_number_that_could_point_to_a_person_is_not_told(held, number, parts):
    month = Month(THIS_MONTH, {"held": sum(n for _rule, n in held), "published": 90}, {"held": held})

    line = shown(month).came[1]

    assert (line.number, [n for _name, n in line.parts]) == (number, parts)


@pytest.mark.once
@pytest.mark.parametrize(("held", "received", "is_least"), [(4, 90, True), (5, 95, False), (0, 90, False)])
def test_nor_does_the_sum_tell_it(held, received, is_least):
    month = shown(Month(THIS_MONTH, {"held": held, "published": 90}))

    assert (month.received, month.is_least) == (received, is_least)


HELD = ("approve", "reject", "spam")
MOST = 11  # every number below is tried beside every other; what larger ones do, these do


def told(numbers):
    """What the page tells of a month, and what somebody may know besides: how many there were in all, if not few."""
    month = shown(Month(THIS_MONTH, numbers))
    lines = tuple((str(line.label), line.number) for line in (*month.decided, *month.appeals))
    total = sum(numbers.values())
    return lines, total if total >= 5 else None


@pytest.mark.once
@pytest.mark.parametrize("names", [HELD, ("grant", "dismiss")])
def test_no_small_number_follows_from_all_the_others(names):
    """Every month that there can be, sorted by what its page looks like: a small number is never the same in all of them."""
    alike = defaultdict(list)
    for numbers in product(range(MOST + 5), repeat=len(names)):
        alike[told(dict(zip(names, numbers, strict=True)))].append(numbers)

    for months in alike.values():
        for numbers in months:
            for place, number in enumerate(numbers):
                if 0 < number < 5 and max(numbers) <= MOST:
                    assert len({month[place] for month in months}) > 1, (names, numbers)


@pytest.mark.once
@pytest.mark.parametrize(("decided", "lines"), [
    ((30, 15, 9), [30, 15, 9]),
    ((30, 15, 3), [30, 18]),  # beside 48 held, 30 and 15 would tell of the three
    ((30, 3, 3), [30, 6]),
    ((30, 4, 4), [38]),  # two small ones are eight in one way only
    ((30, 0, 2), [32, 0]),
    ((0, 0, 2), [0, 0, None]),
])  # fmt: skip
def test_a_small_decision_is_told_together_with_another(decided, lines):
    month = shown(Month(THIS_MONTH, dict(zip(HELD, decided, strict=True))))

    assert [line.number for line in month.decided][:-1] == lines


@pytest.mark.once
def test_one_reason_has_one_line_under_whatever_rule_it_was_counted():
    month = shown(Month(THIS_MONTH, {"reject": 20}, {"reject": [("insult", 8), ("other", 6), ("", 6)]}))

    assert [number for _name, number in month.decided[1].parts] == [12, 8]


def test_the_page_says_so(client, moderator):
    moderation.reject(comment=CommentFactory(), by=moderator, reason="hatred")

    page = client.get("/comment-figures/").content.decode()

    assert "fewer than 5" in page
    assert "It spreads hatred" not in page


def test_everybody_gets_the_same_bytes_with_no_cookie(client, reader, two_editions):
    signed_in = Client()
    signed_in.force_login(reader)

    for path in ("/comment-rules/", "/comment-figures/", "/es/comment-rules/"):
        answer = client.get(path)
        assert answer.content == signed_in.get(path).content
        assert not answer.cookies
        assert "public" in answer.headers["Cache-Control"]


def test_the_main_edition_has_one_address_and_an_unknown_one_none(client, two_editions):
    assert client.get("/en/comment-rules/").headers["Location"] == "/comment-rules/"
    assert client.get("/ar/comment-figures/").status_code == 404


def test_the_newsrooms_own_rules_stand_in_place_of_the_built_in_ones(client):
    assert "No advertising" in client.get("/comment-rules/").content.decode()

    RulesText.objects.create(language="en", text="Be <kind>.\n\nBe short.")

    page = client.get("/comment-rules/").content.decode()
    assert "<p>Be &lt;kind&gt;.</p>" in page
    assert "No advertising" not in page


def test_figures_cost_the_same_whatever_happened(client, moderator, django_assert_max_num_queries):
    for comment in CommentFactory.create_batch(6):
        moderation.reject(comment=comment, by=moderator)
    client.get("/comment-figures/")

    with django_assert_max_num_queries(4):
        client.get("/comment-figures/")


def test_a_reader_sees_the_reason_appeals_once_and_reads_the_answer(client, moderator):
    comment = CommentFactory(body="I quoted the minister")
    moderation.reject(comment=comment, by=moderator, reason="insult")
    client.force_login(comment.author)
    address = f"/comments/{comment.pk}/appeal/"
    assert "It insults somebody" in client.get(address).content.decode()
    assert address in client.get(f"/comments/{comment.article_id}/mine/").content.decode()

    assert client.post(address, {"text": " "}).status_code == 422
    client.post(address, {"text": "It is a quotation."})
    again = client.post(address, {"text": "Another one."})
    assert [made.text for made in Appeal.objects.all()] == ["It is a quotation."]
    assert again.status_code == 302

    appeals.decide(appeal=Appeal.objects.get(), by=UserFactory(role="Moderator"), grant=False, answer="It insults her.")
    page = client.get(address).content.decode()
    assert "It insults her." in page
    assert "<textarea" not in page


@pytest.mark.parametrize("whose", ["another reader's", "one that stands"])
def test_nobody_appeals_for_others_or_against_what_stands(whose, client, moderator):
    comment = CommentFactory()
    if whose == "another reader's":
        moderation.reject(comment=comment, by=moderator)
        client.force_login(UserFactory())
    else:
        client.force_login(comment.author)

    assert client.get(f"/comments/{comment.pk}/appeal/").status_code == 404


def test_appeals_are_decided_on_the_desk_by_somebody_else(client, moderator):
    comment = CommentFactory()
    moderation.reject(comment=comment, by=moderator)
    made = appeals.appeal(comment=comment, text="Why?")
    address = f"/admin/comments/appeal/{made.pk}/change/"
    client.force_login(moderator)
    assert "somebody else decides" in client.get(address).content.decode()
    assert client.post(address, {"decision": "grant", "answer": "Yes"}).status_code == 422

    client.force_login(UserFactory(role="Moderator"))
    assert client.post(address, {"decision": "grant", "answer": "Yes"}).status_code == 302
    comment.refresh_from_db()
    assert comment.is_published


@pytest.mark.parametrize("page", ["appeal", "posted"])
def test_the_own_comment_names_no_article_that_is_not_public(page, client, moderator):
    comment = CommentFactory()
    moderation.reject(comment=comment, by=moderator, reason="insult")
    client.force_login(comment.author)
    address = f"/comments/{comment.pk}/{page}/"
    assert comment.article.slug in client.get(address).content.decode()

    withdraw(article=comment.article, by=UserFactory(role="Publisher"), note="Wrong")
    answer = client.get(address)

    assert answer.status_code == 200
    assert comment.article.slug not in answer.content.decode()
    assert comment.article.headline not in answer.content.decode()
