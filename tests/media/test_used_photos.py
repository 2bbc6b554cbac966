"""A photo that stands somewhere cannot be deleted by anyone, in the admin or in code."""

import pytest
from django.db import transaction
from django.db.models import ProtectedError

from media import usage
from media.models import Photo, Stream
from tests.factories import LiveArticleFactory, PhotoFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def registry(monkeypatch):
    monkeypatch.setattr(usage, "_finders", [])


def test_a_registered_use_guards_the_photo(registry):
    used, unused = PhotoFactory(), PhotoFactory()
    usage.register(lambda photo: [usage.Use("the body of “Bridge opens”", "/admin/x/")] if photo == used else [])

    with pytest.raises(ProtectedError, match="Bridge opens"), transaction.atomic():
        used.delete()
    with pytest.raises(ProtectedError), transaction.atomic():
        Photo.objects.all().delete()
    unused.delete()
    assert list(Photo.objects.all()) == [used]


def test_a_still_of_a_stream_is_guarded_and_listed():
    photo = PhotoFactory()
    Stream.objects.create(title="Channel", poster=photo)
    with pytest.raises(ProtectedError), transaction.atomic():
        photo.delete()
    assert [use.label for use in usage.uses(photo)] == ["stream: Channel"]


def test_registering_twice_changes_nothing(registry):
    def finder(_photo):
        return [usage.Use("somewhere")]

    usage.register(finder)
    usage.register(finder)
    assert usage.registered_uses(PhotoFactory()) == [usage.Use("somewhere")]


def test_an_article_that_cites_a_photo_in_its_body_guards_it():
    photo = PhotoFactory()
    LiveArticleFactory(
        headline="Bridge opens", body=f'<p>One.</p><figure data-node="photo" data-id="{photo.pk}"></figure>'
    )
    with pytest.raises(ProtectedError, match="Bridge opens"), transaction.atomic():
        photo.delete()
    assert [use.label for use in usage.uses(photo)] == ["Bridge opens"]
