"""The figures for readers: each thing counted once, in its month and edition, folded or not."""

from datetime import UTC, date, datetime

import pytest

from comments import appeals, figures, moderation
from comments.models import MonthlyFigure, Tally, WordList
from comments.submission import Facts, submit
from newsroom.choices import CommentMode
from tests.comments.test_counter import at_once
from tests.factories import CommentFactory, LiveArticleFactory, UserFactory

TODAY = datetime.now(UTC).date()


def this_month(language="en"):
    return figures.months_of(language, today=TODAY)[0]


@pytest.mark.django_db
def test_what_came_is_counted_by_the_phase_that_decided(reader):
    WordList.objects.create(name="List", kind="banned", words="zorble")
    article = LiveArticleFactory(comment_mode=CommentMode.OPEN)
    for body in ("Hello", "zorble", "www.a.example"):
        submit(article=article, author=reader, body=body)
    submit(article=LiveArticleFactory(), author=reader, body="Hello", facts=Facts(at=datetime.now(UTC)))

    month = this_month()
    assert month.received == 4
    assert month.rules["turned_down"] == [("banned_words", 1)]
    assert sorted(month.rules["held"]) == [("links", 1), ("mode", 1)]


@pytest.mark.django_db
def test_decisions_and_appeals_are_counted_and_undone_ones_are_not(moderator):
    comment, other = CommentFactory.create_batch(2)
    moderation.approve(comment=other, by=moderator)
    moderation.undo(comment=other, by=moderator)
    moderation.reject(comment=comment, by=moderator, reason="insult")
    made = appeals.appeal(comment=comment, text="Why?")
    appeals.decide(appeal=made, by=UserFactory(role="Moderator"), grant=True)

    month = this_month()
    assert month.rules["reject"] == [("insult", 1)]
    assert month.totals == {"reject": 1, "appeal": 1, "grant": 1}


@pytest.mark.django_db
def test_folding_changes_no_figure(moderator):
    for comment in CommentFactory.create_batch(3):
        moderation.reject(comment=comment, by=moderator, reason="hatred")
    before = this_month()

    assert figures.fold() == 3
    assert (figures.fold(), Tally.objects.count()) == (0, 0)
    moderation.reject(comment=CommentFactory(), by=moderator, reason="hatred")

    assert before.totals == {"reject": 3}
    assert this_month().totals == {"reject": 4}


@pytest.mark.django_db
def test_editions_and_years_are_kept_apart():
    for month, language in ((date(2026, 1, 1), "es"), (date(2025, 1, 1), "en"), (date(2025, 2, 1), "en")):
        Tally.objects.create(month=month, language=language, event="held", rule="links")

    english = figures.months_of("en", today=date(2026, 1, 31))
    assert [month.begins for month in english] == [date(2025, 2, 1)]


def test_folding_at_once_counts_everything_once(transactional_db):
    Tally.objects.bulk_create(
        Tally(month=TODAY.replace(day=1), language="en", event="held", rule=f"rule-{n % 3}") for n in range(300)
    )

    at_once(lambda _n: figures.fold(), range(4))
    figures.fold()

    assert sum(MonthlyFigure.objects.values_list("number", flat=True)) == 300
