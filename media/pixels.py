"""Pure functions over picture bytes: open with care, turn upright, bring to sRGB, crop, encode."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO
from xml.sax.saxutils import escape

from PIL import Image, ImageCms

from media import heic
from newsroom.text import without_control

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "TIFF", *(("HEIF",) if heic.IS_READ else ()))
MAX_ALT = 4000
STRIP = 64  # rows of the smaller picture
WEBP_QUALITY = 80
JPEG_QUALITY = 82
# On the demo's photos, 960 wide: a fifth smaller than the WebP at the same error. Speed 8 takes half the time, but smooth
# pictures grow larger than their WebP; speed 6 saves some more and takes half as long again.
AVIF = {"quality": 54, "speed": 7, "subsampling": "4:2:0", "max_threads": 1}
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_decoders = threading.BoundedSemaphore(2)  # a large picture takes hundreds of megabytes while it is decoded
Box = tuple[float, float, float, float]


@contextmanager
def decoding() -> Iterator[None]:
    """At most two pictures are decoded at once in this process; others wait."""
    with _decoders:
        yield


def open_header(file: BinaryIO) -> Image.Image:
    """The picture with size, mode and metadata known and no pixel decoded. Raises what Pillow raises."""
    file.seek(0)
    return Image.open(file, formats=FORMATS)


def orientation(image: Image.Image) -> int:
    """The EXIF orientation, 1 to 8; 1 when it is missing or broken."""
    try:
        value = image.getexif().get(0x0112, 1)
    except Exception:  # noqa: BLE001  broken EXIF raises nearly anything; an unreadable turn is no turn
        return 1
    return value if value in _UPRIGHT else 1


def upright_size(image: Image.Image) -> tuple[int, int]:
    """Width and height as people will see the picture."""
    width, height = image.size
    return (height, width) if orientation(image) >= 5 else (width, height)


def to_srgb(image: Image.Image) -> Image.Image:
    """The picture as 8-bit RGB in sRGB, whatever it was: CMYK, 16 bit, palette, Lab, transparent (over white)."""
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I;16"):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    elif image.mode in ("I", "F"):
        _low, high = image.getextrema()
        scale = 1 / 256 if float(high) > 255 else 1.0  # type: ignore[arg-type]  # one band: two numbers
        image = image.point(lambda value: value * scale).convert("L")
    if image.mode == "LAB":
        return ImageCms.applyTransform(image, _lab_to_srgb()) or image
    if image.mode in ("P", "PA", "LA", "La", "RGBa") or "transparency" in image.info:
        image = image.convert("RGBA")
    if image.mode == "RGBA":
        image = _over_white(image)
    if profile and image.mode in ("RGB", "CMYK", "L"):
        image = _by_profile(image, profile)
    return image if image.mode == "RGB" else image.convert("RGB")


def mean_colour(image: Image.Image) -> str:
    """The picture's mean colour in sRGB as ``#rrggbb``. Raises what Pillow raises for a kind of colour it cannot show."""
    small = to_srgb(image.resize((16, 16), Image.Resampling.BOX) if image.mode not in {"P", "PA", "1"} else image)
    red, green, blue = small.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))  # type: ignore[misc]  # it is RGB
    return f"#{red:02x}{green:02x}{blue:02x}"


