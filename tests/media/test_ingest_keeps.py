"""Good pictures of every kind come in; the original is kept as it came and out of reach."""

import hashlib
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from media.ingest import ingest
from media.models import Photo
from tests.factories import UserFactory
from tests.media import images

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("JPEG", "a.jpg"),
        ("JPEG", "a.JPEG"),
        ("PNG", "a.png"),
        ("WEBP", "a.webp"),
        ("GIF", "a.gif"),
        ("AVIF", "a.avif"),
        ("TIFF", "a.tif"),
    ],
)
def test_every_usual_kind_is_taken(kind, name):
    photo = ingest(file=images.upload(images.picture(kind=kind), name))

    assert (photo.format, photo.width, photo.height) == (kind, 60, 40)


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("CMYK", "JPEG"),
        ("L", "JPEG"),
        ("P", "PNG"),
        ("1", "PNG"),
        ("LA", "PNG"),
        ("RGBA", "PNG"),
        ("I;16", "PNG"),
        ("RGBA", "WEBP"),
        ("CMYK", "TIFF"),
        ("LAB", "TIFF"),
        ("F", "TIFF"),
        ("I", "TIFF"),
    ],
)
def test_every_kind_of_colour_is_taken(mode, kind):
    name = f"a.{kind.lower()}"
    assert ingest(file=images.upload(images.picture(mode=mode, kind=kind), name)).width == 60


def test_the_original_is_kept_byte_for_byte_under_a_name_nobody_guesses(settings):
    data = (Path(settings.BASE_DIR) / "media/demo/photos/market.jpg").read_bytes()
    photo = ingest(file=images.upload(data, "../../etc/market.jpg"))

    with photo.image.open() as file:
        assert file.read() == data
    assert photo.sha256 == hashlib.sha256(data).hexdigest()
    assert "market" not in photo.image.name
    assert Path(photo.image.path).is_relative_to(settings.ORIGINALS_DIR)
    assert not default_storage.exists(photo.image.name)


def test_a_photo_knows_who_brought_it():
    person = UserFactory(role="Reporter")
    assert ingest(file=images.upload(images.picture()), by=person).uploaded_by == person


def test_a_turned_photo_is_measured_as_people_see_it():
    image = images.Image.new("RGB", (60, 40))
    image.getexif()[0x0112] = 6
    file = images.io.BytesIO()
    image.save(file, "JPEG", exif=image.getexif())
    photo = ingest(file=images.upload(file.getvalue()))

    assert (photo.width, photo.height) == (40, 60)
    assert photo.is_portrait


def test_hostile_words_given_by_people_are_cleaned():
    photo = ingest(
        file=images.upload(images.picture()), credit="  A\x00gency \u202etxet \n two ", caption="one\r\n\x07two"
    )
    photo = Photo.objects.get(pk=photo.pk)

    assert photo.credit == "Agency txet two"
    assert photo.caption == "one\ntwo"


def test_credits_of_ten_thousand_letters_are_cut_to_what_fits():
    assert len(ingest(file=images.upload(images.picture()), credit="x" * 10_000).credit) == 255
