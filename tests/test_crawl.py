"""Nothing that is not public can be found: not by following links, nor by searching, nor by guessing."""

import pytest
from django.test import Client

from articles import publishing, search
from media import renditions
from tests import crawling
from tests.crawling import STATES
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
STARTS = [
    "/", "/es/", "/robots.txt", "/sitemap.xml", "/feeds/all.xml", "/feeds/es.xml", "/live/", "/audio/", "/search/", "/search/?q=open",
    "/search/?q=words&order=newest", "/corrections/", "/es/corrections/", "/corrections/feed.xml", "/galleries/",
    "/archive/", "/es/archive/", "/about/", "/comment-rules/", "/es/comment-figures/", "/old/public.html",
]  # fmt: skip


@pytest.fixture
def world():
    return crawling.build()


@pytest.fixture(params=["anybody", pytest.param("signed-in reader", marks=[pytest.mark.once, pytest.mark.whole])])
def visitor(request, db):
    """Who asks. A session changes nothing of what the database is asked for, so one database is enough to see that."""
    client = Client(raise_request_exception=True)
    if request.param != "anybody":
        client.force_login(UserFactory(name="A Reader"))
    return client


def leaks(world, visit, *, said=()):
    """What stands in the answer and should not; ``said`` are words the visitor brought along."""
    text = visit.text
    words = [word for word in world.secrets if word in text and word not in said] if crawling.MARK in text else []
    photos = world.photos.values()
    tokens = [photo.token for photo in photos if photo.token not in said and (photo.token in text or photo.key in text)]
    return [(visit.path, found) for found in words + tokens]


def test_links_lead_to_no_secret_and_none_is_dead(world, visitor):
    found, dead, paths = [], [], set()
    for visit in crawling.crawl(visitor, STARTS):
        found += leaks(world, visit)
        paths.add(visit.path)
        if visit.response.status_code not in {200, 204, 301, 302}:
            dead.append((visit.path, visit.response.status_code))
    assert found == []
    assert dead == []
    assert {article.get_absolute_url() for article in world.public} <= paths
    assert {"/news/", "/topics/rivers/", "/feeds/topic/rivers.xml", "/sitemaps/news.xml", "/accounts/login/"} <= paths
    assert any(path.startswith("/photos/") for path in paths)


@pytest.mark.postgres
def test_no_search_finds_a_secret(world, client):
    found = []
    for word in sorted(world.secrets):
        visit = crawling.Visit(word, client.get("/search/", {"q": word}))
        found += leaks(world, visit, said=[word])
        if "No stories match" not in visit.text:
            found.append(word)
    assert found == []


def guesses(world):
    """What somebody might try who knows every number, slug and name of what is hidden."""
    for state in STATES:
        article, photo = world.hidden[state], world.photos[state]
        topic, author = article.tags.get(), article.bylines.get()
        yield {
            "pk": [article.pk],
            "slug": [article.slug, topic.slug, author.slug],
            "path": [article.section.path.rstrip("/"), f"renditions/{photo.pk}/{photo.token}/3x2-320.jpg"],
            "language": ["en", "es", "ar"],
            "number": ["0", "1"],
            "moment": ["2030-01-01T00:00"],
            "token": [photo.token[::-1]],
            "file": ["3x2-320.jpg"],
            "key": ["x"],
            "uidb36": ["1"],
            "year": ["2030", f"{article.created_at:%Y}"],
            "month": ["01", f"{article.created_at:%m}"],
            "day": ["01", f"{article.created_at:%d}"],
        }


@pytest.mark.whole
def test_no_guess_opens_a_secret(world, visitor):
    found, paths = [], crawling.every_address(list(guesses(world)))
    paths += [f"/old/{state}.html{end}" for state in STATES for end in ("", "/", "?utm=x")]
    for path in paths:
        visit = crawling.Visit(path, visitor.get(path))
        assert visit.response.status_code < 500, path
        said = [word for word in world.secrets if word in path]
        said += [photo.token for photo in world.photos.values() if photo.token in path]
        found += leaks(world, visit, said=said)
    assert found == []
    assert len(paths) > 150


def test_hidden_articles_are_404_and_killed_ones_410_with_their_sentence(client, world):
    for state, article in world.hidden.items():
        own = (article.get_absolute_url(), f"/news/-{article.pk}/", f"/news/other-{article.pk}/")
        for path in (*own, f"/old/{state}.html/"):
            response = client.get(path)
            assert response.status_code == (410 if state == "killed" else 404), state
    assert "For a reason." in client.get(world.hidden["killed"].get_absolute_url()).content.decode()


def test_photos_that_may_not_be_shown_are_404_even_with_their_address(client, world):
    for state in ("barred", "lapsed"):
        photo = world.photos[state]
        path = renditions.address(photo, "3x2", renditions.widths(photo, "3x2")[0])
        assert client.get(path).status_code == 404


@pytest.mark.whole
def test_crawler_would_see_a_leak(client, world):
    """The test of the test: each word is seen once its article is published."""
    article = world.hidden["approved"]
    publishing.publish(article=article, by=None)
    search.index([article.pk])
    seen = {word for visit in crawling.crawl(client, STARTS) for word in world.secrets if word in visit.text}
    unseen = {
        crawling.secret("approved", name) for name in ("photo_caption", "photo_alt")
    }  # others stand in their place
    assert {crawling.secret("approved", name) for name in crawling.FIELDS} - seen <= unseen
    assert "No stories match" not in client.get("/search/", {"q": crawling.secret("approved", "body")}).content.decode()
