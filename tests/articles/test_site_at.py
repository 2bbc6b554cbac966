"""The site at another moment: only for staff, to the minute, kept by nobody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import publishing
from tests.articles.stories import live, section
from tests.factories import ArticleFactory, UserFactory

pytestmark = pytest.mark.django_db
STAMP = "%Y-%m-%dT%H:%M"


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def tomorrow():
    return timezone.localtime().replace(second=0, microsecond=0) + timedelta(days=1)


@pytest.fixture
def evening(tomorrow):
    """An article that goes out tomorrow."""
    return ArticleFactory(state="scheduled", headline="The evening story", at=tomorrow)


def at(moment, path=""):
    return f"/admin/site-at/{moment.strftime(STAMP)}/{path}"


def test_a_scheduled_article_shows_from_its_minute(desk, evening, tomorrow):
    before = desk.get(at(tomorrow - timedelta(minutes=1))).content.decode()
    there = desk.get(at(tomorrow)).content.decode()

    assert "The evening story" not in before
    assert "The evening story" in there


def test_its_page_stands_there_too_and_links_keep_the_moment(desk, evening, tomorrow):
    address = evening.get_absolute_url().lstrip("/")

    assert desk.get(at(tomorrow - timedelta(minutes=1), address)).status_code == 404
    assert desk.get(at(tomorrow, address)).status_code == 200
    assert f'href="{at(tomorrow, address)}"' in desk.get(at(tomorrow)).content.decode()
    assert desk.get(at(tomorrow, evening.section.path)).status_code == 200


def test_nobody_keeps_it(desk, tomorrow):
    answer = desk.get(at(tomorrow))

    assert "no-store" in answer["Cache-Control"]
    assert "public" not in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"


def test_readers_and_guests_see_nothing(client, evening, tomorrow):
    assert client.get(at(tomorrow)).status_code == 302
    client.force_login(UserFactory(role="Contributor"))
    assert client.get(at(tomorrow)).status_code == 403


@pytest.mark.parametrize("moment", ["tomorrow", "2018-13-40T20:00", "9999-12-31T23:59", "0001-01-01T00:00"])
def test_a_moment_that_is_none_gets_a_sentence(desk, moment):
    assert desk.get("/admin/site-at/", {"at": moment}).status_code == 400
    assert desk.get(f"/admin/site-at/{moment}/").status_code == 404


def test_the_past_shows_what_was_out(desk):
    live(headline="Just out")
    section("news")
    assert "Just out" not in desk.get(at(timezone.localtime() - timedelta(hours=5))).content.decode()


def test_a_withdrawn_article_of_the_past_leads_to_what_the_archive_kept(client, desk):
    article = live(headline="Gone since")
    address, then = article.get_absolute_url().lstrip("/"), timezone.now()
    publishing.withdraw(article=article, by=None, note="A doubt.")
    there = f"/admin/site-at/{then.isoformat()}/{address}"
    refused = desk.get(there)
    assert (refused.status_code, "publishers can read" in refused.text) == (404, True)
    client.force_login(UserFactory(role="Publisher"))
    assert "Gone since" in client.get(there, follow=True).text


@pytest.mark.parametrize("path", ["admin/", "search/", "accounts/login/", "nothing/"])
def test_other_pages_have_no_moments(desk, tomorrow, path):
    assert desk.get(at(tomorrow, path)).status_code == 404


def test_the_form_leads_there(desk, tomorrow):
    assert desk.get("/admin/site-at/").status_code == 200
    answer = desk.get("/admin/site-at/", {"at": tomorrow.strftime(STAMP), "path": "x/y/"})
    assert answer["Location"] == at(tomorrow, "x/y/")
