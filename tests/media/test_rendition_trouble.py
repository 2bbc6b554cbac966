"""When storage, originals or other processes fail, whoever asks still gets a picture, or a plain 404."""

import io
import multiprocessing
import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from PIL import Image

from media import jobs, rendition_files, renditions
from media.models import Photo
from tests.factories import LiveArticleFactory, PhotoFactory
from tests.media import images

pytestmark = pytest.mark.django_db


def refuse(*_args, **_kwargs):
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("refused", ["write_bytes", "mkdir", "open", "replace"])
def test_a_full_disk_costs_nobody_the_picture(client, monkeypatch, refused):
    photo = PhotoFactory(size=(800, 600))
    monkeypatch.setattr(Path, refused, refuse)
    for kind in renditions.EXTENSIONS:
        answer = client.get(renditions.address(photo, "3x2", 320, kind))
        assert Image.open(io.BytesIO(answer.content)).size == (320, 213)
    jobs.make_renditions.call(photo.pk)


def test_a_full_disk_leaves_no_scraps(settings, monkeypatch):
    photo = PhotoFactory(size=(800, 600))
    monkeypatch.setattr(Path, "replace", refuse)
    renditions.read_or_make(photo, "3x2", 320, "webp")
    left = [path for path in (settings.ORIGINALS_DIR / "renditions").rglob("*") if path.is_file()]
    assert [path for path in left if ".locks" not in path.parts] == []


def test_a_rendition_that_cannot_be_read_is_made_again(settings):
    photo = PhotoFactory(size=(800, 600))
    path = settings.ORIGINALS_DIR / rendition_files.FOLDER / str(photo.pk) / photo.token / "3x2-320.webp"
    path.mkdir(parents=True)  # a folder where the file should be
    assert Image.open(io.BytesIO(renditions.read_or_make(photo, "3x2", 320, "webp"))).size == (320, 213)


def test_lost_renditions_come_back_by_themselves(client, settings):
    photo = PhotoFactory(size=(800, 600))
    address = LiveArticleFactory(photos=[photo]).get_absolute_url()
    renditions.make_common(photo)
    shutil.rmtree(settings.ORIGINALS_DIR / rendition_files.FOLDER)

    assert client.get(address).status_code == 200
    for kind in renditions.EXTENSIONS:
        assert client.get(renditions.address(photo, "3x2", 320, kind)).status_code == 200


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(path.read_bytes()[:900])])
def test_a_page_stands_when_its_original_is_gone_or_cut_short(client, damage):
    photo = PhotoFactory(data=images.noise((800, 600)))
    address = LiveArticleFactory(photos=[photo]).get_absolute_url()
    renditions.make_common(photo)
    damage(Path(photo.image.path))

    assert client.get(address).status_code == 200
    assert client.get(renditions.address(photo, "3x2", 320, "avif")).status_code == 200  # made while it was whole
    assert client.get(renditions.address(photo, "16x9", 320, "jpg")).status_code == 404
    jobs.make_renditions.call(photo.pk)


def test_alt_text_of_any_length_fits_into_the_file():
    photo = PhotoFactory(size=(400, 300), alt="Ω" * 60_000)
    for kind in renditions.EXTENSIONS:
        assert renditions.shown(photo, "3x2", 320, kind).data


def test_two_processes_make_a_rendition_once(tmp_path, monkeypatch):
    photo = PhotoFactory(data=images.noise((1600, 1200)))
    load = renditions.pixels.load

    def counted(*args, **kwargs):
        with (tmp_path / "made").open("a") as file:
            file.write("x")
        return load(*args, **kwargs)

    monkeypatch.setattr(renditions.pixels, "load", counted)
    processes = multiprocessing.get_context("fork")
    asked = [processes.Process(target=renditions.read_or_make, args=(photo, "3x2", 960, "jpg")) for _ in range(4)]
    for process in asked:
        process.start()
    for process in asked:
        process.join(60)
    assert [process.exitcode for process in asked] == [0] * 4
    assert (tmp_path / "made").read_text() == "x"


def test_the_command_makes_what_is_missing_and_names_what_it_cannot_read(settings, capsys):
    lost, whole = PhotoFactory(size=(800, 600)), PhotoFactory(size=(640, 480))
    Path(lost.image.path).unlink()
    Photo.objects.update(colour="")
    call_command("make_renditions")

    said = capsys.readouterr()
    assert f"Photo {lost.pk} cannot be read" in said.err
    assert "except 1" in said.out
    assert (settings.ORIGINALS_DIR / rendition_files.FOLDER / str(whole.pk) / whole.token / "3x2-640.avif").exists()
    assert Photo.objects.get(pk=whole.pk).colour == whole.colour
