"""What is no acceptable picture is refused, with a sentence, before it costs anything."""

import time
import tracemalloc

import pytest

from media.ingest import DuplicatePhoto, PhotoRefused, ingest
from media.models import Photo
from tests.media import images

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect width="9" height="9"/></svg>'
REFUSED = {
    "empty": (b"", "photo.jpg", "empty", "This file is empty."),
    "text": (b"Dear editor, here is my picture." * 3, "photo.jpg", "type", "This file is not a picture we can read."),
    "zip": (b"PK\x03\x04" + bytes(200), "photo.zip", "type", "This file is not a picture we can read."),
    "heic": (b"\0\0\0\x18ftypheic" + bytes(200), "photo.heic", "broken", "damaged or incomplete"),
    "svg": (SVG, "photo.svg", "script", "This file is SVG or a web page"),
    "svg named jpg": (b"\n  " + SVG, "photo.jpg", "script", "This file is SVG or a web page"),
    "html named png": (b"<!DOCTYPE html><script>alert(1)</script>", "photo.png", "script", "or a web page"),
    "png named jpg": (images.picture(kind="PNG"), "photo.jpg", "mislabelled", "named .jpg but holds a PNG picture"),
    "jpeg named png": (images.picture(), "photo.PNG", "mislabelled", "named .png but holds a JPEG picture"),
    "jpeg named html": (images.picture(), "photo.html", "mislabelled", "named .html but holds a JPEG picture"),
    "script after the end": (images.picture() + b"<script>alert(1)</script>", "a.jpg", "script", "hides a script"),
    "script in a comment": (images.picture(comment=b"<ScRiPt src=//x>"), "a.jpg", "script", "hides a script"),
    "php in a comment": (images.picture(comment=b"<?php system('id');"), "a.jpg", "script", "hides a script"),
    "huge png": (images.huge_png(), "photo.png", "too_many_pixels", "more than 120 million pixels"),
    "huge jpeg": (images.huge_jpeg(), "photo.jpg", "too_many_pixels", "more than 120 million pixels"),
    "huge webp": (images.huge_webp(), "photo.webp", "too_many_pixels", "more than 120 million pixels"),
    "huge gif": (images.huge_gif(), "photo.gif", "too_many_pixels", "more than 120 million pixels"),
    "a little over": (images.huge_png(12_001, 10_000), "photo.png", "too_many_pixels", "more than 120 million pixels"),
    "half a jpeg": (images.noise()[:9000], "photo.jpg", "broken", "damaged or incomplete"),
    "half a png": (images.noise(kind="PNG")[:9000], "photo.png", "broken", "damaged or incomplete"),
    "half a webp": (images.noise(kind="WEBP")[:4000], "photo.webp", "broken", "damaged or incomplete"),
    "half a progressive": (images.noise(progressive=True)[:9000], "photo.jpg", "broken", "damaged or incomplete"),
    "only a header": (images.picture()[:30], "photo.jpg", "broken", "damaged or incomplete"),
    "broken png": (images.picture(kind="PNG")[:40] + b"\xff" * 60, "photo.png", "broken", "damaged or incomplete"),
    "broken tiff": (b"II*\x00\xff\xff\xff\xff" + bytes(90), "photo.tif", "broken", "damaged or incomplete"),
    "broken avif": (b"\0\0\0\x1cftypavif" + bytes(90), "photo.avif", "broken", "damaged or incomplete"),
}


@pytest.mark.parametrize(("data", "name", "code", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_good_picture_is_refused_with_its_reason(data, name, code, words):
    with pytest.raises(PhotoRefused) as refusal:
        ingest(file=images.upload(data, name))

    assert refusal.value.code == code
    assert words in str(refusal.value)
    assert not Photo.objects.exists()


@pytest.mark.parametrize("case", ["huge png", "huge jpeg", "huge webp", "huge gif"])
def test_a_header_that_promises_a_giant_costs_neither_time_nor_memory(case):
    data, name = REFUSED[case][:2]
    tracemalloc.start()
    begin = time.perf_counter()
    with pytest.raises(PhotoRefused):
        ingest(file=images.upload(data, name))
    taken = time.perf_counter() - begin
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert taken < 0.5
    assert peak < 5_000_000


def test_a_file_of_too_many_bytes_is_refused_at_the_byte_over_the_limit(settings):
    data = images.picture()
    settings.PHOTO_MAX_BYTES = len(data) - 1
    with pytest.raises(PhotoRefused, match="larger than 0 MB") as refusal:
        ingest(file=images.upload(data))
    assert refusal.value.code == "too_large"

    settings.PHOTO_MAX_BYTES = len(data)
    assert ingest(file=images.upload(data)).byte_size == len(data)


def test_as_many_pixels_as_the_limit_are_taken(settings):
    settings.PHOTO_MAX_PIXELS = 2400
    assert ingest(file=images.upload(images.picture((60, 40)))).pk
    with pytest.raises(PhotoRefused):
        ingest(file=images.upload(images.picture((60, 41))))


def test_the_same_file_again_leads_to_the_photo_that_is_there():
    first = ingest(file=images.upload(images.picture()), title="Bridge")
    with pytest.raises(DuplicatePhoto, match="in the library already, as “Bridge”") as refusal:
        ingest(file=images.upload(images.picture(), "other.jpg"))

    assert refusal.value.photo == first
    assert Photo.objects.count() == 1


def test_a_name_without_an_extension_is_no_lie():
    assert ingest(file=images.upload(images.picture(kind="PNG"), "photo")).format == "PNG"
