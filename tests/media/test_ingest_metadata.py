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


def test_iptc_in_utf_8_is_read_even_if_the_file_forgets_to_say_so():
    assert ingest(file=jpeg(iptc=images.iptc((2, 120, "Zürich – São".encode())))).caption == "Zürich – São"


def test_instructions_are_usage_terms_where_nothing_better_is_said():
    assert ingest(file=jpeg(iptc=images.iptc((2, 40, b"NO SALES")))).usage_terms == "NO SALES"
    packet = images.xmp(elements="<photoshop:Instructions>MANDATORY CREDIT</photoshop:Instructions>")
    assert ingest(file=jpeg(xmp=packet)).usage_terms == "MANDATORY CREDIT"


def test_exif_is_read_in_its_own_letters():
    for letters in ("utf-8", "latin-1"):
        words = "Zürich".encode(letters)
        data = jpeg(x010E="Z" * len(words)).read().replace(b"Z" * len(words), words)
        assert ingest(file=images.upload(data)).caption == "Zürich"


def test_what_one_system_adds_to_exif_is_read():
    photo = ingest(
        file=jpeg(x9C9D="Ana Ñ".encode("utf-16-le") + b"\0\0", x9C9E="río;puente;río".encode("utf-16-le") + b"\0\0")
    )
    assert (photo.creator, photo.keywords) == ("Ana Ñ", ["río", "puente"])


@pytest.mark.parametrize(
    "words", ["OLYMPUS DIGITAL CAMERA", "SONY DSC", "SAMSUNG CAMERA PICTURES", "DCIM\\100MEDIA\\DJI_0001.JPG"]
)
def test_what_a_camera_writes_into_every_picture_is_no_caption(words):
    assert ingest(file=jpeg(x010E=words)).caption == ""


def test_a_caption_about_cameras_is_one():
    assert ingest(file=jpeg(x010E="A digital camera on a table")).caption == "A digital camera on a table"


def test_a_place_is_read_from_the_structure_that_newer_programs_write():
    ext = 'xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
    place = "<ext:City>Quito</ext:City><ext:CountryName>Ecuador</ext:CountryName>"
    packet = images.xmp(
        elements=f'<ext:LocationCreated {ext}><rdf:Bag><rdf:li rdf:parseType="Resource">{place}</rdf:li></rdf:Bag></ext:LocationCreated>'
    )
    assert ingest(file=jpeg(xmp=packet)).place == "Quito, Ecuador"


def test_xmp_fills_every_field():
    ext = (
        'xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"'
    )
    packet = images.xmp(
        attributes=ext,
        elements=f"""{caption_xmp("Caption")}{CREDIT}<photoshop:Headline>Title</photoshop:Headline>
        <dc:creator><rdf:Seq><rdf:li>Ana</rdf:li><rdf:li>Ben</rdf:li></rdf:Seq></dc:creator>
        <dc:rights><rdf:Alt><rdf:li xml:lang="de">Rechte</rdf:li><rdf:li xml:lang="x-default">Rights</rdf:li></rdf:Alt></dc:rights>
        <xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang="x-default">Terms</rdf:li></rdf:Alt></xmpRights:UsageTerms>
        <core:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">Alt</rdf:li></rdf:Alt></core:AltTextAccessibility>
        <dc:subject><rdf:Bag><rdf:li>one</rdf:li><rdf:li>two</rdf:li></rdf:Bag></dc:subject>
        <photoshop:DateCreated>2026-11-02T09:15:00+02:00</photoshop:DateCreated><photoshop:City>Lima</photoshop:City>
        <ext:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture</ext:DigitalSourceType>""",
    )
    photo = ingest(file=jpeg(xmp=packet))
    said = {
        name: getattr(photo, name)
        for name in ("caption", "title", "credit", "creator", "copyright_notice", "usage_terms")
    }
    assert said == {
        "caption": "Caption", "title": "Title", "credit": "From XMP", "creator": "Ana, Ben", "copyright_notice": "Rights", "usage_terms": "Terms",
    }  # fmt: skip
    assert (photo.alt, photo.keywords, photo.place) == ("Alt", ["one", "two"], "Lima")
    assert photo.taken_at == datetime(2026, 11, 2, 7, 15, tzinfo=UTC)
    assert photo.digital_source_type.endswith("digitalCapture")


@pytest.mark.parametrize("number", range(1, 5))
def test_every_portrait_of_the_demo_tells_who_made_it_and_what_it_shows(settings, number):
    data = (Path(settings.BASE_DIR) / f"media/demo/photos/portrait-{number}.jpg").read_bytes()
    photo = ingest(file=images.upload(data))
    assert photo.credit
    assert photo.alt
    assert photo.copyright_notice
    assert photo.taken_at


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
