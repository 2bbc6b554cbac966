"""Work that need not keep anybody waiting."""

from __future__ import annotations

from django.conf import settings
from django_tasks import task

from media import renditions
from media.models import Photo

HAS_WORKER = not settings.TASKS["default"]["BACKEND"].endswith("ImmediateBackend")


@task()
def make_renditions(photo_id: int) -> None:
    """The common renditions of a photo exist, and none of its former state. Nothing happens if it is gone."""
    photo = Photo.objects.filter(pk=photo_id).first()
    if photo is not None:
        renditions.make_common(photo)


@task()
def make_ratio(photo_id: int, ratio: str) -> None:
    """Every rendition of one ratio of a photo exists. Nothing happens if the photo is gone."""
    photo = Photo.objects.filter(pk=photo_id).first()
    if photo is not None:
        renditions.make_ratio(photo, ratio)
