"""What the public gets: the right crop, never larger than the original, made once, and nothing of the camera in it."""

import io
import threading
from pathlib import Path

import pytest
from PIL import Image

from media import jobs, renditions
from media.ingest import ingest
from media.models import Photo
from tests.media import images

pytestmark = pytest.mark.django_db


def take(data, **given):
    return ingest(file=images.upload(data, ""), **given)


def rendered(photo, ratio, width, extension="jpg"):
    return Image.open(io.BytesIO(renditions.read_or_make(photo, ratio, width, extension)))


def demo(settings, name):
    return (Path(settings.BASE_DIR) / "media/demo/photos" / name).read_bytes()


@pytest.mark.parametrize(
    ("ratio", "size"), [("3x2", (320, 213)), ("16x9", (320, 180)), ("1x1", (320, 320)), ("full", (320, 200))]
)
@pytest.mark.parametrize(("extension", "kind"), [("avif", "AVIF"), ("webp", "WEBP"), ("jpg", "JPEG")])
def test_each_ratio_comes_in_every_kind(ratio, size, extension, kind):
    image = rendered(take(images.halves((800, 500))), ratio, 320, extension)
    assert (image.size, image.format, image.mode) == (size, kind, "RGB")
    assert image.size == renditions.size(Photo.objects.get(), ratio, 320)


def test_no_width_is_offered_beyond_the_original():
    photo = take(images.picture((700, 500)))
    assert renditions.widths(photo, "full") == [320, 480, 640, 700]
    assert renditions.widths(photo, "1x1") == [144, 176, 320, 352, 480, 500]
    assert renditions.widths(take(images.picture((100, 90))), "3x2") == [100]
    assert renditions.widths(take(images.picture((4000, 3000))), "3x2") == [320, 480, 640, 960, 1280, 1600]


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (2, 3)])
def test_pictures_of_strange_shapes_are_rendered_too(size):
    photo = take(images.picture(size, kind="PNG"))
    for ratio in renditions.RATIOS:
        for width in renditions.widths(photo, ratio):
            assert rendered(photo, ratio, width).size == renditions.size(photo, ratio, width)


@pytest.mark.parametrize(("focal_x", "kept"), [(0.0, "red"), (0.1, "red"), (0.9, "blue"), (1.0, "blue")])
def test_crops_keep_the_focal_point(focal_x, kept):
    photo = take(images.halves((960, 320)), focal_x=focal_x)
    red, _green, blue = rendered(photo, "1x1", 320).getpixel((160, 160))
    assert ("red" if red > blue else "blue") == kept


def test_the_focal_point_counts_from_the_upright_picture():
    image = Image.new("RGB", (320, 960), "red")  # upright: 960 wide, red on the left once turned
    image.paste("blue", (0, 0, 320, 480))
    tags = image.getexif()
    tags[0x0112] = 6
    file = io.BytesIO()
    image.save(file, "JPEG", exif=tags)
    photo = take(file.getvalue(), focal_x=0.0)

    assert (photo.width, photo.height) == (960, 320)
    red, _green, blue = rendered(photo, "1x1", 320).getpixel((160, 160))
    assert red > blue


@pytest.mark.parametrize("name", ["market.jpg", "crowd.jpg"])
@pytest.mark.parametrize("extension", ["avif", "webp", "jpg"])
def test_no_public_file_says_where_or_with_what_it_was_taken(settings, name, extension):
    original = demo(settings, name)
    assert b"TEST-0001" in original
    photo = take(original)
    for ratio in renditions.RATIOS:
        data = renditions.read_or_make(photo, ratio, 640, extension)
        image = Image.open(io.BytesIO(data))
        assert b"TEST-0001" not in data
        assert b"Exif" not in data
        assert b"GPS" not in data
        assert not dict(image.getexif())
        assert set(image.info) <= {
            "xmp",
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
            "loop",
            "background",
            "timestamp",
            "duration",
        }


@pytest.mark.parametrize("extension", ["avif", "webp", "jpg"])
def test_public_files_carry_credit_rights_alt_and_source_type(settings, extension):
    photo = take(demo(settings, "market.jpg"))
    image = rendered(photo, "3x2", 320, extension)
    tags = image.getxmp()["xmpmeta"]["RDF"]["Description"]

    assert tags["Credit"] == "Newsroom Illustration"
    assert tags["rights"]["Alt"]["li"]["text"] == "CC0 1.0, no rights reserved"
    assert tags["AltTextAccessibility"]["Alt"]["li"]["text"] == photo.alt
    assert tags["DigitalSourceType"].endswith("digitalCreation")


