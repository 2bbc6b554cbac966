"""Photos that only some sections may show."""

import pytest
from django.urls import reverse

from articles import checks
from articles.content import SlideContent
from articles.models import PhotoRestriction
from tests.articles import stories
from tests.factories import PhotoFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def photo():
    """A photo for sport and what lies beneath."""
    photo = PhotoFactory(title="The final")
    PhotoRestriction.objects.create(photo=photo).sections.add(stories.section("sport"))
    return photo


def stops(section, photo, *, cited=False):
    body = f'<p>x</p><figure data-node="photo" data-id="{photo.pk}"></figure>' if cited else "<p>x</p>"
    slides = [] if cited else [SlideContent(photo.pk)]
    content = stories.content(section_id=section.pk, body=body, slides=slides)
    return [check.message for check in checks.blocking(content) if check.code == "photo_section"]


@pytest.mark.parametrize("cited", [True, False], ids=["in the body", "as a slide"])
def test_other_sections_may_not_publish_it(photo, cited):
    sentence = "“The final” may be shown in these sections only: Sport."
    assert stops(stories.section("news"), photo, cited=cited) == [sentence]
    assert stops(stories.section("sport"), photo, cited=cited) == []
    assert stops(stories.section("sport/football"), photo, cited=cited) == []


def test_a_restriction_without_a_section_allows_none(photo):
    PhotoRestriction.objects.get().sections.clear()
    assert stops(stories.section("sport"), photo)


def test_a_restriction_is_no_use_of_the_photo_and_goes_with_it(client, photo):
    client.force_login(UserFactory(role="Photo editor"))
    page = client.get(reverse("admin:media_photo_change", args=[photo.pk]))
    assert "Nowhere yet" in page.content.decode()
    assert "Only in" in page.content.decode()
    client.post(reverse("admin:media_photo_delete", args=[photo.pk]), {"post": "yes"})
    assert not PhotoRestriction.objects.exists()
