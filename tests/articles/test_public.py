"""What is public: the one predicate, both sides of every boundary."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import publishing
from articles.models import Article, Status
from tests.articles.stories import draft, in_state, live, person, section

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


def shown(article, at=None):
    """The answer of the query, after making sure that the loaded row says the same."""
    row = Article.objects.select_related("section").get(pk=article.pk)
    answer = Article.objects.public(at).filter(pk=article.pk).exists()
    assert row.is_public(at) == answer
    return answer


@pytest.mark.parametrize("state", Status.values)
def test_only_live_articles_are_public(state):
    assert shown(in_state(state)) == (state == Status.LIVE)


def test_a_scheduled_article_is_public_from_its_second_on():
    noon = timezone.now() + timedelta(days=1)
    article = live(at=noon)
    assert not shown(article, noon - SECOND)
    assert shown(article, noon)


def test_an_embargoed_article_is_hidden_until_its_minute():
    article, end = live(), timezone.now() + timedelta(hours=2)
    publishing.set_times(article=article, by=None, embargo_until=end, expires_at=None)
    assert not shown(article, end - SECOND)
    assert shown(article, end)


def test_an_expired_article_is_hidden_from_its_second_on():
    article, end = live(), timezone.now() + timedelta(hours=2)
    publishing.set_times(article=article, by=None, embargo_until=None, expires_at=end)
    assert shown(article, end - SECOND)
    assert not shown(article, end)


def test_a_hidden_section_hides_everything_beneath_it():
    article = live(section_id=section("news/latin-america").pk)
    top = section("news")
    top.is_visible = False
    top.save()
    assert not shown(article)
    top.is_visible = True
    top.save()
    assert shown(article)


def test_an_embargo_is_broken_by_the_publisher_only():
    article, end = live(), timezone.now() + timedelta(hours=2)
    publishing.set_times(article=article, by=person("Editor"), embargo_until=end, expires_at=None)
    with pytest.raises(publishing.NotAllowed):
        publishing.set_times(article=article, by=person("Editor"), embargo_until=None, expires_at=None)
    publisher = person("Publisher")
    with pytest.raises(publishing.NoteMissing):
        publishing.set_times(article=article, by=publisher, embargo_until=None, expires_at=None)
    assert not shown(article)
    publishing.set_times(article=article, by=publisher, embargo_until=None, expires_at=None, note="They published it.")
    assert shown(article)
    act = article.acts.get(act="break_embargo")
    assert (act.by, act.note) == (publisher, "They published it.")


def test_the_database_refuses_a_live_article_without_a_date():
    article = draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(status=Status.LIVE)


def test_the_database_refuses_an_unknown_state():
    article = draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(status="almost")
