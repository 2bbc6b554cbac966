"""Photos and uploads behave the same on a disk and in an S3 bucket: every test runs on both, the bucket on a real server process."""

import io
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from PIL import Image

from media import ingest, jobs, renditions
from media.bucket import BucketStorage
from media.models import Photo, Stream
from tests.factories import LiveArticleFactory, PhotoFactory, UserFactory
from tests.media import images

pytestmark = [pytest.mark.django_db, pytest.mark.once]
on_both = pytest.mark.usefixtures("place")
DATA = bytes(range(256)) * 600
BUCKET = "newsroom-test"
KEYS = {"access_key": "tester", "secret_key": "tester", "region_name": "us-east-1"}


def free_port():
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        return plug.getsockname()[1]


def wait_for(port, server):
    for _try in range(300):
        assert server.poll() is None, "moto_server ended by itself."
        try:
            socket.create_connection(("127.0.0.1", port), timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("moto_server did not answer in time.")


@pytest.fixture(scope="module")
def s3_server(tmp_path_factory):
    """The address of an S3 server of its own."""
    program = shutil.which("moto_server", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    port = free_port()
    with (tmp_path_factory.mktemp("s3") / "log").open("wb") as log:
        server = subprocess.Popen([program, "-H", "127.0.0.1", "-p", str(port)], stdout=log, stderr=log)
        try:
            wait_for(port, server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.kill()
            server.wait()


@pytest.fixture
def bucket(s3_server):
    """A client of an empty bucket."""
    named = {"aws_access_key_id": "tester", "aws_secret_access_key": "tester", "region_name": "us-east-1"}
    client = boto3.client("s3", endpoint_url=s3_server, **named)
    client.create_bucket(Bucket=BUCKET)
    yield client
    for entry in client.list_objects_v2(Bucket=BUCKET).get("Contents", ()):
        client.delete_object(Bucket=BUCKET, Key=entry["Key"])
    client.delete_bucket(Bucket=BUCKET)
    client.close()


@pytest.fixture(params=["disk", "bucket"])
def place(request, monkeypatch):
    """Uploads and originals lie on a disk, or in a bucket as settings.py would set it up."""
    if request.param == "disk":
        return request.param
    request.getfixturevalue("bucket")
    given = {"bucket_name": BUCKET, "endpoint_url": request.getfixturevalue("s3_server"), **KEYS}
    rest = {"file_overwrite": False, "default_acl": None}
    public, private = (BucketStorage(location=folder, **given, **rest) for folder in ("uploads", "originals"))
    storages["default"], storages["originals"], default_storage.exists("")  # they are there to be replaced
    monkeypatch.setitem(storages._storages, "default", public)
    monkeypatch.setitem(storages._storages, "originals", private)
    monkeypatch.setattr(default_storage, "_wrapped", public)
    monkeypatch.setattr(Photo._meta.get_field("image"), "storage", private)
    return request.param


def originals_left():
    """Every original and rendition there is, locks aside."""
    found, folders = [], [""]
    while folders:
        folder = folders.pop()
        try:
            inside, names = storages["originals"].listdir(folder)
        except FileNotFoundError:
            continue
        folders += [f"{folder}{name}/" for name in inside if name not in {".locks", "."}]
        found += [folder + name for name in names]
    return found


@on_both
def test_the_original_is_kept_byte_for_byte():
    data = images.noise((640, 480))
    photo = ingest.ingest(file=images.upload(data))
    with Photo.objects.get(pk=photo.pk).image.open() as file:
        assert file.read() == data


@on_both
@pytest.mark.parametrize("kind", ["avif", "webp", "jpg"])
def test_renditions_are_made_kept_and_served(client, kind):
    photo = PhotoFactory(size=(800, 600))
    jobs.make_renditions.call(photo.pk)
    answer = client.get(renditions.address(photo, "3x2", 320, kind))
    assert (answer.status_code, answer["Content-Type"]) == (200, renditions.EXTENSIONS[kind])
    assert Image.open(io.BytesIO(answer.content)).size == (320, 213)
    assert f"renditions/{photo.pk}/{photo.token}/3x2-320.{kind}" in originals_left()


@on_both
def test_a_rendition_is_made_once(monkeypatch):
    photo, made = PhotoFactory(size=(800, 600)), []
    load = renditions.pixels.load
    monkeypatch.setattr(renditions.pixels, "load", lambda *a, **k: made.append(1) or load(*a, **k))
    assert len({renditions.read_or_make(photo, "3x2", 640, "jpg") for _ask in range(5)}) == 1
    assert len(made) == 1


@on_both
def test_what_another_machine_made_meanwhile_is_not_kept_twice():
    photo = PhotoFactory(size=(800, 600))
    data = renditions.read_or_make(photo, "3x2", 640, "jpg")
    renditions.files.keep(f"renditions/{photo.pk}/{photo.token}/3x2-640.jpg", data)
    assert len([name for name in originals_left() if "renditions/" in name]) == 1


@on_both
def test_a_new_focal_point_removes_the_former_renditions():
    photo = PhotoFactory(size=(400, 300))
    jobs.make_renditions.call(photo.pk)
    former = photo.token
    photo.focal_x = 0.1
    photo.save()
    jobs.make_renditions.call(photo.pk)
    assert not any(former in name for name in originals_left())
    assert any(photo.token in name for name in originals_left())


@on_both
def test_a_replaced_file_is_what_readers_get_and_the_former_is_gone(client, django_capture_on_commit_callbacks):
    photo = PhotoFactory(data=images.picture((600, 400), colour="red"))
    address = LiveArticleFactory(photos=[photo]).get_absolute_url()
    former = photo.image.name
    file = images.upload(images.picture((900, 600), colour="blue"))
    with django_capture_on_commit_callbacks(execute=True):
        ingest.replace(photo, file=file, examined=ingest.examine(file))
    photo.refresh_from_db()

    assert former not in originals_left()
    assert photo.token in client.get(address).content.decode()
    answer = client.get(renditions.address(photo, "3x2", 640, "jpg"))
    red, _green, blue = Image.open(io.BytesIO(answer.content)).getpixel((9, 9))
    assert blue > red + 150


@on_both
def test_a_deleted_photo_leaves_nothing(django_capture_on_commit_callbacks):
    photo = PhotoFactory(size=(400, 300))
    jobs.make_renditions.call(photo.pk)
    assert originals_left()
    with django_capture_on_commit_callbacks(execute=True):
        photo.delete()
    assert originals_left() == []


@on_both
def test_a_refused_or_doubled_file_leaves_nothing_behind():
    photo = PhotoFactory(data=images.picture((400, 300)))
    for data in (images.noise()[:500], b"", images.picture((400, 300))):
        with pytest.raises(ingest.PhotoRefused):
            ingest.ingest(file=images.upload(data))
    assert originals_left() == [photo.image.name]


@on_both
def test_a_lost_original_is_a_404_and_the_page_stands(client):
    photo = PhotoFactory(size=(400, 300))
    address = LiveArticleFactory(photos=[photo]).get_absolute_url()
    photo.image.storage.delete(photo.image.name)
    assert client.get(address).status_code == 200
    assert client.get(renditions.address(photo, "3x2", 320, "jpg")).status_code == 404


@on_both
def test_the_desk_uploads_and_sees_a_photo(client):
    client.force_login(UserFactory(role="Photo editor"))
    answer = client.post("/admin/media/photo/upload/", {"file": images.upload(images.noise(), "a.jpg")})
    assert answer.status_code == 201
    assert client.get(answer.json()["thumb"])["Content-Type"] == "image/jpeg"


@on_both
def test_public_files_have_their_address_on_this_site(client):
    stream = Stream(title="Channel", is_on_air=True)
    stream.video_file.save("news bulletin é.mp4", ContentFile(DATA), save=True)
    assert stream.video_src.startswith("/uploads/streams/news_bulletin_")
    assert stream.video_src in client.get("/live/").content.decode()
    answer = client.get(stream.video_src)
    assert (answer.status_code, answer["Content-Type"], answer["Accept-Ranges"]) == (200, "video/mp4", "bytes")
    assert b"".join(answer) == DATA


@on_both
@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-0", 0, 0), ("bytes=150000-", 150_000, 153_599), ("bytes=-100", 153_500, 153_599)],
)
def test_ranges_are_served(client, asked, first, last):
    default_storage.save("streams/news.mp4", ContentFile(DATA))
    answer = client.get("/uploads/streams/news.mp4", headers={"Range": asked})
    assert (answer.status_code, answer["Content-Range"]) == (206, f"bytes {first}-{last}/{len(DATA)}")
    assert b"".join(answer) == DATA[first : last + 1]
    assert client.get("/uploads/streams/news.mp4", headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert client.get("/uploads/streams/news.mp4", headers={"Range": "bytes=153600-"}).status_code == 416


@on_both
@pytest.mark.parametrize(
    "path",
    [
        "none.mp4",
        "streams",
        "streams/",
        "../originals/x",
        "..%2foriginals/x",
        ".hidden",
        "x" * 3000,
        "/etc/passwd",
        "a//b",
        "~",
    ],
)
def test_nothing_else_is_found(client, path):
    default_storage.save("streams/news.mp4", ContentFile(DATA))
    assert client.get(f"/uploads/{path}").status_code == 404


@on_both
def test_originals_have_no_public_address(client):
    photo = PhotoFactory()
    assert client.get(photo.image.url).status_code == 404
    assert client.get(f"/uploads/../originals/{photo.image.name}").status_code == 404


@on_both
@pytest.mark.parametrize("name", ["page.html", "picture.svg"])
def test_what_a_browser_might_run_is_a_download(client, name):
    default_storage.save(name, ContentFile(b"<script>alert(1)</script>"))
    answer = client.get(f"/uploads/{name}")
    assert (answer["Content-Type"], answer["Content-Disposition"]) == ("application/octet-stream", "attachment")
    answer.close()


TRY = """
import django; django.setup()
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from newsroom import health
health.uploads()
default_storage.save("a.txt", ContentFile(b"public"))
storages["originals"].save("b.txt", ContentFile(b"private"))
"""


def test_the_variables_of_the_settings_lead_to_the_bucket(bucket, s3_server, clean_environment, project_root, tmp_path):
    given = {
        "DJANGO_SETTINGS_MODULE": "newsroom.settings", "DEBUG": "true", "DATABASE_URL": f"sqlite:///{tmp_path}/a.sqlite3",
        "UPLOADS_S3_BUCKET": BUCKET, "UPLOADS_S3_ENDPOINT": s3_server, "UPLOADS_S3_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "tester", "AWS_SECRET_ACCESS_KEY": "tester",
    }  # fmt: skip
    subprocess.run(
        [sys.executable, "-c", TRY], cwd=project_root, env={**clean_environment, **given}, check=True, timeout=60
    )
    keys = {entry["Key"] for entry in bucket.list_objects_v2(Bucket=BUCKET)["Contents"]}
    assert keys == {"uploads/a.txt", "originals/b.txt"}
