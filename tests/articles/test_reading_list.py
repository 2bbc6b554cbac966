"""Saved stories and followed topics: a reader's own, by plain form and by script."""

import pytest

from articles import publishing
from articles.models import FollowedTopic, SavedArticle, Topic
from tests.factories import ArticleFactory, LiveArticleFactory, TopicFactory

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def article():
    return LiveArticleFactory(headline="The river rose", tags=["Rivers"])


def save(client, article, do="keep", **options):
    return client.post(f"/accounts/reading/story/{article.pk}/", {"do": do}, **options)


def test_a_saved_story_is_listed_once_and_goes_again(client, reader, article):
    client.force_login(reader)
    for _click in range(2):
        assert save(client, article).headers["Location"] == article.get_absolute_url()
    assert client.get("/accounts/reading/").content.decode().count(f'href="{article.get_absolute_url()}"') == 1
    save(client, article, "drop")
    save(client, article, "drop")
    assert not SavedArticle.objects.exists()


def test_who_is_not_signed_in_is_asked_to_and_comes_back(client, article):
    answer = save(client, article)
    assert answer.headers["Location"] == f"/accounts/login/?next=/accounts/reading/story/{article.pk}/"


def test_a_withdrawn_story_shows_no_word_and_can_still_be_removed(client, reader, article):
    client.force_login(reader)
    save(client, article)
    publishing.withdraw(article=article, by=None, note="Wrong.")
    assert "The river rose" not in client.get("/accounts/reading/").content.decode()
    assert "The river rose" not in client.get(f"/accounts/reading/story/{article.pk}/").content.decode()
    save(client, article, "drop")
    assert not SavedArticle.objects.exists()


def test_what_is_not_public_cannot_be_saved(client, reader):
    client.force_login(reader)
    assert save(client, ArticleFactory(state="scheduled")).status_code == 404
    assert client.get(f"/accounts/reading/topic/{TopicFactory().slug}/").status_code == 404


def test_a_script_learns_the_state_and_changes_it(client, reader, article):
    client.force_login(reader)
    before = client.get(f"/accounts/reading/story/{article.pk}/", headers=JSON).json()
    assert (before["on"], before["label"]) == (False, "Save")
    assert save(client, article, headers=JSON).json()["on"] is True


def test_a_followed_topic_brings_its_stories(client, reader, article):
    client.force_login(reader)
    slug = Topic.objects.get().slug
    client.post(f"/accounts/reading/topic/{slug}/", {"do": "keep"})
    hidden = ArticleFactory(headline="Not yet", tags=["Rivers"])
    html = client.get("/accounts/reading/").content.decode()
    assert "The river rose" in html and hidden.headline not in html
    client.post(f"/accounts/reading/topic/{slug}/", {"do": "drop", "next": "list"})
    assert not FollowedTopic.objects.exists()


def test_one_reader_sees_nothing_of_another(client, reader, administrator, article):
    SavedArticle.objects.create(reader=administrator, article=article)
    client.force_login(reader)
    assert "The river rose" not in client.get("/accounts/reading/").content.decode()


def test_the_list_costs_the_same_with_more(client, reader, django_assert_max_num_queries):
    client.force_login(reader)
    for _round in range(2):
        for article in LiveArticleFactory.create_batch(3, tags=["Rivers", "Rain"]):
            SavedArticle.objects.create(reader=reader, article=article)
        for topic in Topic.objects.all():
            FollowedTopic.objects.get_or_create(reader=reader, topic=topic)
        client.get("/accounts/reading/")  # the frame is warm
        with django_assert_max_num_queries(9):
            client.get("/accounts/reading/")
