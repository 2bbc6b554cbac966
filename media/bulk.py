"""What is done to many photos at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from media import ingest
from media.models import Collection, Photo

AT_ONCE = 20  # photos whose renditions are made again at once; those of more are made when a page asks for them
WRITTEN = [
    "credit", "creator", "copyright_notice", "licence", "keywords", "is_archived", "do_not_publish", "search_text", "updated_at",
]  # fmt: skip


@dataclass(frozen=True)
class BulkEdit:
    """What changes; empty values leave everything as it is. ``overwrites`` counts for credit, creator and copyright."""

    credit: str = ""
    creator: str = ""
    copyright_notice: str = ""
    overwrites: bool = False
    licence: str = ""
    add_keywords: list[str] = field(default_factory=list)
    remove_keywords: list[str] = field(default_factory=list)
    is_archived: bool | None = None
    do_not_publish: bool | None = None
    collection: Collection | None = None


@transaction.atomic
def edit(photos: Iterable[Photo], change: BulkEdit) -> int:
    """``photos`` are as ``change`` says; the number of those that became different. Four queries, whatever their number."""
    chosen = list(Photo.objects.select_for_update(of=("self",)).filter(pk__in=[photo.pk for photo in photos]))
    changed = [photo for photo in chosen if _apply(photo, change)]
    now = timezone.now()
    for photo in changed:
        photo.updated_at, photo.search_text = now, photo.searchable()
    Photo.objects.bulk_update(changed, WRITTEN, batch_size=200)
    if change.collection is not None:
        change.collection.photos.add(*chosen)
    for photo in changed[:AT_ONCE]:
        ingest.renew(photo)
    return len(chosen) if change.collection else len(changed)


def _apply(photo: Photo, change: BulkEdit) -> bool:
    before = [getattr(photo, name) for name in WRITTEN]
    for name in ("credit", "creator", "copyright_notice"):
        value = getattr(change, name)
        if value and (change.overwrites or not getattr(photo, name)):
            setattr(photo, name, value)
    photo.licence = change.licence or photo.licence
    away = {word.casefold() for word in change.remove_keywords}
    kept = [word for word in photo.keywords if word.casefold() not in away]
    known = {word.casefold() for word in kept}
    photo.keywords = kept + [word for word in change.add_keywords if word.casefold() not in known]
    for name in ("is_archived", "do_not_publish"):
        if getattr(change, name) is not None:
            setattr(photo, name, getattr(change, name))
    return [getattr(photo, name) for name in WRITTEN] != before
