"""What the public sees of a photo: crops in fixed sizes, each made once and kept beside the originals, out of reach."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, cast

from django.conf import settings
from django.db import transaction
from django.urls import get_script_prefix

from media import pixels
from media import rendition_files as files
from media.models.photo import originals
from newsroom.caches import made

if TYPE_CHECKING:
    from PIL import Image

    from media.models import Photo

logger = logging.getLogger(__name__)
RATIOS: dict[str, tuple[int, int] | None] = {
    "3x2": (3, 2),
    "16x9": (16, 9),
    "1x1": (1, 1),
    "40x21": (40, 21),
    "full": None,
}
WIDTHS = (320, 480, 640, 960, 1280, 1600)
PORTRAIT_WIDTHS = (144, 176, 352)  # round portraits of 72 and 176 px, once and twice
SHARED_WIDTHS = (1200,)  # 1200 by 630. Source: https://developers.facebook.com/docs/sharing/webmasters/images
EXTENSIONS = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
MAX_SIDE = 16_000  # WebP ends at 16,383
EARLY = ("webp", "avif")  # what the job makes before anybody asks


class CannotRender(Exception):
    """The original is missing or can no longer be read."""


def largest_width(photo: Photo, ratio: str) -> int:
    """The width in pixels of the largest crop of ``ratio`` that the original holds and WebP can."""
    left, top, right, bottom = pixels.crop_box((photo.width, photo.height), RATIOS[ratio], (0.5, 0.5))
    across, down = right - left, bottom - top
    return max(1, int(across * min(1.0, MAX_SIDE / down)))


def widths(photo: Photo, ratio: str) -> list[int]:
    """The widths in which the photo is offered, ascending: none larger than the original, whose own width ends a short row."""
    steps = {"1x1": sorted((*PORTRAIT_WIDTHS, *WIDTHS)), "40x21": SHARED_WIDTHS}.get(ratio, WIDTHS)
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
    """Absolute address, width and height of the picture for Open Graph and JSON-LD, 1200 by 630 or as large as it goes; None if it may not be shown."""
    if photo is None or not photo.is_usable():
        return None
    width = widths(photo, "40x21")[0]
    return (settings.SITE_URL + address(photo, "40x21", width, "jpg"), *size(photo, "40x21", width))


def is_offered(photo: Photo, ratio: str, width: int, extension: str) -> bool:
    """There is such a rendition; every other size is unknown."""
    return ratio in RATIOS and extension in EXTENSIONS and width in widths(photo, ratio)


def common(photo: Photo) -> list[tuple[str, int]]:
    """Ratio and width of what most pages ask for: every 3:2, and the whole picture where slides show it whole."""
    ratios = ("3x2", "full") if photo.is_portrait else ("3x2",)
    return [(ratio, width) for ratio in ratios for width in widths(photo, ratio)]


@dataclass(frozen=True)
class Shown:
    """What stands at an address now. ``is_final``: it will stay so; else a smaller file of the same picture is on its way."""

    data: bytes
    extension: str
    is_final: bool = True


def shown(photo: Photo, ratio: str, width: int, extension: str) -> Shown:
    """The rendition; WebP in place of an AVIF that no job has made, since that takes too long to wait for.

    Whoever asks for AVIF reads WebP (docs/decisions/0009). A ratio that few pages ask for gets its AVIF when one does,
    if there is a worker. Raises CannotRender.
    """
    if extension != "avif":
        return Shown(read_or_make(photo, ratio, width, extension), extension)
    made = files.read(_name(photo, ratio, width, "avif"))
    if made is not None:
        return Shown(made, "avif")
    stand_in = read_or_make(photo, ratio, width, "webp")
    return Shown(stand_in, "webp", is_final=(ratio, width) not in common(photo) and not _is_coming(photo, ratio))


def _is_coming(photo: Photo, ratio: str) -> bool:
    """A worker has been asked for the AVIF of ``ratio``, once in ten minutes at most."""
    from media import jobs

    if not jobs.HAS_WORKER:
        return False
    if made.add(f"avif-{photo.pk}-{photo.token}-{ratio}", 1, 600):
        jobs.make_ratio.enqueue(photo.pk, ratio)
    return True


def read_or_make(photo: Photo, ratio: str, width: int, extension: str) -> bytes:
    """The rendition's bytes. Made once, however many ask at the same time. Raises CannotRender."""
    name = _name(photo, ratio, width, extension)
    found = files.read(name)
    if found is not None:
        return found
    with files.lock(name):
        found = files.read(name)
        if found is None:
            found = _encoded(photo, _cropped(photo, _loaded(photo, ratio, width), ratio, width), extension)
            files.keep(name, found)
    return found


def make_common(photo: Photo) -> None:
    """The sizes most pages ask for exist, as WebP and AVIF; those of former focal points and credits are gone.

    The original is read once for each ratio. Raises CannotRender.
    """
    for ratio in dict.fromkeys(ratio for ratio, _width in common(photo)):
        make_ratio(photo, ratio)
    files.forget(photo.pk, but=photo.token)


def make_ratio(photo: Photo, ratio: str) -> None:
    """Every size of ``ratio`` exists as WebP and AVIF. The original is read once. Raises CannotRender."""
    _make_all(photo, ratio, widths(photo, ratio))


def _make_all(photo: Photo, ratio: str, steps: Iterable[int]) -> None:
    names = {(step, kind): _name(photo, ratio, step, kind) for step in steps for kind in EARLY}
    missing = {wanted: name for wanted, name in names.items() if not files.exists(name)}
    if not missing:
        return
    image = _loaded(photo, ratio, max(step for step, _kind in missing))
    for (step, kind), name in missing.items():
        with files.lock(name):
            if not files.exists(name):
                files.keep(name, _encoded(photo, _cropped(photo, image, ratio, step), kind))


def colour(photo: Photo) -> str:
    """The photo's mean colour, ``#rrggbb``, from its file. Raises CannotRender."""
    return pixels.mean_colour(_loaded(photo, "full", 16))


def forget_files(photo: Photo) -> None:
    """The original and every rendition are removed once the transaction is through."""
    transaction.on_commit(partial(_forget_files, photo.pk, str(photo.image.name)))


def _forget_files(pk: int, original: str) -> None:
    originals().delete(original)
    files.forget(pk)


def _name(photo: Photo, ratio: str, width: int, extension: str) -> str:
    return f"{files.FOLDER}/{photo.pk}/{photo.token}/{ratio}-{width}.{extension}"


def _loaded(photo: Photo, ratio: str, width: int) -> Image.Image:
    """The original, decoded no larger than a crop ``width`` wide needs."""
    try:
        with pixels.decoding(), originals().open(str(photo.image.name), "rb") as file:
            return pixels.load(cast("BinaryIO", file), ratio=RATIOS[ratio], width=width)
    except Exception as error:  # a lost or rotten original raises nearly anything
        logger.exception("Photo %s cannot be rendered", photo.pk)
        raise CannotRender(str(error)) from error


def _cropped(photo: Photo, image: Image.Image, ratio: str, width: int) -> Image.Image:
    return pixels.crop(image, ratio=RATIOS[ratio], width=width, focal=(photo.focal_x, photo.focal_y))


def _encoded(photo: Photo, image: Image.Image, extension: str) -> bytes:
    xmp = pixels.xmp_packet(
        credit=photo.credit_line,
        creator=photo.creator,
        rights=photo.copyright_notice,
        alt=photo.alt,
        source_type=photo.digital_source_type,
    )
    return pixels.encode(image, extension=extension, xmp=xmp)
