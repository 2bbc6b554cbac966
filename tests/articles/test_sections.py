"""The section tree: its paths are its addresses."""

import pytest
from django.core.exceptions import ValidationError

from articles.models import Section
from tests.articles.stories import section

pytestmark = pytest.mark.django_db


def test_a_path_holds_the_whole_way_down():
    assert section("news/latin-america/cuba").path == "news/latin-america/cuba/"


def test_moving_a_section_moves_everything_beneath_it():
    section("news/latin-america/cuba")
    world = section("world")
    moved = Section.objects.get(path="news/latin-america/")
    moved.parent = world
    moved.save()
    assert set(Section.objects.values_list("path", flat=True)) == {
        "news/",
        "world/",
        "world/latin-america/",
        "world/latin-america/cuba/",
    }


def test_a_section_cannot_lie_inside_itself():
    top, bottom = section("news"), section("news/latin-america/cuba")
    top.parent = bottom
    with pytest.raises(ValidationError, match="inside itself"):
        top.full_clean()
    with pytest.raises(ValidationError, match="inside itself"):
        top.save()


@pytest.mark.parametrize("slug", ["admin", "search", "es", "accounts"])
def test_the_address_of_another_page_is_refused(slug):
    with pytest.raises(ValidationError, match="address of another page"):
        Section(name="x", slug=slug).full_clean()


def test_the_same_address_twice_is_refused_with_a_sentence():
    section("news")
    with pytest.raises(ValidationError, match="already a section at /news/"):
        Section(name="News", slug="news").full_clean()


def test_a_name_in_another_script_makes_a_slug():
    arabic = Section(name="أخبار")
    arabic.full_clean()
    assert arabic.slug == "أخبار"
