"""A gallery's page: one photo at a time, by plain links."""

import pytest

from articles.models import Article
from media.models import Photo
from tests.articles import stories
from tests.factories import PhotoFactory


@pytest.fixture
def gallery(db):
    photos = [PhotoFactory(caption=f"Caption {n}", alt=f"Alt {n}") for n in (1, 2, 3)]
    return stories.live(headline="A day at the quay", genre="gallery", photos=photos, body="")


def page(client, gallery, query=""):
    answer = client.get(gallery.get_absolute_url() + query)
    assert answer.status_code == 200
    return answer


def test_first_photo_is_shown_with_a_way_on_and_none_back(client, gallery):
    html = page(client, gallery).content.decode()
    assert "Caption 1" in html
    assert "Caption 2" not in html.partition('class="gallery__paper')[0]  # what is for paper holds them all
    assert "1 of 3" in html
    assert '<a href="?photo=2#photos" rel="next">' in html
    assert 'rel="prev"' not in html


def test_last_photo_leads_back_only(client, gallery):
    html = page(client, gallery, "?photo=3").content.decode()
    assert "Caption 3" in html
    assert 'rel="next"' not in html


@pytest.mark.parametrize("query", ["?photo=0", "?photo=4", "?photo=-1", "?photo=x", "?photo=99999999999", "?photo=٢"])
def test_an_unknown_number_shows_the_first(client, gallery, query):
    assert page(client, gallery, query).context["number"] == 1


def test_a_photo_that_may_no_longer_be_shown_is_not_counted(client, gallery):
    Photo.objects.filter(caption="Caption 1").update(do_not_publish=True)
    html = page(client, gallery).content.decode()
    assert "1 of 2" in html
    assert "Caption 2" in html


def test_a_gallery_without_photos_left_is_an_ordinary_page(client, gallery):
    Photo.objects.update(do_not_publish=True)
    assert "articles/article_detail.html" in [template.name for template in page(client, gallery).templates]


def test_other_galleries_are_offered_and_queries_do_not_grow(client, gallery, django_assert_max_num_queries):
    for n in range(6):
        stories.live(headline=f"Other gallery {n}", genre="gallery", photos=[PhotoFactory()])
    page(client, gallery)  # the frame of every page is known from then on
    with django_assert_max_num_queries(8):
        html = page(client, gallery).content.decode()
    assert html.count("Other gallery") >= 4


def test_its_card_says_how_many_photos_may_be_shown_and_others_say_none(client, gallery):
    Photo.objects.filter(pk=gallery.slides.last().photo_id).update(do_not_publish=True)
    stories.live(headline="A crane", section_id=gallery.section_id, photos=[PhotoFactory(), PhotoFactory()])
    counts = {each.headline: each.photo_count for each in Article.objects.public().for_listing()}
    assert counts == {"A day at the quay": 2, "A crane": None}
    html = client.get(gallery.section.get_absolute_url()).content.decode()
    assert html.count('class="badge"') == 1
    assert "2 photos" in html
