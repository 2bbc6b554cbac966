"""What a search finds."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import publishing, search
from articles.models import Article, Genre
from articles.search import Filters, Order
from articles.search.finding import When
from newsroom import frame
from tests.articles import stories
from tests.factories import BylineFactory

pytestmark = pytest.mark.django_db


def live(**given):
    article = stories.live(**given)
    search.index([article.pk])
    return article


def find(text, **options):
    return search.find(text, sections=frame.current().sections, **options)


def found(text, **options):
    return [hit.article for hit in find(text, **options).hits]


@pytest.mark.parametrize(
    "place", [{"headline": "A zeppelin lands"}, {"standfirst": "A zeppelin."}, {"body": "<p>One <b>zeppelin</b>.</p>"}]
)
def test_word_is_found_wherever_it_stands(place):
    article = live(**place)
    live(headline="Something else")
    assert found("zeppelin") == [article]


def test_author_and_topic_find_the_article():
    article = live(bylines=[BylineFactory(name="Ibai Zuloaga")], tags=["Reservoirs"])
    assert found("zuloaga") == found("reservoirs") == [article]


@pytest.mark.parametrize("typed", ["Zürich", "zurich", "ZÜRICH", "zúrich"])
def test_accents_and_case_do_not_matter(typed):
    article = live(headline="Zürich votes")
    assert found(typed) == [article]


@pytest.mark.parametrize("typed", ["sanction", "sanctions", "Sanctioned"])
def test_forms_of_a_word_find_each_other(typed):
    article = live(headline="New sanctions")
    assert found(typed) == [article]


@pytest.mark.parametrize(("name", "other"), [("Andes", "and"), ("News", "new"), ("Howe", "how")])
def test_name_is_not_taken_for_another_word(name, other):
    article = live(headline=f"Snow in {name}")
    live(headline=f"Old {other} bold")
    assert found(name) == found(f'"in {name}"') == [article]


def test_arabic_is_found_with_and_without_the_article():
    article = live(headline="السوق القديم", language="ar")
    assert found("سوق") == found("السوق") == [article]


def test_all_words_must_occur():
    live(headline="The red boat")
    both = live(headline="The red house")
    assert found("red house") == [both]


def test_words_in_quotes_must_stand_together():
    together = live(headline="A night bus", body="<p>Text.</p>")
    live(headline="A bus by night", body="<p>Text.</p>")
    assert found('"night bus"') == [together]


def test_word_after_a_minus_must_not_occur():
    live(headline="Storm at sea")
    on_land = live(headline="Storm on land")
    assert found("storm -sea") == [on_land]


def test_or_finds_either():
    either = {live(headline="A whale"), live(headline="An ostrich")}
    assert set(found("whale OR ostrich")) == either


def test_word_in_the_headline_weighs_most():
    in_body = live(headline="First", body="<p>All about a zeppelin here.</p>")
    in_headline = live(headline="Zeppelin", at=timezone.now() - timedelta(days=9))
    assert found("zeppelin") == [in_headline, in_body]


def test_newest_first_goes_by_publication():
    old = live(headline="Zeppelin", at=timezone.now() - timedelta(days=9))
    new = live(headline="New", body="<p>A zeppelin.</p>")
    assert found("zeppelin", order=Order.NEWEST) == [new, old]


def test_filters_narrow_and_count():
    inside = live(headline="Zeppelin one", section_id=stories.section("news/air").pk, genre=Genre.OPINION)
    live(headline="Zeppelin two", section_id=stories.section("sport").pk)
    results = find("zeppelin", filters=Filters(sections=(stories.section("news"),)))
    assert [hit.article for hit in results.hits] == [inside]
    assert results.total == 1
    assert {option.value: option.count for option in results.sections} == {"news": 1, "news/air": 1, "sport": 1}
    assert found("zeppelin", filters=Filters(kinds=(Genre.OPINION,))) == [inside]


@pytest.mark.parametrize(("hours", "expected"), [(23, 1), (25, 0)])
def test_past_day_ends_after_24_hours(hours, expected):
    live(headline="Zeppelin", at=timezone.now() - timedelta(hours=hours))
    assert find("zeppelin", filters=Filters(when=When.DAY)).total == expected


@pytest.mark.parametrize("state", ["draft", "in_review", "approved", "scheduled", "withdrawn", "killed", "trash"])
def test_only_public_articles_are_found(state):
    article = stories.in_state(state, headline="Zeppelin")
    search.index([article.pk])
    assert find("zeppelin").total == 0


def test_scheduled_article_is_found_from_its_minute_on():
    minute = timezone.now() + timedelta(days=1)
    live(headline="Zeppelin", at=minute)
    assert find("zeppelin", at=minute - timedelta(seconds=1)).total == 0
    assert find("zeppelin", at=minute).total == 1


def test_index_follows_the_desk(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        article = stories.live(headline="Zeppelin")
    assert found("zeppelin") == [article]
    with django_capture_on_commit_callbacks(execute=True):
        publishing.withdraw(article=article, by=None, note="Wrong.")
    assert find("zeppelin").total == 0


def test_correction_is_found_and_the_old_words_are_not(django_capture_on_commit_callbacks):
    article = live(headline="Zeppelin")
    with django_capture_on_commit_callbacks(execute=True):
        publishing.save(article=article, by=None, base=None, content=stories.content(headline="Balloon"))
    assert found("zeppelin") == [article]  # saved, not yet published
    with django_capture_on_commit_callbacks(execute=True):
        publishing.update(article=article, by=None)
    assert (find("zeppelin").total, find("balloon").total) == (0, 1)


def test_deleted_article_leaves_the_index():
    article = live(headline="Zeppelin")
    Article.objects.filter(pk=article.pk).update(live_revision=None, latest_revision=None, status="trash")
    pk = article.pk
    Article.objects.get(pk=pk).delete()
    assert not Article.search_entry.related.related_model.objects.filter(pk=pk).exists()


@pytest.mark.parametrize("count", [1, 12])
def test_find_costs_two_queries(count, django_assert_num_queries):
    for number in range(count):
        live(headline=f"Zeppelin {number}")
    sections = frame.current().sections
    with django_assert_num_queries(2):
        results = search.find("zeppelin", sections=sections)
        assert [hit.article.section.name for hit in results.hits]