def test_markup_in_a_credit_does_not_break_the_packet():
    image = rendered(take(images.picture((400, 300)), credit="<b>&\x00</rdf:RDF>"), "3x2", 320)
    assert image.getxmp()["xmpmeta"]["RDF"]["Description"]["Credit"] == "<b>&</rdf:RDF>"


def test_a_see_through_picture_stands_on_white():
    photo = take(images.picture((400, 300), mode="RGBA", kind="PNG", colour=(255, 0, 0, 0)))
    assert min(rendered(photo, "full", 320).getpixel((50, 50))) > 250


@pytest.mark.parametrize(
    ("mode", "kind", "colour", "bright"),
    [
        ("I;16", "PNG", 65000, True),
        ("I;16", "PNG", 300, False),
        ("CMYK", "JPEG", (0, 0, 0, 0), True),
        ("CMYK", "TIFF", (0, 0, 0, 255), False),
        ("L", "PNG", 250, True),
    ],
)
def test_every_kind_of_colour_comes_out_as_it_looked(mode, kind, colour, bright):
    photo = take(images.picture((400, 300), mode=mode, kind=kind, colour=colour))
    assert (sum(rendered(photo, "full", 320).getpixel((50, 50))) > 3 * 128) is bright


def test_a_rendition_is_made_once_however_many_ask_at_once(monkeypatch):
    photo = take(images.noise((1600, 1200)))
    made, answers = [], []
    load = renditions.pixels.load
    monkeypatch.setattr(renditions.pixels, "load", lambda *a, **k: made.append(1) or load(*a, **k))
    start = threading.Barrier(50)

    def ask():
        start.wait()
        answers.append(renditions.read_or_make(photo, "3x2", 960, "jpg"))

    threads = [threading.Thread(target=ask) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(made) == 1
    assert len(answers) == 50
    assert len(set(answers)) == 1


def test_half_written_files_are_never_seen(settings):
    renditions.read_or_make(take(images.picture((400, 300))), "3x2", 320, "jpg")
    names = [
        path.name
        for path in (settings.ORIGINALS_DIR / "renditions").rglob("*")
        if path.is_file() and ".locks" not in path.parts
    ]
    assert names == ["3x2-320.jpg"]


def kept(settings, photo):
    return {path.name for path in (settings.ORIGINALS_DIR / "renditions" / str(photo.pk) / photo.token).iterdir()}


def test_the_job_makes_the_common_sizes_and_removes_those_of_a_former_focal_point(settings):
    photo = take(images.picture((1000, 700)))
    jobs.make_renditions.call(photo.pk)
    former = photo.token
    photo.focal_x = 0.1
    photo.save()
    jobs.make_renditions.call(photo.pk)
    folder = settings.ORIGINALS_DIR / "renditions" / str(photo.pk)

    assert photo.token != former
    assert [path.name for path in folder.iterdir()] == [photo.token]
    sizes = (320, 480, 640, 960, 1000)
    assert kept(settings, photo) == {f"3x2-{size}.{kind}" for size in sizes for kind in ("webp", "avif")}


def test_a_tall_photo_is_made_whole_as_well_since_slides_show_it_whole(settings):
    photo = take(images.picture((320, 640)))
    renditions.make_common(photo)
    assert kept(settings, photo) == {"3x2-320.webp", "3x2-320.avif", "full-320.webp", "full-320.avif"}


def test_the_job_decodes_the_original_once(monkeypatch):
    photo, opened = take(images.noise((1600, 1200))), []
    load = renditions.pixels.load
    monkeypatch.setattr(renditions.pixels, "load", lambda *a, **k: opened.append(1) or load(*a, **k))
    renditions.make_common(photo)
    renditions.make_common(photo)
    assert len(opened) == 1


def test_the_job_of_a_photo_that_is_gone_does_nothing():
    jobs.make_renditions.call(404)


def test_a_lost_original_cannot_be_rendered():
    photo = take(images.picture((400, 300)))
    photo.image.storage.delete(photo.image.name)
    with pytest.raises(renditions.CannotRender):
        renditions.read_or_make(photo, "3x2", 320, "jpg")


def test_a_deleted_photo_leaves_no_file_behind(settings, django_capture_on_commit_callbacks):
    photo = take(images.picture((400, 300)))
    renditions.read_or_make(photo, "3x2", 320, "jpg")
    with django_capture_on_commit_callbacks(execute=True):
        photo.delete()
    left = [path for path in settings.ORIGINALS_DIR.rglob("*") if path.is_file() and ".locks" not in path.parts]
    assert left == []
