"""While a picture loads, its frame has the picture's colour."""

import pytest

from media.models import Photo
from tests.articles import stories
from tests.factories import PhotoFactory

pytestmark = pytest.mark.once


def test_the_frame_of_a_card_has_the_colour_of_its_photo(page):
    stories.live(section_id=stories.section("news").pk, photos=[PhotoFactory(size=(1600, 1000))])
    Photo.objects.update(colour="#c8643c")
    page.route("**/photos/**", lambda route: route.fulfill(status=204))
    page.goto("/news/")
    colour = "frame => getComputedStyle(frame).backgroundColor"
    assert page.locator("picture").first.evaluate(colour) == "rgb(200, 100, 60)"
