"""AVIF is made by the job alone; until then its address shows the WebP, so that no picture is ever broken."""

import io
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.utils import timezone
from PIL import Image, ImageChops, ImageStat

from media import jobs, pixels, renditions
from media.models import Photo
from tests.factories import PhotoFactory
from tests.media import images

pytestmark = pytest.mark.django_db


def test_until_the_job_has_run_the_avif_address_shows_webp_for_a_short_time(client):
    photo = PhotoFactory(size=(800, 600))
    address = renditions.address(photo, "3x2", 320, "avif")
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert answer["Cache-Control"] == "public, max-age=300"
    assert Image.open(io.BytesIO(answer.content)).format == "WEBP"

    renditions.make_common(photo)
    later = client.get(address, headers={"If-None-Match": answer["ETag"]})
    assert (later.status_code, later["Content-Type"]) == (200, "image/avif")
    assert later["Cache-Control"] == "public, max-age=31536000, immutable"
    assert Image.open(io.BytesIO(later.content)).format == "AVIF"
    assert client.get(address, headers={"If-None-Match": later["ETag"]}).status_code == 304


def test_a_size_the_job_does_not_make_is_webp_for_good(client):
    answer = client.get(renditions.address(PhotoFactory(size=(800, 600)), "1x1", 144, "avif"))
    assert answer["Content-Type"] == "image/webp"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_ratio_that_few_pages_ask_for_gets_its_avif_from_a_worker_when_one_does(client, monkeypatch):
    monkeypatch.setattr(jobs, "HAS_WORKER", True)
    photo = PhotoFactory(size=(800, 600))
    address = renditions.address(photo, "full", 640, "avif")
    asked = []
    task = jobs.make_ratio
    monkeypatch.setattr(jobs, "make_ratio", SimpleNamespace(enqueue=lambda *args: asked.append(args)))
    for _ in range(3):
        answer = client.get(address)
        assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/webp", "public, max-age=300")
    assert asked == [(photo.pk, "full")]
    task.call(*asked[0])
    assert client.get(address)["Content-Type"] == "image/avif"
    assert client.get(renditions.address(photo, "full", 320, "avif"))["Content-Type"] == "image/avif"


def test_the_command_makes_every_ratio_if_told(client):
    photo = PhotoFactory(size=(800, 600))
    call_command("make_renditions", every_ratio=True, stdout=io.StringIO())
    for ratio in renditions.RATIOS:
        width = renditions.widths(photo, ratio)[0]
        assert client.get(renditions.address(photo, ratio, width, "avif"))["Content-Type"] == "image/avif"


def test_a_stand_in_is_not_kept_past_the_photo_s_right(client):
    photo = PhotoFactory(size=(800, 600))
    Photo.objects.update(valid_until=timezone.now() + timedelta(seconds=90))
    answer = client.get(renditions.address(photo, "3x2", 320, "avif"))
    assert 60 < int(answer["Cache-Control"].rpartition("=")[2]) <= 90


def test_no_answer_depends_on_what_the_browser_says_it_reads(client):
    photo = PhotoFactory(size=(800, 600))
    for kind in renditions.EXTENSIONS:
        answer = client.get(renditions.address(photo, "3x2", 320, kind), headers={"Accept": "image/png"})
        assert answer.status_code == 200
        assert "Accept" not in answer.get("Vary", "")


@pytest.mark.once
@pytest.mark.parametrize("name", ["market.jpg", "forest.jpg", "crowd.jpg", "seafront.jpg"])
def test_avif_is_smaller_than_webp_at_like_quality(settings, name):
    original = Image.open(settings.BASE_DIR / "media/demo/photos" / name).resize((960, 640))
    sizes, errors = {}, {}
    for kind in ("avif", "webp"):
        data = pixels.encode(original, extension=kind, xmp=b"")
        difference = ImageChops.difference(original, Image.open(io.BytesIO(data)).convert("RGB"))
        sizes[kind], errors[kind] = len(data), sum(ImageStat.Stat(difference).rms) / 3

    assert sizes["avif"] < sizes["webp"]
    assert errors["avif"] < errors["webp"] * 1.19  # a decibel and a half


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (30_000, 40), (40, 30_000)])
def test_strange_shapes_are_made_in_every_kind(client, size):
    photo = PhotoFactory(data=images.picture(size))
    renditions.make_common(photo)
    for ratio in renditions.RATIOS:
        for width in renditions.widths(photo, ratio):
            for kind in renditions.EXTENSIONS:
                assert client.get(renditions.address(photo, ratio, width, kind)).status_code == 200
