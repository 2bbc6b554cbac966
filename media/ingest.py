"""The one door by which pictures come in. Everything is judged before it is stored; the original stays as it came."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django.conf import settings
from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from PIL import Image

from media import heic, metadata, pixels, sniffing
from media.jobs import make_renditions
from media.models import Photo
from newsroom.text import clean_line

if TYPE_CHECKING:
    from io import BufferedReader

    from newsroom.models import User


class PhotoRefused(Exception):
    """The file was not taken. ``code`` names the reason, ``str()`` is a sentence for people."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class DuplicatePhoto(PhotoRefused):
    """The very same file is here already, as ``photo``."""

    def __init__(self, photo: Photo) -> None:
        super().__init__(
            "duplicate",
            _("This file is in the library already, as “%(photo)s” (number %(number)s).")
            % {"photo": photo, "number": photo.pk},
        )
        self.photo = photo


@dataclass(frozen=True)
class Examined:
    """What was found out about an acceptable file. ``width`` and ``height`` are those of the upright picture."""

    format: str
    width: int
    height: int
    byte_size: int
    sha256: str
    colour: str = ""
    file_name: str = ""
    metadata: dict[str, Any] = field(default_factory=dict)


def ingest(*, file: File[bytes], by: User | None = None, **given: Any) -> Photo:
    """A new photo from ``file``, its fields taken from ``given`` and, where that is empty, from the file's metadata.

    Raises PhotoRefused if the file is not an acceptable picture, DuplicatePhoto if it is in the library.
    """
    examined = examine(file)
    photo = Photo(uploaded_by=by, **{name: value for name, value in given.items() if value not in ("", None)})
    return store(photo, file=file, examined=examined)


def examine(file: File[bytes]) -> Examined:
    """Judge ``file`` without keeping it; its header before any pixel. Raises PhotoRefused or DuplicatePhoto."""
    stream = cast("BinaryIO", file)
    byte_size = _check_bytes(stream)
    kind = _check_type(stream, name=file.name or "")
    if sniffing.carries_script(stream):
        raise PhotoRefused(
            "script", _("This picture hides a script or a web page inside. Export it again from a picture program.")
        )
    try:
        with pixels.decoding(), pixels.open_header(stream) as image:
            width, height = _check_pixels(*pixels.upright_size(image))
            found = metadata.read(image)
            image.draft("RGB", (512, 512))
            image.load()  # all of it: a file that breaks off shows here
            colour = pixels.mean_colour(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except PhotoRefused:
        raise
    except Exception as error:  # decoders raise nearly anything over a broken file
        raise PhotoRefused(
            "broken", _("This picture is damaged or incomplete and cannot be read. Send or export it again.")
        ) from error
    name = clean_line(PurePath(file.name or "").name)[:255]
    examined = Examined(kind, width, height, byte_size, _digest(stream), colour, name, found)
    _check_new(examined.sha256)
    return examined


def store(photo: Photo, *, file: File[bytes], examined: Examined) -> Photo:
    """``photo`` is saved with the untouched file; renditions are made once the transaction is through."""
    _keep(photo, file=file, examined=examined)
    renew(photo)
    return photo


def replace(photo: Photo, *, file: File[bytes], examined: Examined) -> Photo:
    """``photo`` is the same one with another file: what was typed stays, every page shows the new picture.

    The former original is removed once the transaction is through. Raises DuplicatePhoto.
    """
    former, storage = str(photo.image.name), photo.image.storage
    photo.version += 1
    _keep(photo, file=file, examined=examined)
    transaction.on_commit(partial(storage.delete, former))
    renew(photo)
    return photo


def _keep(photo: Photo, *, file: File[bytes], examined: Examined) -> None:
    """The row and its original are stored together, or neither is."""
    for name, value in examined.metadata.items():
        if not getattr(photo, name):
            setattr(photo, name, value)
    for name in ("format", "width", "height", "byte_size", "sha256", "colour", "file_name"):
        setattr(photo, name, getattr(examined, name))
    file.seek(0)
    photo.image.save(f"photo.{sniffing.EXTENSIONS[examined.format][0]}", File(file, name="photo"), save=False)
    try:
        with transaction.atomic():
            photo.save()
    except IntegrityError:
        photo.image.storage.delete(str(photo.image.name))
        _check_new(examined.sha256)
        raise


def renew(photo: Photo) -> None:
    """The common renditions are made once the transaction is through, those of a former focal point or credit removed."""
    transaction.on_commit(partial(make_renditions.enqueue, photo.pk))


def _check_bytes(stream: BinaryIO) -> int:
    stream.seek(0, 2)
    size = stream.tell()
    if size == 0:
        raise PhotoRefused("empty", _("This file is empty."))
    if size > settings.PHOTO_MAX_BYTES:
        limit = settings.PHOTO_MAX_BYTES // (1024 * 1024)
        raise PhotoRefused(
            "too_large", _("This file is larger than %(limit)s MB. Export it smaller.") % {"limit": limit}
        )
    return size


def _check_type(stream: BinaryIO, *, name: str) -> str:
    stream.seek(0)
    head = stream.read(64)
    kind = sniffing.sniff(head)
    if kind == "MARKUP":
        raise PhotoRefused(
            "script",
            _("This file is SVG or a web page, which can carry scripts. Use JPEG, PNG, WebP, AVIF, GIF or TIFF."),
        )
    if kind == "HEIC" and not heic.IS_READ:
        raise PhotoRefused("type", _("HEIC photos cannot be read here. Export the photo as JPEG."))
    if kind is None:
        raise PhotoRefused("type", _("This file is not a picture we can read. Use JPEG, PNG, WebP, AVIF, GIF or TIFF."))
    extension = PurePath(name).suffix.lower().lstrip(".")
    if extension and extension not in sniffing.EXTENSIONS[kind]:
        raise PhotoRefused(
            "mislabelled",
            _("This file is named .%(extension)s but holds a %(kind)s picture. Give it its right name.")
            % {"extension": extension[:10], "kind": kind},
        )
    if kind == "WEBP" and (size := sniffing.webp_size(head)):
        _check_pixels(*size)
    return kind


def _check_pixels(width: int, height: int) -> tuple[int, int]:
    if width * height > settings.PHOTO_MAX_PIXELS:
        raise _too_many_pixels(f"{width} × {height}")
    return width, height


def _too_many_pixels(size: str = "") -> PhotoRefused:
    limit = settings.PHOTO_MAX_PIXELS // 1_000_000
    sentence = _("This picture has more than %(limit)s million pixels. Export it smaller.") % {"limit": limit}
    return PhotoRefused("too_many_pixels", f"{sentence} ({size})" if size else sentence)


def _digest(stream: BinaryIO) -> str:
    stream.seek(0)
    return hashlib.file_digest(cast("BufferedReader", stream), "sha256").hexdigest()


def _check_new(sha256: str) -> None:
    known = Photo.objects.filter(sha256=sha256).first()
    if known is not None:
        raise DuplicatePhoto(known)
