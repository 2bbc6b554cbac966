"""The text edition says the same words as the site in a few kilobytes."""

import gzip

import pytest

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
