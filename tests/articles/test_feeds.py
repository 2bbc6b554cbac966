"""The feeds."""

from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from defusedxml import ElementTree
from django.utils import timezone

from media.models import Photo
from newsroom.models import SiteIdentity
from tests.articles import stories
from tests.factories import BylineFactory, PhotoFactory, TopicFactory

pytestmark = pytest.mark.django_db
NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
}


def channel(client, path="/feeds/all.xml"):
    response = client.get(path)
    assert response.status_code == 200
    return ElementTree.fromstring(response.content).find("channel")


def titles(client, path="/feeds/all.xml"):
    return [item.findtext("title") for item in channel(client, path).findall("item")]


def everything(**given):
    """A story with an author, a topic, a section, and its four addresses."""
    byline = BylineFactory(name="Ana Ruiz")
    stories.live(bylines=[byline], tags=["Rivers"], **given)
    return ["/feeds/all.xml", "/feeds/section/news.xml", "/feeds/topic/rivers.xml", f"/feeds/author/{byline.slug}.xml"]


def test_each_feed_has_the_story(client):
    assert [titles(client, path) for path in everything(headline="A dam")] == [["A dam"]] * 4


def test_feed_is_typed_and_names_its_own_address(client):
    everything()
    response = client.get("/feeds/section/news.xml")
    link = ElementTree.fromstring(response.content).find("channel/atom:link", NAMES)
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert (link.get("rel"), link.get("href")) == ("self", "http://127.0.0.1:8000/feeds/section/news.xml")


def test_item_says_who_what_when_and_where(client):
    photo = PhotoFactory(caption="A dam.", credit="Agency", size=(1400, 900))
    at = timezone.now().replace(microsecond=0) - timedelta(hours=2)
    byline = BylineFactory(name="Ana Ruiz")
    article = stories.live(
        headline="Dam & river", standfirst="It <b>broke</b>.", bylines=[byline], tags=["Rivers"], photos=[photo], at=at
    )
    item = channel(client).find("item")
    assert item.findtext("title") == "Dam & river"
    assert item.findtext("description") == "It <b>broke</b>."
    assert item.findtext("link") == f"http://127.0.0.1:8000{article.get_absolute_url()}"
    assert item.find("guid").get("isPermaLink") == "false"
    assert parsedate_to_datetime(item.findtext("pubDate")) == at
    assert item.findtext("dc:creator", namespaces=NAMES) == "Ana Ruiz"
    assert [category.text for category in item.findall("category")] == ["News", "Rivers"]
    content = item.find("media:content", NAMES)
    assert (content.get("type"), content.get("width")) == ("image/jpeg", "1200")
    assert content.findtext("media:credit", namespaces=NAMES) == "Agency"
    assert client.get(content.get("url").removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_guid_stays_when_the_address_changes(client):
    article = stories.live()
    before = channel(client).find("item").findtext("guid")
    type(article).objects.filter(pk=article.pk).update(slug="another")
    assert channel(client).find("item").findtext("guid") == before


def test_photo_that_may_not_be_shown_is_left_out(client):
    photo = PhotoFactory()
    stories.live(photos=[photo])
    Photo.objects.update(do_not_publish=True)
    assert channel(client).find("item/media:content", NAMES) is None


@pytest.mark.parametrize("state", ["draft", "scheduled", "withdrawn", "killed", "trash"])
def test_only_public_stories_are_in_it(client, state):
    stories.in_state(state, tags=["Rivers"])
    assert titles(client) == []
    assert client.get("/feeds/topic/rivers.xml").status_code == 404


def test_language_feed_has_its_language_only(client):
    SiteIdentity.load()
    SiteIdentity.objects.update(languages=["en", "es"])
    stories.live(headline="English")
    stories.live(headline="Español", language="es")
    assert titles(client, "/feeds/es.xml") == titles(client, "/feeds/all.xml?lang=es") == ["Español"]
    assert channel(client, "/feeds/es.xml").findtext("language") == "es"
    assert len(titles(client)) == 2


@pytest.mark.parametrize(
    "path",
    ["section/gone", "topic/gone", "author/gone", "ar", "xx", "section/news/", "topic/%00", "topic/😀", "section/..", "topic/" + "x" * 3000],
)  # fmt: skip
def test_unknown_feed_is_404_or_400(client, path):
    assert client.get(f"/feeds/{path}.xml", follow=True).status_code in {400, 404}


def test_hidden_section_has_no_feed(client):
    everything()
    section = stories.section()
    section.is_visible = False
    section.save()
    assert client.get("/feeds/section/news.xml").status_code == 404
    assert titles(client) == []


def test_unchanged_feed_is_304(client):
    everything()
    first = client.get("/feeds/all.xml")
    assert "public" in first["Cache-Control"]
    assert client.get("/feeds/all.xml", headers={"if-none-match": first["ETag"]}).status_code == 304
    assert client.get("/feeds/all.xml", headers={"if-modified-since": first["Last-Modified"]}).status_code == 304


def test_empty_feed_is_the_same_each_time(client):
    assert client.get("/feeds/all.xml").content == client.get("/feeds/all.xml").content


def test_feed_has_the_newest_thirty_first(client):
    for number in range(31):
        stories.live(headline=f"Story {number}", at=timezone.now() - timedelta(hours=40 - number))
    assert titles(client) == [f"Story {number}" for number in range(30, 0, -1)]


def test_hostile_names_leave_the_feed_well_formed(client):
    topic = TopicFactory(name="]]><script>&", slug="hostile")
    stories.live(headline="]]> <![CDATA[ & \u202e 😀", tags=[topic.name])
    assert titles(client, "/feeds/topic/hostile.xml") == ["]]> <![CDATA[ & 😀"]


@pytest.mark.parametrize("count", [1, 20])
def test_feeds_cost_four_or_five_queries(client, count, django_assert_max_num_queries):
    paths = everything()
    for _number in range(count):
        stories.live(photos=[PhotoFactory()], bylines=[BylineFactory()], tags=["Rivers"])
    client.get("/feeds/all.xml")
    for path in paths:
        with django_assert_max_num_queries(5):
            client.get(path)
