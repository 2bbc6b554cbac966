"""Home, section, topic and author pages: what stands where, and what it costs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import publishing
from articles.front_page import compose
from articles.models import Byline, FrontPageSlot
from articles.models.section import ordered_tree
from newsroom.models import SiteIdentity
from tests.articles.stories import draft, live, section

pytestmark = pytest.mark.django_db


def front(language="en"):
    return compose(language=language, sections=ordered_tree(), at=timezone.now())


def on_page(page):
    strips = [a for strip in page.strips for a in strip.articles]
    return [a for a in [page.lead, *page.lead_links, *page.secondary, *page.latest, *page.opinion, *strips] if a]


def test_a_story_stands_once_on_the_home_page():
    for number in range(40):
        live(
            at=timezone.now() - timedelta(minutes=number + 1),
            genre="opinion" if number % 6 == 0 else "news",
            section_id=section("news/latin-america" if number % 2 else "world").pk,
        )
    ids = [article.pk for article in on_page(front())]
    assert len(ids) == len(set(ids)) > 25


def test_the_lead_is_what_the_editor_placed():
    chosen = live(at=timezone.now() - timedelta(days=9))
    live()
    FrontPageSlot.objects.create(language="en", position=1, article=chosen)
    assert front().lead == chosen


def test_a_placed_story_that_is_withdrawn_leaves_its_place_to_the_newest():
    chosen, newest = live(), live()
    FrontPageSlot.objects.create(language="en", position=1, article=chosen)
    publishing.withdraw(article=chosen, by=None, note="A doubt.")
    assert front().lead == newest


def test_an_edition_holds_its_language_only():
    live(headline="English")
    spanish = live(headline="Español", language="es")
    assert on_page(front("es")) == [spanish]


def test_an_empty_newsroom_has_a_home_page(client):
    assert client.get("/").status_code == 200


def test_an_edition_that_the_site_has_not_answers_404(client):
    assert client.get("/es/").status_code == 404
    site = SiteIdentity.load()
    site.languages = ["en", "es"]
    site.save()
    assert client.get("/es/").status_code == 200


def test_a_section_shows_what_lies_beneath_it(client):
    article = live(headline="From below", section_id=section("news/latin-america").pk)
    assert article.headline in client.get("/news/").content.decode()


def test_older_stories_are_reached_page_by_page_without_gap_or_repeat(client):
    same = timezone.now() - timedelta(days=1)
    articles = {live(at=same).pk for _ in range(33)}
    seen, address = [], "/news/"
    while address:
        page = client.get(address).context["page"]
        seen += [a.pk for a in page.items]
        address = f"/news/{page.older_url}" if page.older_url else ""
    assert len(seen) == 33
    assert set(seen) == articles


@pytest.mark.parametrize("kind", ["topics", "authors"])
def test_a_topic_or_author_of_hidden_stories_only_is_not_there(client, kind):
    byline = Byline.objects.create(name="Ana Ruiz")
    article = draft(tags=["Ports"], byline_ids=[byline.pk])
    address = {"topics": "/topics/ports/", "authors": "/authors/ana-ruiz/"}[kind]
    assert client.get(address).status_code == 404
    publishing.publish(article=article, by=None)
    assert article.headline in client.get(address).content.decode()


@pytest.mark.parametrize("address", ["/", "/news/", "/topics/ports/", "/authors/ana-ruiz/"])
def test_a_list_costs_the_same_for_few_and_for_many(
    client, django_assert_max_num_queries, address, django_assert_num_queries
):
    byline = Byline.objects.create(name="Ana Ruiz")
    for _ in range(3):
        live(tags=["Ports"], byline_ids=[byline.pk])
    client.get(address)
    with django_assert_max_num_queries(8) as few:
        client.get(address)
    for _ in range(20):
        live(tags=["Ports"], byline_ids=[byline.pk])
    with django_assert_num_queries(len(few)):
        client.get(address)
