"""Colours and sides come out as they were meant, pixel by pixel: CMYK, wide gamut, 16 bits, see-through, turned."""

import io
import struct

import pytest
from PIL import Image, ImageCms

from media import renditions
from media.ingest import ingest
from tests.media import images

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # pixels and markup are the same over both databases
# Display P3's primaries under D50. Source: ICC, "Display P3" profile, tags rXYZ, gXYZ, bXYZ.
P3 = {b"rXYZ": (0.51512, 0.24120, -0.00105), b"gXYZ": (0.29198, 0.69225, 0.04189), b"bXYZ": (0.15710, 0.06657, 0.78407)}


def display_p3():
    """The sRGB profile with other primaries, as bytes: the two share their curve."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for entry in range(struct.unpack(">I", data[128:132])[0]):
        name, offset, _size = struct.unpack(">4sII", data[132 + 12 * entry : 144 + 12 * entry])
        if name in P3:
            data[offset + 8 : offset + 20] = struct.pack(">3i", *(round(65536 * part) for part in P3[name]))
    return bytes(data)


def middle(data, extension="jpg"):
    photo = ingest(file=images.upload(data, ""))
    image = Image.open(io.BytesIO(renditions.read_or_make(photo, "full", 320, extension)))
    assert "icc_profile" not in image.info
    return image.convert("RGB").getpixel((160, 100))


def is_near(found, wanted, by=6):
    return all(abs(one - two) <= by for one, two in zip(found, wanted, strict=True))


@pytest.mark.parametrize(
    ("colour", "wanted"),
    [((200, 100, 60), (215, 93, 47)), ((60, 180, 90), (0, 183, 78)), ((128, 128, 128), (128, 128, 128))],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
def test_wide_gamut_is_brought_to_srgb(kind, colour, wanted):
    data = images.picture((640, 400), kind=kind, colour=colour, icc_profile=display_p3())
    assert is_near(middle(data), wanted)


@pytest.mark.parametrize(
    ("ink", "wanted"),
    [
        ((0, 0, 0, 0), (255, 255, 255)),
        ((0, 0, 0, 255), (0, 0, 0)),
        ((0, 255, 255, 0), (255, 0, 0)),
        ((255, 0, 255, 0), (0, 255, 0)),
        ((255, 255, 0, 0), (0, 0, 255)),
        ((0, 0, 0, 128), (127, 127, 127)),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_inks_become_light(kind, ink, wanted):
    assert is_near(middle(images.picture((640, 400), mode="CMYK", kind=kind, colour=ink)), wanted)


@pytest.mark.parametrize("value", [0, 257, 32_896, 65_535])
@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bits_keep_their_brightness(kind, value):
    data = images.picture((640, 400), mode="I;16", kind=kind, colour=value)
    assert is_near(middle(data), (value // 257,) * 3, by=2)


def test_half_see_through_red_stands_on_white():
    data = images.picture((640, 400), mode="RGBA", kind="PNG", colour=(255, 0, 0, 128))
    assert is_near(middle(data), (255, 127, 127))


@pytest.mark.parametrize("profile", [b"no profile", b"\0" * 200, display_p3()[:300]])
def test_a_broken_profile_leaves_the_colours_as_they_are(profile):
    data = images.picture((640, 400), colour=(200, 100, 60), icc_profile=profile)
    assert is_near(middle(data), (200, 100, 60))


def test_a_profile_for_another_kind_of_picture_is_passed_over():
    data = images.picture((640, 400), mode="CMYK", colour=(0, 255, 255, 0), icc_profile=display_p3())
    assert is_near(middle(data), (255, 0, 0))


UNDO = {
    1: None, 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270,
}  # fmt: skip


@pytest.mark.parametrize("extension", renditions.EXTENSIONS)
@pytest.mark.parametrize("turn", UNDO)
def test_every_turned_picture_stands_upright(turn, extension):
    upright = Image.new("RGB", (640, 400), "white")
    upright.paste("red", (0, 0, 320, 200))
    upright.paste("blue", (320, 200, 640, 400))
    kept = upright if UNDO[turn] is None else upright.transpose(UNDO[turn])
    tags = kept.getexif()
    tags[0x0112] = turn
    file = io.BytesIO()
    kept.save(file, "JPEG", exif=tags, quality=95)
    photo = ingest(file=images.upload(file.getvalue()))
    renditions.make_common(photo)
    shown = Image.open(io.BytesIO(renditions.shown(photo, "full", 320, extension).data)).convert("RGB")

    assert shown.size == (320, 200)
    assert is_near(shown.getpixel((60, 40)), (255, 0, 0), by=12)
    assert is_near(shown.getpixel((260, 160)), (0, 0, 255), by=12)
    assert is_near(shown.getpixel((260, 40)), (255, 255, 255), by=12)
    assert 0x0112 not in shown.getexif()


@pytest.mark.parametrize("corner", [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)])
def test_a_focal_point_in_a_corner_keeps_that_corner(corner):
    image = Image.new("RGB", (960, 960), "white")
    image.paste(
        "red", (0 if corner[0] == 0 else 860, 0 if corner[1] == 0 else 860, *(100 if c == 0 else 960 for c in corner))
    )
    file = io.BytesIO()
    image.save(file, "PNG")
    photo = ingest(file=images.upload(file.getvalue(), ""), focal_x=corner[0], focal_y=corner[1])
    for ratio in ("3x2", "16x9", "1x1"):
        shown = Image.open(io.BytesIO(renditions.read_or_make(photo, ratio, 320, "jpg")))
        at = (5 if corner[0] == 0 else 314, 5 if corner[1] == 0 else shown.height - 6)
        assert is_near(shown.getpixel(at), (255, 0, 0), by=12)
