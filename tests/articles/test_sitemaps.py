"""Sitemaps and robots.txt."""

from datetime import timedelta

import pytest
from defusedxml import ElementTree
from django.utils import timezone

from articles.syndication import sitemaps
from tests.articles import stories
from tests.factories import BylineFactory

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
NAMES = {"s": sitemaps.SITEMAP, "n": sitemaps.NEWS}


def locations(client, path):
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml; charset=utf-8")
    return [
        loc.text.removeprefix(SITE) for loc in ElementTree.fromstring(response.content).iter(f"{{{NAMES['s']}}}loc")
    ]


def all_addresses(client):
    return [path for file in locations(client, "/sitemap.xml") for path in locations(client, file)]


def test_every_public_page_is_listed_and_answers(client):
    byline = BylineFactory()
    article = stories.live(bylines=[byline], tags=["Rivers"])
    found = all_addresses(client)
    assert {"/", "/live/", "/news/", "/topics/rivers/", byline.get_absolute_url(), article.get_absolute_url()} <= set(
        found
    )
    assert {client.get(path).status_code for path in found} == {200}


@pytest.mark.parametrize("state", ["draft", "scheduled", "withdrawn", "killed", "trash"])
def test_nothing_else_is_listed(client, state):
    article = stories.in_state(state, bylines=[BylineFactory(name="Hidden Author")], tags=["Hidden topic"])
    assert not [path for path in all_addresses(client) if "hidden" in path or f"-{article.pk}/" in path]


def test_articles_are_spread_over_ranges_of_ids(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "PER_PAGE", 2)
    articles = [stories.live() for _number in range(5)]
    files = [path for path in locations(client, "/sitemap.xml") if "articles-" in path]
    assert len(files) in {3, 4}
    listed = [path for file in files for path in locations(client, file)]
    assert listed == [article.get_absolute_url() for article in articles]


def test_page_beyond_the_archive_is_empty(client):
    assert locations(client, "/sitemaps/articles-999999999999.xml") == []


def test_lastmod_is_the_last_update(client):
    article = stories.live(at=timezone.now() - timedelta(days=3))
    moment = timezone.now().replace(microsecond=0) - timedelta(days=1)
    type(article).objects.filter(pk=article.pk).update(updated_at=moment)
    assert moment.isoformat() in client.get(f"/sitemaps/articles-{article.pk // 5000}.xml").content.decode()


def test_news_are_those_of_48_hours(client):
    fresh = stories.live(headline="New & <fresh>", at=timezone.now() - timedelta(hours=47))
    stories.live(at=timezone.now() - timedelta(hours=49))
    assert locations(client, "/sitemaps/news.xml") == [fresh.get_absolute_url()]
    tree = ElementTree.fromstring(client.get("/sitemaps/news.xml").content)
    assert tree.findtext(".//n:title", namespaces=NAMES) == "New & <fresh>"
    assert tree.findtext(".//n:language", namespaces=NAMES) == "en"


@pytest.mark.parametrize("count", [1, 20])
def test_sitemaps_cost_at_most_two_queries(client, count, django_assert_max_num_queries):
    for number in range(count):
        stories.live(bylines=[BylineFactory()], tags=[f"Topic {number}"])
    client.get("/sitemaps/pages.xml")  # the frame is warm
    for path in ("/sitemap.xml", *locations(client, "/sitemap.xml")):
        with django_assert_max_num_queries(2):
            client.get(path)


def test_robots_are_kept_from_personal_pages_and_shown_the_sitemap(client):
    text = client.get("/robots.txt").content.decode()
    for line in ("Disallow: /admin/", "Disallow: /accounts/", "Disallow: /search/", f"Sitemap: {SITE}/sitemap.xml"):
        assert line in text.splitlines()
