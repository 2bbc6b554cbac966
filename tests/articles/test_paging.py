"""Pages of lists: how many there are is said, costs a query now and then, and is never wrong for a minute."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import paging, publishing
from articles.paging import COUNT_KEPT
from newsroom import page_store
from newsroom.caches import made
from tests.articles.stories import live, section

pytestmark = pytest.mark.django_db


def lots(number, **given):
    start = timezone.now() - timedelta(days=1)
    return [live(at=start - timedelta(minutes=n), **given) for n in range(number)]


def test_a_section_says_which_of_its_pages_this_is(client):
    lots(31)
    page, seen = "", []
    while page is not None:
        answer = client.get(f"/news/{page}")
        seen.append(answer.content.decode().partition('aria-label="Pages"><span>')[2].partition("<")[0])
        page = answer.context["page"].older_url or None
    assert seen == ["Page 1 of 3", "Page 2 of 3", "Page 3 of 3"]
    assert "Page 1 of" in client.get("/text/news/").content.decode()


def test_a_topic_says_which_of_its_stories_these_are(client):
    lots(12, tags=["Ports"])
    first = client.get("/topics/ports/")
    assert "1–10 of 12 stories" in first.content.decode()
    older = client.get(f"/topics/ports/{first.context['page'].older_url}").content.decode()
    assert "11–12 of 12 stories" in older


def test_one_page_needs_no_count_and_no_pager(client):
    lots(3)
    answer = client.get("/news/")
    assert answer.context["page"].count == 3
    assert 'aria-label="Pages"' not in answer.content.decode()


def test_a_count_that_is_known_costs_no_query(client, django_assert_num_queries):
    lots(16)
    client.get("/news/")
    with CaptureQueriesContext(connection) as known:
        client.get("/news/")
    made.delete(f"listed-section-{section().pk}")
    with django_assert_num_queries(len(known) + 1):
        client.get("/news/")


def test_a_count_is_made_anew_within_a_minute(client):
    articles = lots(16)
    assert client.get("/news/").context["page"].count == 16
    publishing.withdraw(article=articles[0], by=None, note="Wrong.")
    publishing.withdraw(article=articles[1], by=None, note="Wrong.")
    assert client.get("/news/").context["page"].count == 14  # one page holds them all
    assert COUNT_KEPT + page_store.KEPT < 60


def test_a_page_is_never_past_the_last(client):
    """A count that is some seconds old says no "page 3 of 2"."""
    lots(31)
    third = client.get(f"/news/{client.get('/news/').context['page'].older_url}").context["page"].older_url
    made.set(f"listed-section-{section().pk}", 16, 45)
    page = client.get(f"/news/{third}").context["page"]
    assert (page.number, page.pages, page.count) == (3, 3, 31)


def test_a_list_too_long_to_count_says_its_page_alone(client, monkeypatch):
    monkeypatch.setattr(paging, "MOST_COUNTED", 15)
    lots(16)
    assert "<span>Page 1</span>" in client.get("/news/").content.decode()


def test_nothing_is_listed_beyond_the_end(client):
    lots(11, tags=["Ports"])
    assert client.get("/topics/ports/?before=1-1&page=9").status_code == 404
