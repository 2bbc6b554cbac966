"""Home, section, topic and author pages: what stands where, and what it costs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import publishing
from articles.front_page import arranged, columns, compose
from articles.models import Byline
from articles.models.section import ordered_tree
from media.models import Stream
from newsroom.models import SiteIdentity
from tests.articles.stories import draft, live, section
from tests.factories import PhotoFactory, arrange_front

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
    arrange_front({1: chosen})
    assert front().lead == chosen


def test_a_placed_story_that_is_withdrawn_leaves_its_place_to_the_newest():
    chosen, newest = live(), live()
    arrange_front({1: chosen})
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


def test_a_section_whose_stories_all_stand_on_top_still_has_its_feed(client):
    live()
    assert '<a class="chip" href="/feeds/section/news.xml">' in client.get("/news/").content.decode()


def test_an_author_without_a_portrait_stands_with_initials_in_the_opinion_band(client):
    author = Byline.objects.create(name="Ana de la Cruz Ruiz")
    live()
    live(genre="opinion", bylines=[author], headline="An argument")
    live(genre="opinion", headline="Another")
    assert 'aria-hidden="true">AR</span>' in client.get("/").content.decode()


def test_the_section_bar_marks_where_a_page_lies(client):
    """The section itself, else the nearest above it that stands in the bar."""
    inner = section("news/latin-america/andes")
    type(inner).objects.filter(pk=inner.pk).update(in_menu=False)
    marked = {"/news/": ("/news/", "page"), "/news/latin-america/andes/": ("/news/latin-america/", "true")}
    for address, (place, kind) in marked.items():
        bar = client.get(address).content.decode().partition('class="sections"')[2].partition("</nav>")[0]
        assert bar.count("aria-current") == 1
        assert f'href="{place}" aria-current="{kind}"' in bar


def test_older_stories_are_reached_page_by_page_without_gap_or_repeat(client):
    same = timezone.now() - timedelta(days=1)
    articles = {live(at=same).pk for _ in range(33)}
    seen, address = [], "/news/"
    while address:
        page = client.get(address).context["page"]
        seen += [a.pk for a in page.items]
        address, last = f"/news/{page.older_url}" if page.older_url else "", page
    assert len(seen) == 33
    assert set(seen) == articles
    assert [a.pk for a in client.get(f"/news/{last.newer_url}").context["page"].items] == seen[15:30]


def test_the_head_names_the_neighbouring_pages(client):
    for _ in range(31):
        live()
    second = client.get(f"/news/{client.get('/news/').context['page'].older_url}")
    assert second.content.decode().count('<link rel="prev" href="?">') == 1
    assert second.content.decode().count('<link rel="next" href="?before=') == 1


def test_a_strip_shows_pictures_at_its_places_for_them_and_keeps_the_order():
    photo = PhotoFactory()
    plain, pictured = [live() for _ in range(3)], [live(photos=[photo]) for _ in range(2)]
    stories = [plain[0], pictured[0], plain[1], plain[2], pictured[1]]
    assert arranged(stories) == [pictured[0], pictured[1], plain[0], plain[1], plain[2]]
    assert arranged(pictured + plain[:1]) == [*pictured, plain[0]]
    assert arranged([]) == []
    seven = [*plain, *pictured, *(live() for _ in range(2))]
    assert [bool(story.lead_photo_id) for story in arranged(seven)] == [True, True, False, False, False, False, False]
    assert [len(columns(seven[:number])) for number in (0, 1, 2, 3, 5)] == [0, 0, 1, 2, 2]
    assert columns(seven) == [seven[1:4], seven[4:]]


def test_a_row_of_cards_ends_with_those_that_have_no_picture(client):
    inner = section("world")
    plain = live(section_id=inner.pk, standfirst="What no picture shows.")
    pictured = [live(section_id=inner.pk, photos=[PhotoFactory()]) for _ in range(2)]
    for _ in range(15):
        live(photos=[PhotoFactory()])
    strip = next(strip for strip in client.get("/").context["front"].strips if strip.section == inner)
    assert strip.articles == [*reversed(pictured), plain]


def test_a_breaking_story_stands_over_the_page_and_nowhere_else(client):
    only = live(headline="Dam breaks", stage="flash", standfirst="", body="")
    assert client.get("/").context["front"].lead == only
    for _ in range(4):
        live()
    front = client.get("/").context["front"]
    assert front.urgent == only and only not in [front.lead, *front.secondary, *front.latest]
    assert client.get("/").content.decode().count("Dam breaks") == 1
    arrange_front({1: only})
    front = client.get("/").context["front"]
    assert (front.lead, front.urgent) == (only, None)


def test_the_home_page_announces_programmes_and_fills_its_band_with_galleries(client):
    soon = timezone.now() + timedelta(hours=1)
    Stream.objects.create(
        title="Radio", programme_title="The long table", audio_url="https://example.org/a.mp3", starts_at=soon
    )
    assert "The long table" in client.get("/").content.decode()
    photos = [PhotoFactory()]
    seen = live(genre="gallery", photos=photos, at=timezone.now() - timedelta(days=500))
    for _ in range(22):
        live(at=timezone.now() - timedelta(days=2), photos=photos)
    assert seen in client.get("/").context["front"].to_watch
    Stream.objects.create(title="Channel", video_url="https://example.org/a.m3u8", is_on_air=True)
    gallery = live(genre="gallery", photos=[PhotoFactory()], at=timezone.now() - timedelta(days=400))
    for _ in range(15):
        live(at=timezone.now() - timedelta(days=1))
    assert client.get("/").content.decode().count(gallery.get_absolute_url()) == 1


def test_a_topic_speaks_the_language_of_all_its_stories_or_the_sites(client):
    site = SiteIdentity.load()
    site.languages = ["en", "es"]
    site.save()
    live(language="es", tags=["Puertos", "Chile"])
    live(tags=["Chile"])
    assert '<html lang="es"' in client.get("/topics/puertos/").content.decode()
    assert '<html lang="en"' in client.get("/topics/chile/").content.decode()


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
    with django_assert_max_num_queries(8) as queries:
        client.get(address)
    few = len(queries)
    for _ in range(20):
        live(tags=["Ports"], byline_ids=[byline.pk])
    client.get(address)  # what is kept for a minute, such as the most read, is known
    with django_assert_num_queries(few):
        client.get(address)
