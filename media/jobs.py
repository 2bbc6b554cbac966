"""Work that need not keep anybody waiting."""

from __future__ import annotations

from django_tasks import task

from media import renditions
from media.models import Photo


@task()
def make_renditions(photo_id: int) -> None:
    """The common renditions of a photo exist, and none of its former state. Nothing happens if it is gone."""
    photo = Photo.objects.filter(pk=photo_id).first()
    if photo is not None:
        renditions.make_common(photo)
