"""What a file says about itself fills the empty fields: XMP before IPTC-IIM before EXIF, and never a position."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from media.ingest import ingest
from media.models import Photo
from tests.media import images

pytestmark = pytest.mark.django_db
CREDIT = "<photoshop:Credit>From XMP</photoshop:Credit>"


def jpeg(*, xmp=b"", iptc=b"", **exif):
    image = images.Image.new("RGB", (60, 40))
    tags = image.getexif()
    for number, value in exif.items():
        tags[int(number[1:], 16)] = value
    file = images.io.BytesIO()
    image.save(file, "JPEG", exif=tags, **({"xmp": xmp} if xmp else {}))
    data = file.getvalue()
    return images.upload(images.with_segment(data, 0xED, iptc) if iptc else data)


def caption_xmp(words):
    return f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{words}</rdf:li></rdf:Alt></dc:description>'


def test_xmp_wins_over_iptc_and_iptc_over_exif():
    records = images.iptc((1, 90, b"\x1b%G"), (2, 120, "Aus IPTC: Zürich".encode()), (2, 116, b"(c) IPTC"))
    photo = ingest(
        file=jpeg(
            xmp=images.xmp(elements=caption_xmp("From XMP")),
            iptc=records,
            x010E="From EXIF",
            x8298="(c) EXIF",
            x013B="Artist",
        )
    )

    assert (photo.caption, photo.copyright_notice, photo.creator) == ("From XMP", "(c) IPTC", "Artist")


def test_iptc_alone_is_read_in_its_own_letters():
    assert ingest(file=jpeg(iptc=images.iptc((1, 90, b"\x1b%G"), (2, 120, "Zürich".encode())))).caption == "Zürich"
    assert ingest(file=jpeg(iptc=images.iptc((2, 120, "Zürich".encode("latin-1"))), x010E="1")).caption == "Zürich"


def test_iptc_gives_keywords_place_and_time():
    records = [
        (2, 25, b"river"),
        (2, 25, b"flood"),
        (2, 25, b"river"),
        (2, 90, b"Quito"),
        (2, 101, b"Ecuador"),
        (2, 55, b"20261102"),
        (2, 60, b"091500+0200"),
    ]
    photo = ingest(file=jpeg(iptc=images.iptc(*records)))

    assert photo.keywords == ["river", "flood"]
    assert photo.place == "Quito, Ecuador"
    assert photo.taken_at == datetime(2026, 11, 2, 7, 15, tzinfo=UTC)


def test_exif_alone_is_read():
    photo = ingest(file=jpeg(x010E="A bridge", x013B="Ana", x8298="Ana 2026"))
    assert (photo.caption, photo.credit, photo.credit_line) == ("A bridge", "", "Ana")


def test_xmp_may_write_its_values_as_attributes():
    photo = ingest(
        file=jpeg(
            xmp=images.xmp(
                attributes='photoshop:Credit="Agency" photoshop:City="Lima" photoshop:DateCreated="2026-11-02"'
            )
        )
    )
    assert (photo.credit, photo.place) == ("Agency", "Lima")
    assert photo.taken_at == datetime(2026, 11, 2, 12, tzinfo=UTC)


def test_what_people_typed_wins_over_the_file():
    photo = ingest(file=jpeg(xmp=images.xmp(elements=CREDIT + caption_xmp("From XMP"))), credit="Typed", caption="")
    assert (photo.credit, photo.caption) == ("Typed", "From XMP")


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF", "TIFF"])
def test_xmp_is_read_from_every_kind_that_carries_it(kind):
    packet = images.xmp(elements=CREDIT)
    if kind == "PNG":
        info = __import__("PIL.PngImagePlugin").PngImagePlugin.PngInfo()
        info.add_itxt("XML:com.adobe.xmp", packet.decode())
        data = images.picture(kind=kind, pnginfo=info)
    else:
        data = images.picture(kind=kind, **({"tiffinfo": {700: packet}} if kind == "TIFF" else {"xmp": packet}))

    assert ingest(file=images.upload(data, f"a.{kind.lower()}")).credit == "From XMP"


HOSTILE = {
    "entities": b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
    "an outside file": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    + images.xmp(elements=caption_xmp("&a;")),
    "no XML": b"<<<>>>",
    "not UTF-8": b"\xff\xfe\xfd" * 20,
}


@pytest.mark.parametrize("packet", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_xmp_is_passed_over(packet):
    assert ingest(file=jpeg(xmp=packet, x010E="From EXIF")).caption == "From EXIF"


def test_control_characters_and_nul_in_metadata_are_dropped():
    photo = ingest(
        file=jpeg(
            iptc=images.iptc(
                (2, 120, b"one\x00two\x07"), (2, 110, b"\x00Agency \n "), (2, 55, b"99999999"), (2, 60, b"zz")
            )
        )
    )
    photo = Photo.objects.get(pk=photo.pk)
    assert (photo.caption, photo.credit, photo.taken_at) == ("onetwo", "Agency", None)


def test_markup_in_metadata_is_only_text():
    assert ingest(file=jpeg(xmp=images.xmp(elements=caption_xmp("&lt;b&gt;bold")))).caption == "<b>bold"


def test_the_demo_photo_tells_everything_but_where_the_camera_stood(settings):
    data = (Path(settings.BASE_DIR) / "media/demo/photos/market.jpg").read_bytes()
    photo = ingest(file=images.upload(data))

    assert photo.caption == "The umbrella market from above, a little after six in the morning."
    assert photo.alt.startswith("Dozens of striped umbrellas")
    assert (photo.credit, photo.creator) == ("Newsroom Illustration", "Newsroom Illustration")
    assert photo.copyright_notice == "CC0 1.0, no rights reserved"
    assert photo.digital_source_type.endswith("digitalCreation")
    assert photo.taken_at == datetime(2026, 11, 2, 9, tzinfo=UTC)
    assert photo.place == ""
