"""The picture tag: sizes for the place, dimensions always, and a quiet frame for what may not be shown."""

import re
from datetime import timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone

from media.models import Photo
from media.renditions import sharing_image
from media.templatetags.pictures import PLACES
from tests.factories import PhotoFactory
from tests.media import images

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # pixels and markup are the same over both databases


def drawn(photo, words=""):
    return Template("{% load pictures %}{% picture photo " + words + " %}").render(Context({"photo": photo}))


def test_a_card_picture_offers_avif_in_its_sizes_and_one_jpeg():
    html = drawn(PhotoFactory(size=(1600, 1200)), 'place="card"')

    assert 'type="image/avif"' in html
    assert re.findall(r"3x2-(\d+)\.avif \1w", html) == ["320", "480", "640", "960"]
    assert re.findall(r'src="[^"]+/3x2-(\d+)\.jpg"', html) == ["640"]
    assert html.count('sizes="(min-width:64em) 22rem, (min-width:40em) 50vw, 100vw"') == 1
    assert 'width="640" height="427"' in html
    assert 'alt="" loading="lazy" decoding="async"' in html


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("size", [(40, 30), (400, 400), (800, 1200), (2000, 1000)])
def test_every_place_draws_every_shape_and_offers_only_what_is_there(client, place, size):
    html = drawn(PhotoFactory(size=size), f'place="{place}"')
    assert re.search(r' width="\d+" height="\d+" ', html)
    for address in re.findall(r'(?:src="|srcset="|, )(/[^" ]+)', html):
        assert client.get(address).status_code == 200


def test_the_first_picture_is_eager():
    html = drawn(PhotoFactory(), 'place="lead" eager=True')
    assert 'fetchpriority="high"' in html
    assert "lazy" not in html


def test_slides_speak_and_cards_do_not():
    photo = PhotoFactory(alt="A “bridge” & a <river>")
    assert 'alt="A “bridge” &amp; a &lt;river&gt;"' in drawn(photo, 'place="slide"')
    assert 'alt=""' in drawn(photo, 'place="card"')
    assert 'alt="Typed here"' in drawn(photo, 'place="card" alt="Typed here"')
    assert 'alt=""' in drawn(PhotoFactory(is_decorative=True), 'place="slide"')


def test_a_tall_slide_is_shown_whole():
    html = drawn(PhotoFactory(size=(400, 600)), 'place="slide"')
    assert "picture--whole" in html
    assert "full-320.avif" in html


def test_no_photo_and_an_expired_photo_draw_a_neutral_frame():
    frame = '<span class="picture picture--missing picture--card"></span>'
    assert drawn(None) == frame
    assert drawn(PhotoFactory(valid_until=timezone.now() - timedelta(seconds=1))) == frame
    assert drawn(PhotoFactory(do_not_publish=True)) == frame


def test_a_loaded_photo_is_drawn_without_a_query(django_assert_num_queries):
    photo = PhotoFactory()
    with django_assert_num_queries(0):
        drawn(photo, 'place="lead"')


def test_the_picture_for_sharing_is_absolute_and_has_its_size(settings):
    address, width, height = sharing_image(PhotoFactory(size=(2000, 1500)))
    assert address.startswith(settings.SITE_URL + "/photos/")
    assert (width, height) == (1200, 630)
    assert sharing_image(PhotoFactory(size=(100, 90)))[1:] == (100, 52)
    assert sharing_image(None) is None
    assert sharing_image(PhotoFactory(do_not_publish=True)) is None


def test_the_frame_knows_the_photo_s_colour_without_a_style():
    html = drawn(PhotoFactory(data=images.picture((400, 300), colour=(200, 100, 60))))
    assert re.search(r'<picture class="picture picture--card" data-c="#c[78]6[45]3[bcd]">', html)
    assert "style=" not in html
    assert "data-c" not in drawn(Photo(width=9, height=9, key="k", pk=1))
