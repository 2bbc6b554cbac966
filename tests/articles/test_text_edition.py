"""The text edition says the same words as the site in a few kilobytes."""

import gzip
from datetime import timedelta

import pytest
from django.utils import timezone

from articles import corrections, coverage
from tests.articles.coverages import covered, posted
from tests.articles.stories import live
from tests.factories import ArticleFactory, LiveArticleFactory, PhotoFactory, SectionFactory

pytestmark = pytest.mark.django_db


def test_an_article_is_there_in_words(client):
    photo = PhotoFactory(caption="A quiet harbour.", credit="Example Agency")
    other, draft = LiveArticleFactory(headline="The other story"), ArticleFactory(headline="Nobody knows")
    article = LiveArticleFactory(
        headline="A strike ends", standfirst="After nine days.", photos=[photo],
        body=f'<p>Words.</p><aside data-node="related" data-ids="{other.pk},{draft.pk}"></aside>'
             '<figure data-node="embed" data-url="https://vimeo.com/76979871"></figure>',
    )  # fmt: skip
    html = client.get(f"/text{article.get_absolute_url()}").content.decode()
    for words in (
        "A strike ends",
        "After nine days.",
        "A quiet harbour. | Example Agency",
        "Words.",
        "The other story",
        "vimeo.com",
    ):
        assert words in html
    assert "Nobody knows" not in html and "<img" not in html and "<script" not in html


def test_an_article_says_what_became_of_it_in_words_too(client):
    article = live(headline="A strike ends", at=timezone.now() - timedelta(days=800))
    corrections.publish(article=article, kind="correction", text="It was nine days.", by=None)
    html = client.get(f"/text{article.get_absolute_url()}").content.decode()
    for words in ("more than 2 years old", "Updated", "This article was corrected.", "It was nine days."):
        assert words in html


def test_the_posts_of_a_coverage_are_there_with_their_time_and_what_is_pinned(client):
    article = covered()
    entry = posted(article, minutes_ago=90)
    coverage.pin(entry=entry, by=None)
    html = client.get(f"/text{article.get_absolute_url()}").content.decode()
    assert f'<b>Pinned</b> <time datetime="{entry.at.isoformat(timespec="seconds")}">' in html


def test_front_and_section_lead_on_within_the_edition(client):
    section = SectionFactory(name="News")
    article = LiveArticleFactory(section=section)
    front = client.get("/text/").content.decode()
    assert f'href="/text{article.get_absolute_url()}"' in front and 'href="/text/news/"' in front
    assert article.headline in client.get("/text/news/").content.decode()


def test_the_footer_leads_from_an_article_to_its_words(client):
    article = LiveArticleFactory()
    assert f'href="/text{article.get_absolute_url()}"' in client.get(article.get_absolute_url()).content.decode()


def test_a_moved_article_leads_to_its_address(client):
    article = LiveArticleFactory()
    assert client.get(f"/text/other/words-{article.pk}/").headers["Location"] == f"/text{article.get_absolute_url()}"


@pytest.mark.parametrize("state", ["draft", "scheduled", "withdrawn", "killed"])
def test_what_is_not_public_is_not_there(client, state):
    article = ArticleFactory(state=state)
    assert client.get(f"/text{article.get_absolute_url()}").status_code == 404


def test_a_page_weighs_little_and_costs_the_same(client, django_assert_num_queries):
    section = SectionFactory(name="News")
    LiveArticleFactory.create_batch(3, section=section)
    client.get("/text/")
    for _round in range(2):
        with django_assert_num_queries(2):
            answer = client.get("/text/")
        LiveArticleFactory.create_batch(30, section=section)
        client.get("/text/")  # counts, which the next minute need not
    assert len(gzip.compress(answer.content)) < 10_000
