"""``{% picture photo place="card" %}``: a photo in the sizes its place needs."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from media import renditions
from media.models import Photo

register = template.Library()


@dataclass(frozen=True)
class Place:
    """Where a picture stands: its ratio, how wide it is drawn, the width whose file stands behind ``src``."""

    ratio: str
    sizes: str
    width: int
    speaks: bool = False  # it has the photo's own alt text; elsewhere a headline beside it says what there is to say
    up_to: int = 1600


# Source: design brief, section 5.
PLACES = {
    "lead": Place("3x2", "(min-width:82em) 39rem, (min-width:64em) 48vw, 100vw", 960),
    "card": Place("3x2", "(min-width:64em) 22rem, (min-width:40em) 50vw, 100vw", 640, up_to=960),
    "tile": Place("3x2", "(min-width:64em) 18rem, (min-width:40em) 50vw, 6.75rem", 320, up_to=960),
    "row": Place("3x2", "(min-width:40em) 13rem, 6.75rem", 320, up_to=480),
    "slide": Place("3x2", "(min-width:82em) 58rem, (min-width:64em) 66vw, 100vw", 960, speaks=True),
    "body": Place("full", "(min-width:40em) 37.5rem, 100vw", 640, speaks=True),
    "related": Place("3x2", "7.5rem", 320, up_to=320),
    "gallery": Place("full", "(min-width:82em) 78rem, 100vw", 1280, speaks=True),
    "thumb": Place("3x2", "6.5rem", 320, up_to=320),
    "paper": Place("full", "17cm", 960, speaks=True, up_to=960),
    "poster": Place("16x9", "(min-width:64em) 66vw, 100vw", 960),
    "portrait": Place("1x1", "4.5rem", 144, up_to=176),
    "portrait-large": Place("1x1", "11rem", 176, up_to=352),
}


@register.simple_tag
def picture(photo: Photo | None, place: str = "card", alt: str | None = None, eager: bool = False) -> SafeString:
    """A ``<picture>`` in AVIF (or WebP, see media.renditions.shown) with one JPEG behind it; ``data-c`` is the colour of
    its frame while it loads. A neutral frame if the photo is missing or may not be shown. No query.

    ``alt`` left out: the photo's own in slides, bodies and galleries, empty elsewhere. Raises KeyError for an unknown place.
    """
    spot = PLACES[place]
    if photo is None or not photo.is_usable():
        return format_html('<span class="picture picture--missing picture--{}"></span>', place)
    ratio = "full" if place == "slide" and photo.is_portrait else spot.ratio
    offered = renditions.widths(photo, ratio)
    widths = [width for width in offered if width <= spot.up_to] or offered[:1]
    main = max([width for width in widths if width <= spot.width], default=widths[0])
    width, height = renditions.size(photo, ratio, main)
    return format_html(
        '<picture class="picture picture--{}{}"{}><source type="image/avif" srcset="{}" sizes="{}">'
        '<img src="{}" width="{}" height="{}" alt="{}" {}></picture>',
        place,
        " picture--whole" if ratio == "full" else "",
        format_html(' data-c="{}"', photo.colour) if photo.colour else "",
        _srcset(photo, ratio, widths),
        spot.sizes,
        renditions.address(photo, ratio, main, "jpg"),
        width,
        height,
        _alt(photo, spot) if alt is None else alt,
        EAGER if eager else LAZY,
    )


@register.simple_tag
def photo_address(photo: Photo | None, ratio: str = "16x9", width: int = 960) -> str:
    """The path of one JPEG, for a video's still or the admin; the nearest width offered. Empty if it may not be shown."""
    if photo is None or not photo.is_usable():
        return ""
    offered = renditions.widths(photo, ratio)
    return renditions.address(photo, ratio, max([step for step in offered if step <= width], default=offered[0]), "jpg")


@register.simple_tag
def made_label(photo: Photo | None) -> SafeString | str:
    """Beside the credit: that a picture was made by a machine or put together. Empty for the others. No query."""
    words = photo.made_label if photo else ""
    if not words:
        return ""
    return format_html(' <span class="credit"><span aria-hidden="true">| </span><strong>{}</strong></span>', words)


def _srcset(photo: Photo, ratio: str, widths: list[int]) -> str:
    return ", ".join(f"{renditions.address(photo, ratio, width, 'avif')} {width}w" for width in widths)


def _alt(photo: Photo, spot: Place) -> str:
    return photo.alt if spot.speaks and not photo.is_decorative else ""


EAGER = SafeString('fetchpriority="high"')  # our own words, no one's input
LAZY = SafeString('loading="lazy" decoding="async"')  # the same