def _over_white(image: Image.Image) -> Image.Image:
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _lab_to_srgb() -> ImageCms.ImageCmsTransform:
    return ImageCms.buildTransform(ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), "LAB", "RGB")


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image:
    """Converted by its colour profile; unchanged if the profile is broken or made for another kind of picture."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        done = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return image
    return done or image


def crop_box(size: tuple[int, int], ratio: tuple[int, int] | None, focal: tuple[float, float]) -> Box:
    """The largest box of ``ratio`` inside ``size`` whose middle is as near the focal point as the edges allow."""
    width, height = size
    if ratio is None:
        return 0.0, 0.0, float(width), float(height)
    wide = min(float(width), height * ratio[0] / ratio[1])
    high = min(float(height), width * ratio[1] / ratio[0])
    left = min(max(focal[0] * width - wide / 2, 0.0), width - wide)
    top = min(max(focal[1] * height - high / 2, 0.0), height - high)
    return left, top, left + wide, top + high


def cropped_size(size: tuple[int, int], ratio: tuple[int, int] | None, width: int) -> tuple[int, int]:
    """Pixels of a crop ``width`` wide: the height by the ratio (the picture's own for None), at least 1."""
    across, down = ratio or size
    return width, max(1, round(width * down / across))


def load(file: BinaryIO, *, ratio: tuple[int, int] | None, width: int) -> Image.Image:
    """The picture upright in sRGB, large enough for a crop ``width`` wide. A JPEG is decoded no larger than needed."""
    image = open_header(file)
    turn = _UPRIGHT.get(orientation(image))
    left, _top, right, _bottom = crop_box(upright_size(image), ratio, (0.5, 0.5))
    spare = max(
        1, int((right - left) / (2 * width))
    )  # twice the pixels stay, so that the last reduction is a clean one
    image.draft("RGB", (max(1, image.width // spare), max(1, image.height // spare)))
    small = _reduced(image, spare) if spare > 1 and image.format != "JPEG" else to_srgb(image)
    small.load()  # now, while the file is open
    return small if turn is None else small.transpose(turn)


def _reduced(image: Image.Image, factor: int) -> Image.Image:
    """The picture in sRGB, ``factor`` times smaller, converted strip by strip: a large one is never copied whole."""
    if image.mode in {"I", "F"}:  # their brightest point must be known first
        return to_srgb(image).reduce(factor)
    small = Image.new("RGB", (-(-image.width // factor), -(-image.height // factor)))
    for top in range(0, image.height, factor * STRIP):
        strip = image.crop((0, top, image.width, min(top + factor * STRIP, image.height)))
        small.paste(to_srgb(strip).reduce(factor), (0, top // factor))
    return small


def crop(image: Image.Image, *, ratio: tuple[int, int] | None, width: int, focal: tuple[float, float]) -> Image.Image:
    """A new picture ``width`` wide in ``ratio`` round the focal point, without any metadata."""
    box = crop_box(image.size, ratio, focal)
    done = image.resize(cropped_size(image.size, ratio, width), Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
    done.info.clear()
    return done


def encode(image: Image.Image, *, extension: str, xmp: bytes) -> bytes:
    """The file's bytes, "avif", "webp" or "jpg", holding the pixels and ``xmp`` and nothing else."""
    out = io.BytesIO()
    if extension == "webp":
        image.save(out, "WEBP", quality=WEBP_QUALITY, method=4, xmp=xmp)
    elif extension == "avif":
        image.save(out, "AVIF", xmp=xmp, **AVIF)
    else:
        image.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True, xmp=xmp)
    return out.getvalue()


def xmp_packet(*, credit: str, creator: str, rights: str, alt: str, source_type: str) -> bytes:
    """An XMP packet with what a public file says about itself: who made it, who owns it, what it shows, how it was made.

    The alt text is cut to its first 4,000 characters: a JPEG holds 64 kB of XMP at most.
    Source: IPTC Photo Metadata Standard 2023.2.
    """
    lines = [
        f"<photoshop:Credit>{_xml(credit)}</photoshop:Credit>" if credit else "",
        f"<dc:creator><rdf:Seq><rdf:li>{_xml(creator)}</rdf:li></rdf:Seq></dc:creator>" if creator else "",
        _localised("dc:rights", rights),
        _localised("Iptc4xmpCore:AltTextAccessibility", alt[:MAX_ALT]),
        f"<Iptc4xmpExt:DigitalSourceType>{_xml(source_type)}</Iptc4xmpExt:DigitalSourceType>" if source_type else "",
    ]
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
        ' xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"'
        ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">'
        f'{"".join(lines)}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    ).encode()


def _localised(name: str, value: str) -> str:
    return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{_xml(value)}</rdf:li></rdf:Alt></{name}>' if value else ""


def _xml(value: str) -> str:
    return escape(without_control(value))
