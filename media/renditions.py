"""What the public sees of a photo: crops in fixed sizes, each made once and kept beside the originals, out of reach."""

from __future__ import annotations

import fcntl
import logging
import os
import secrets
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db import transaction
from django.urls import get_script_prefix

from media import pixels
from media.models.photo import originals

if TYPE_CHECKING:
    from media.models import Photo

logger = logging.getLogger(__name__)
RATIOS: dict[str, tuple[int, int] | None] = {"3x2": (3, 2), "16x9": (16, 9), "1x1": (1, 1), "full": None}
WIDTHS = (320, 480, 640, 960, 1280, 1600)
PORTRAIT_WIDTHS = (144, 176, 352)  # round portraits of 72 and 176 px, once and twice
EXTENSIONS = {"webp": "image/webp", "jpg": "image/jpeg"}
COMMON = (("3x2", 320), ("3x2", 640), ("3x2", 960), ("3x2", 1280))
FOLDER = "renditions"
LOCKS = 64


class CannotRender(Exception):
    """The original is missing or can no longer be read."""


def largest_width(photo: Photo, ratio: str) -> int:
    """The width in pixels of the largest crop of ``ratio`` that the original holds."""
    left, _top, right, _bottom = pixels.crop_box((photo.width, photo.height), RATIOS[ratio], (0.5, 0.5))
    return max(1, int(right - left))


def widths(photo: Photo, ratio: str) -> list[int]:
    """The widths in which the photo is offered, ascending: none larger than the original, whose own width ends a short row."""
    steps = sorted((*PORTRAIT_WIDTHS, *WIDTHS)) if ratio == "1x1" else WIDTHS
    largest = largest_width(photo, ratio)
    fitting = [width for width in steps if width <= largest]
    return fitting if fitting and (largest >= steps[-1] or fitting[-1] == largest) else [*fitting, largest]


def address(photo: Photo, ratio: str, width: int, extension: str = "jpg") -> str:
    """The path of the ``photos:rendition`` view for one file (put together by hand: a page holds hundreds)."""
    return f"{get_script_prefix()}photos/{photo.pk}/{photo.token}/{ratio}-{width}.{extension}"


def size(photo: Photo, ratio: str, width: int) -> tuple[int, int]:
    """Width and height of that rendition."""
    return pixels.cropped_size((photo.width, photo.height), RATIOS[ratio], width)


def sharing_image(photo: Photo | None) -> tuple[str, int, int] | None:
    """Absolute address, width and height of the picture for Open Graph and JSON-LD, 16:9 up to 1280 wide; None if it may not be shown."""
    if photo is None or not photo.is_usable():
        return None
    width = max(width for width in widths(photo, "16x9") if width <= 1280)
    return (settings.SITE_URL + address(photo, "16x9", width, "jpg"), *size(photo, "16x9", width))


def is_offered(photo: Photo, ratio: str, width: int, extension: str) -> bool:
    """There is such a rendition; every other size is unknown."""
    return ratio in RATIOS and extension in EXTENSIONS and width in widths(photo, ratio)


def read_or_make(photo: Photo, ratio: str, width: int, extension: str) -> bytes:
    """The rendition's bytes. Made once, however many ask at the same time. Raises CannotRender."""
    name = _name(photo, ratio, width, extension)
    found = _read(name)
    if found is not None:
        return found
    with _lock(name):
        found = _read(name)
        if found is None:
            found = _render(photo, ratio, width, [extension])[extension]
            _write(name, found)
    return found


def make_common(photo: Photo) -> None:
    """The sizes most pages ask for exist, as WebP; those of former focal points and credits are gone. Raises CannotRender."""
    for ratio, width in COMMON:
        if is_offered(photo, ratio, width, "webp"):
            read_or_make(photo, ratio, width, "webp")
    _forget_all_but(photo, photo.token)


def forget_files(photo: Photo) -> None:
    """The original and every rendition are removed once the transaction is through."""
    transaction.on_commit(partial(_forget_files, photo.pk, str(photo.image.name)))


def _render(photo: Photo, ratio: str, width: int, extensions: Iterable[str]) -> dict[str, bytes]:
    xmp = pixels.xmp_packet(
        credit=photo.credit_line,
        creator=photo.creator,
        rights=photo.copyright_notice,
        alt=photo.alt,
        source_type=photo.digital_source_type,
    )
    try:
        with pixels.decoding(), originals().open(str(photo.image.name), "rb") as file:
            image = pixels.load(cast("BinaryIO", file), ratio=RATIOS[ratio], width=width)
            done = pixels.crop(image, ratio=RATIOS[ratio], width=width, focal=(photo.focal_x, photo.focal_y))
            return {extension: pixels.encode(done, extension=extension, xmp=xmp) for extension in extensions}
    except Exception as error:  # a lost or rotten original raises nearly anything
        logger.exception("Photo %s cannot be rendered", photo.pk)
        raise CannotRender(str(error)) from error


# --- Files ----------------------------------------------------------------------------------------------------------


def _name(photo: Photo, ratio: str, width: int, extension: str) -> str:
    return f"{FOLDER}/{photo.pk}/{photo.token}/{ratio}-{width}.{extension}"


def _read(name: str) -> bytes | None:
    try:
        with originals().open(name, "rb") as file:
            return cast("bytes", file.read())
    except FileNotFoundError:
        return None


def _write(name: str, data: bytes) -> None:
    """The whole file appears at once under its name, or not at all."""
    storage = originals()
    if not isinstance(storage, FileSystemStorage):
        storage.save(name, ContentFile(data, name=name))
        return
    path = Path(storage.path(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        draft.write_bytes(data)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def _lock(name: str) -> Iterator[None]:
    """One maker at a time for a name, among all threads and processes of this machine."""
    storage = originals()
    root = (
        Path(storage.location) / FOLDER
        if isinstance(storage, FileSystemStorage)
        else Path(tempfile.gettempdir()) / f"newsroom-{os.getuid()}"
    )
    folder = root / ".locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / str(zlib.crc32(name.encode()) % LOCKS)).open("ab") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _forget_all_but(photo: Photo, token: str) -> None:
    for folder in _folders(f"{FOLDER}/{photo.pk}"):
        if folder != token:
            _remove(f"{FOLDER}/{photo.pk}/{folder}")


def _forget_files(pk: int, original: str) -> None:
    originals().delete(original)
    for folder in _folders(f"{FOLDER}/{pk}"):
        _remove(f"{FOLDER}/{pk}/{folder}")


def _folders(path: str) -> list[str]:
    try:
        return originals().listdir(path)[0]
    except FileNotFoundError:
        return []


def _remove(folder: str) -> None:
    storage = originals()
    for name in storage.listdir(folder)[1]:
        storage.delete(f"{folder}/{name}")
    if isinstance(storage, FileSystemStorage):
        storage.delete(folder)  # empty now, unless another process has just made a file in it
