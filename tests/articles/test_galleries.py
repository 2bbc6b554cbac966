"""All galleries of an edition: the public ones alone, the newest first, page by page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from newsroom.models import SiteIdentity
from tests.articles import stories
from tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db


def gallery(headline, **given):
    return stories.live(headline=headline, genre="gallery", **{"photos": [PhotoFactory()], **given})


def listed(response):
    return [article.headline for article in response.context["page"].items]


@pytest.fixture
def editions():
    site = SiteIdentity.load()
    site.language, site.languages = "en", ["en", "es"]
    site.save()


def test_only_public_galleries_of_the_edition_are_listed_newest_first(client, editions):
    now = timezone.now()
    gallery("The quay", at=now - timedelta(days=2))
    gallery("The market", at=now - timedelta(days=1))
    gallery("La plaza", language="es")
    gallery("Tomorrow", at=now + timedelta(days=1))
    stories.live(headline="No gallery")
    assert listed(client.get("/galleries/")) == ["The market", "The quay"]
    assert client.get("/galleries/").context["lead"].headline == "The market"
    assert listed(client.get("/es/galleries/")) == ["La plaza"]
    assert client.get("/en/galleries/").url == "/galleries/"
    assert client.get("/ar/galleries/").status_code == 404


def test_a_gallery_leads_to_all_of_them(client):
    one, _other = gallery("The quay"), gallery("The market")
    assert 'href="/galleries/"' in client.get(one.get_absolute_url()).content.decode()


def test_pages_follow_each_other_and_the_page_without_any_says_so(client):
    assert "No galleries here yet." in client.get("/galleries/").content.decode()
    photo, now = PhotoFactory(), timezone.now()
    for number in range(13):
        gallery(f"Number {number}", photos=[photo], at=now - timedelta(hours=number + 1))
    first = client.get("/galleries/")
    assert len(listed(first)) == 12
    assert listed(client.get(f"/galleries/{first.context['page'].older_url}")) == ["Number 12"]


@pytest.mark.parametrize("rows", [1, 8])
def test_it_costs_the_same_for_one_and_for_many(client, django_assert_max_num_queries, rows):
    photo = PhotoFactory()
    for number in range(rows):
        gallery(f"Number {number}", photos=[photo])
    client.get("/galleries/")
    with django_assert_max_num_queries(2):
        client.get("/galleries/")


def test_it_is_in_the_sitemap(client, editions):
    text = client.get("/sitemaps/pages.xml").content.decode()
    assert "/galleries/</loc>" in text
    assert "/es/galleries/</loc>" in text
