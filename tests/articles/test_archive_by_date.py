"""The archive by date: its days are the site's, it tells nothing of what is not public, and each edition has its own."""

import re
from datetime import UTC, date, datetime

import pytest

from articles import by_date
from articles.models import Article
from newsroom.models import SiteIdentity
from tests.factories import ArticleFactory, LiveArticleFactory

NEW_YEAR = datetime(2025, 1, 1, 2, 30, tzinfo=UTC)  # still the old year in Caracas


@pytest.fixture
def story(db):
    return LiveArticleFactory(headline="The last night", at=NEW_YEAR)


def test_a_story_stands_under_its_day_in_the_sites_zone(client, settings, story):
    assert "The last night" in client.get("/archive/2025/01/01/").content.decode()
    settings.TIME_ZONE = "America/Caracas"
    assert client.get("/archive/2025/01/01/").status_code == 404
    assert "The last night" in client.get("/archive/2024/12/31/").content.decode()


def test_years_months_and_days_lead_to_the_story(client, story):
    assert 'href="/archive/2025/"' in client.get("/archive/").content.decode()
    assert 'href="/archive/2025/01/"' in client.get("/archive/2025/").content.decode()
    assert 'href="/archive/2025/01/01/"' in client.get("/archive/2025/01/").content.decode()


def test_the_first_page_lists_all_stories_newest_first_and_leads_on(client, story):
    LiveArticleFactory.create_batch(20, at=datetime(2025, 6, 7, 12, tzinfo=UTC), section_id=story.section_id)
    page = client.get("/archive/").content.decode()
    assert "7 June 2025" in page
    assert "The last night" not in page
    older = re.search(r'rel="next" href="([^"]+)"', page)[1].replace("&amp;", "&")
    assert "The last night" in client.get(f"/archive/{older}").content.decode()


def test_a_day_leads_to_the_nearest_days_with_stories(client, story):
    LiveArticleFactory(at=datetime(2019, 3, 4, 12, tzinfo=UTC))
    assert 'rel="next" href="/archive/2025/01/01/"' in client.get("/archive/2019/03/04/").content.decode()


def test_an_edition_holds_its_language_only(client, story):
    SiteIdentity.load()
    SiteIdentity.objects.update(languages=["en", "es"])
    LiveArticleFactory(at=datetime(2023, 5, 6, 12, tzinfo=UTC), language="es")
    assert "2025" not in client.get("/es/archive/").content.decode()
    assert client.get("/es/archive/2023/05/06/").status_code == 200
    assert client.get("/archive/2023/05/06/").status_code == 404
    assert client.get("/en/archive/2025/").headers["Location"] == "/archive/2025/"


def test_a_spanish_heading_begins_with_a_capital(client, story):
    SiteIdentity.load()
    SiteIdentity.objects.update(languages=["en", "es"])
    LiveArticleFactory(at=datetime(2023, 5, 6, 12, tzinfo=UTC), language="es")
    assert '<h1 class="title">Archivo</h1>' in client.get("/es/archive/").content.decode()
    month, day = (client.get(f"/es/archive/2023/05/{rest}").content.decode() for rest in ("", "06/"))
    assert '<h1 class="title">Mayo de 2023</h1>' in month
    assert "Sábado 6 <span" in month
    assert '<h1 class="title">Sábado, 6 de mayo de 2023</h1>' in day


def test_what_is_not_public_has_no_day(client, story):
    ArticleFactory(state="scheduled", at=datetime(2031, 7, 8, 12, tzinfo=UTC))
    for path in ("/archive/2031/", "/archive/2031/07/", "/archive/2031/07/08/"):
        assert client.get(path).status_code == 404
    assert "2031" not in client.get("/archive/").content.decode()


@pytest.mark.parametrize("path", ["0000/", "0001/", "9999/12/31/", "2025/13/", "2025/02/30/", "2025/00/00/"])
def test_a_date_that_no_calendar_has_is_not_found(client, db, path):
    assert client.get(f"/archive/{path}").status_code == 404


@pytest.mark.parametrize(("path", "queries"), [("/archive/", 4), ("/archive/2025/01/", 2), ("/archive/2025/01/01/", 4)])
def test_a_page_costs_the_same_with_more_stories(client, story, django_assert_num_queries, path, queries):
    client.get("/archive/")  # the frame is warm
    for _round in range(2):
        with django_assert_num_queries(queries):
            client.get(path)
        LiveArticleFactory.create_batch(4, at=NEW_YEAR, section_id=story.section_id)


def test_counts_hold_each_story_once(story):
    LiveArticleFactory(at=datetime(2025, 2, 28, 23, 59, tzinfo=UTC))
    months = by_date.counted(Article.objects.public(), by_date.Span(date(2025, 1, 1)).parts)
    assert [(span.first.month, count) for span, count in months] == [(1, 1), (2, 1)]
