"""Puts the demo's photos and streams in, through the same door as any upload."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from django.core.files import File
from django.utils import timezone

from media import ingest
from media.models import Licence, Photo, Stream

if TYPE_CHECKING:
    from newsroom.models import User

FOLDER = Path(__file__).parent
# Where crops keep what matters; the others keep their middle.
FOCAL = {"parliament.jpg": (0.5, 0.4), "stage.jpg": (0.5, 0.65), "studio.jpg": (0.5, 0.6), "port.jpg": (0.45, 0.6)}


class Context(Protocol):
    """What the demo command hands round."""

    photos: dict[str, Photo]
    users: dict[str, User]

    def progress(self, words: str) -> None: ...


def load(context: Context) -> None:
    """``context.photos`` holds the demo's photos by file name, and two streams are on air. Running it again changes nothing."""
    for path in sorted((FOLDER / "photos").glob("*.jpg")):
        context.photos[path.name] = _photo(path, by=next(iter(context.users.values()), None))
    context.progress(f"{len(context.photos)} photos")
    for facts in _streams(context.photos):
        _stream(**facts)
    context.progress(f"{Stream.objects.count()} streams")


def _photo(path: Path, *, by: User | None) -> Photo:
    x, y = FOCAL.get(path.name, (0.5, 0.5))
    title = path.stem.replace("-", " ").capitalize()
    with path.open("rb") as handle:
        try:
            return ingest.ingest(
                file=File(handle, name=path.name), by=by, title=title, licence=Licence.CC0, focal_x=x, focal_y=y
            )
        except ingest.DuplicatePhoto as known:
            return known.photo


def _stream(*, title: str, video: str = "", audio: str = "", **fields: Any) -> None:
    stream, made = Stream.objects.get_or_create(
        title=title, programme_title=fields.pop("programme_title"), defaults=fields
    )
    if not made:
        return
    for field, name in ((stream.video_file, video), (stream.audio_file, audio)):
        if name:
            with (FOLDER / "streams" / name).open("rb") as handle:
                field.save(name, File(handle), save=False)
    stream.is_on_air = bool(video or audio)
    stream.save()


def _streams(photos: dict[str, Photo]) -> list[dict[str, Any]]:
    """The programme of the demo: two channels on air, two announcements."""
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    poster = photos.get("studio.jpg")
    return [
        {
            "title": "Lighthouse", "label": "Video", "programme_title": "The evening bulletin", "position": 1, "poster": poster,
            "description": "Two hours of news from four continents.", "video": "lighthouse.mp4", "audio": "tune.mp3",
            "starts_at": hour, "ends_at": hour + timedelta(hours=2), "audio_kbit": 64,
        },
        {
            "title": "Lighthouse Radio", "label": "Radio", "programme_title": "Songs of the night shift", "position": 2,
            "description": "Music and short news, without pictures.", "audio": "tune.mp3",
            "starts_at": hour, "ends_at": hour + timedelta(hours=3), "audio_kbit": 64,
        },
        {
            "title": "Lighthouse", "label": "Video", "programme_title": "Weather and tides", "position": 3,
            "description": "Five minutes for the coast.", "starts_at": hour + timedelta(hours=2), "ends_at": hour + timedelta(hours=2, minutes=5),
        },
        {
            "title": "Lighthouse", "label": "Video", "programme_title": "The long table", "position": 4,
            "description": "Three economists, one price of bread.", "starts_at": hour + timedelta(hours=3), "ends_at": hour + timedelta(hours=4),
        },
    ]  # fmt: skip
