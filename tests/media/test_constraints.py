"""The database itself keeps what must be true of photos and streams."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from media.checks import uploads_lie_apart
from media.models import Photo, Stream
from tests.factories import PhotoFactory


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [{"focal_x": 1.01}, {"focal_y": -0.01}, {"width": 0}, {"height": 0}, {"byte_size": 0}, {"licence": "stolen"}],
)
def test_no_update_gets_past_the_constraints_of_a_photo(change):
    PhotoFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Photo.objects.update(**change)


@pytest.mark.django_db
def test_no_two_photos_hold_the_same_file():
    first, second = PhotoFactory(), PhotoFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Photo.objects.filter(pk=second.pk).update(sha256=first.sha256)


@pytest.mark.django_db
def test_a_stream_on_air_has_something_to_play():
    with pytest.raises(IntegrityError), transaction.atomic():
        Stream.objects.create(title="Channel", is_on_air=True)
    with pytest.raises(ValidationError, match="needs an address or a file"):
        Stream(title="Channel", is_on_air=True).full_clean()
    assert Stream.objects.create(title="Channel", is_on_air=True, audio_url="https://example.org/a.mp3").pk


@pytest.mark.django_db
def test_a_programme_ends_after_it_begins():
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        Stream.objects.create(title="Channel", starts_at=now, ends_at=now)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["https://example.org/live.m3u8", "https://example.org:8443/a?b=c", "/uploads/streams/a.mp4"]
)
def test_good_addresses_are_taken(address):
    Stream(title="Channel", video_url=address, audio_url=address).full_clean()


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/a.m3u8",
        "javascript:alert(1)",
        "//example.org/a",
        "https://",
        "https://a:b@example.org/",
        "https://example.org:x/",
        "ftp://example.org",
        "data:text/html,x",
        'https://x/"><script>',
        "/a/../b",
        "/\\example.org",
        "a.mp4",
        "https://[",
        " https://x y/",
    ],
)
@pytest.mark.django_db
def test_other_addresses_are_refused(address):
    with pytest.raises(ValidationError) as refusal:
        Stream(title="Channel", video_url=address).full_clean()
    assert "video_url" in refusal.value.message_dict


@pytest.mark.parametrize("folder", ["media", "media/uploads", ".", "articles/static"])
def test_uploads_never_lie_among_code(settings, project_root, folder):
    settings.MEDIA_ROOT = str(project_root / folder)
    assert "media.E001" in {found.id for found in uploads_lie_apart()}


def test_the_usual_uploads_folder_is_fine(settings, project_root):
    settings.MEDIA_ROOT = str(project_root / "var" / "uploads")
    assert uploads_lie_apart() == []
