"""The demo's photos and streams come in through the real door, once."""

from types import SimpleNamespace

import pytest
from django.core.files.storage import default_storage

from media.demo import load
from media.models import Photo, Stream


@pytest.mark.django_db
def test_the_demo_loads_once_and_complete():
    first, again = (SimpleNamespace(photos={}, users={}, progress=lambda words: None) for _ in range(2))
    load(first)
    load(again)

    assert len(first.photos) == Photo.objects.count() == 20
    assert again.photos == first.photos
    assert all(photo.credit and photo.alt and photo.caption for photo in Photo.objects.all())
    assert Stream.objects.on_air().count() == 2
    for stream in Stream.objects.on_air():
        assert default_storage.exists(stream.audio_file.name)
