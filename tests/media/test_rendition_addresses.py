"""Addresses of renditions: unguessable, for ever cacheable, and gone when the photo may not be shown."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from media import renditions
from media.models import Photo
from tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db


def test_a_usable_photo_is_served_and_kept_for_ever(client, django_assert_num_queries):
    photo = PhotoFactory(size=(800, 600))
    with django_assert_num_queries(1):
        answer = client.get(renditions.address(photo, "3x2", 320, "webp"))

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not answer.cookies
    assert "Vary" not in answer or "Cookie" not in answer["Vary"]


def test_the_address_put_together_by_hand_is_the_view_s_own():
    photo = PhotoFactory()
    assert renditions.address(photo, "3x2", 320) == reverse(
        "photos:rendition", args=[photo.pk, photo.token, "3x2-320.jpg"]
    )


def test_who_has_it_already_gets_304(client):
    address = renditions.address(PhotoFactory(), "3x2", 320)
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize(
    "file",
    [
        "3x2-321.jpg",
        "3x2-1600.jpg",
        "3x2-0320.jpg",
        "4x3-320.jpg",
        "3x2-320.png",
        "3x2-320.jpg.jpg",
        "3x2-99999.jpg",
        "original.jpg",
        "-.jpg",
    ],
)
def test_unknown_sizes_and_kinds_are_not_found(client, file):
    photo = PhotoFactory(size=(800, 600))
    assert client.get(f"/photos/{photo.pk}/{photo.token}/{file}", follow=True).status_code == 404


def test_without_the_token_nothing_is_found(client):
    photo = PhotoFactory()
    assert client.get(f"/photos/{photo.pk}/{'0' * 24}/3x2-320.jpg").status_code == 404
    assert client.get(f"/photos/{photo.pk}/3x2-320.jpg", follow=True).status_code == 404
    assert client.get(f"/photos/999999999999999999/{photo.token}/3x2-320.jpg").status_code == 404


def test_an_expired_photo_is_gone_at_its_minute(client):
    photo = PhotoFactory()
    address = renditions.address(photo, "3x2", 320)
    Photo.objects.update(valid_until=timezone.now() + timedelta(seconds=90))
    answer = client.get(address)
    assert answer.status_code == 200
    assert 60 < int(answer["Cache-Control"].rpartition("=")[2]) <= 90

    Photo.objects.update(valid_until=timezone.now())
    assert client.get(address).status_code == 404


def test_a_barred_photo_is_gone(client):
    photo = PhotoFactory()
    Photo.objects.update(do_not_publish=True)
    assert client.get(renditions.address(photo, "3x2", 320)).status_code == 404


def test_an_address_of_the_former_focal_point_leads_to_today_s(client):
    photo = PhotoFactory()
    former = renditions.address(photo, "3x2", 320)
    photo.focal_x = 0.2
    photo.save()
    answer = client.get(former)

    assert answer.status_code == 302
    assert answer["Location"] == renditions.address(photo, "3x2", 320)


def test_a_lost_original_is_not_found(client):
    photo = PhotoFactory()
    photo.image.storage.delete(photo.image.name)
    assert client.get(renditions.address(photo, "3x2", 320)).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_photos_are_only_read(client, method):
    assert getattr(client, method)(renditions.address(PhotoFactory(), "3x2", 320)).status_code == 405


def test_originals_have_no_address(client):
    photo = PhotoFactory()
    assert client.get(f"/uploads/{photo.image.name}").status_code == 404
    assert client.get(f"/uploads/../originals/{photo.image.name}").status_code == 404
    assert client.get(photo.image.url).status_code == 404


def test_usable_says_the_same_for_rows_and_lists():
    now = timezone.now()
    photo = PhotoFactory(valid_until=now)
    assert not photo.is_usable(now)
    assert not Photo.objects.usable(now).exists()
    before = now - timedelta(seconds=1)
    assert photo.is_usable(before)
    assert Photo.objects.usable(before).exists()
