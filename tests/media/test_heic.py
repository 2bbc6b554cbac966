"""HEIC, the format of phones: read like any other photo where its library is installed, refused with a sentence elsewhere."""

import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from media import heic, ingest, renditions
from tests.media import images

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # pixels and markup are the same over both databases
ORIENTATION, ARTIST = 0x0112, 0x013B


def phone_photo(**options):
    """A picture red on its left and blue on its right, as a phone keeps it."""
    return images.halves((800, 600), kind="HEIF", **options)


def test_a_phone_photo_is_taken_with_its_words():
    packet = images.xmp(elements="<photoshop:Credit>Ana Rojas</photoshop:Credit>")
    photo = ingest.ingest(file=ContentFile(phone_photo(xmp=packet), name="IMG_0001.HEIC"))
    assert (photo.format, photo.width, photo.height, photo.credit) == ("HEIC", 800, 600, "Ana Rojas")
    assert photo.image.name.endswith(".heic")


def test_a_phone_photo_is_shown_upright_in_formats_that_browsers_read():
    exif = Image.Exif()
    exif[ORIENTATION], exif[ARTIST] = 6, "Bo Lind"
    photo = ingest.ingest(file=ContentFile(phone_photo(exif=exif.tobytes()), name="IMG_0002.heic"))
    assert (photo.width, photo.height, photo.creator) == (600, 800, "Bo Lind")
    shown = Image.open(io.BytesIO(renditions.read_or_make(photo, "full", 320, "jpg")))
    assert (shown.format, shown.size) == ("JPEG", (320, 427))
    top, bottom = shown.getpixel((160, 20)), shown.getpixel((160, 400))
    assert top[0] > 200 > top[2]
    assert bottom[2] > 200 > bottom[0]


@pytest.mark.parametrize("part", [0.5, 0.9])
def test_a_broken_phone_photo_is_refused(part):
    whole = phone_photo()
    with pytest.raises(ingest.PhotoRefused) as refused:
        ingest.ingest(file=ContentFile(whole[: int(len(whole) * part)], name="IMG.heic"))
    assert refused.value.code == "broken"


def test_a_huge_phone_photo_is_refused_before_it_is_decoded(settings):
    settings.PHOTO_MAX_PIXELS = 100_000
    with pytest.raises(ingest.PhotoRefused) as refused:
        ingest.ingest(file=ContentFile(phone_photo(), name="IMG.heic"))
    assert refused.value.code == "too_many_pixels"


def test_without_the_library_the_sentence_says_what_to_do(monkeypatch):
    monkeypatch.setattr(heic, "IS_READ", False)
    with pytest.raises(ingest.PhotoRefused, match="Export the photo as JPEG") as refused:
        ingest.ingest(file=ContentFile(phone_photo(), name="IMG.heic"))
    assert refused.value.code == "type"
