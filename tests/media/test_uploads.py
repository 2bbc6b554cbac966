"""Uploaded video and sound are served in ranges; nothing outside the uploads folder is served at all."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

pytestmark = pytest.mark.django_db
DATA = bytes(range(256)) * 600
ADDRESS = "/uploads/streams/news.mp4"


@pytest.fixture(autouse=True)
def _video(_own_uploads):
    default_storage.save("streams/news.mp4", ContentFile(DATA))


def get(client, asked=None, **headers):
    if asked:
        headers["Range"] = asked
    answer = client.get(ADDRESS, headers=headers)
    return answer, b"".join(answer) if answer.streaming else answer.content


def test_the_whole_file_says_that_ranges_are_served(client):
    answer, body = get(client)
    assert (answer.status_code, answer["Accept-Ranges"], answer["Content-Type"]) == (200, "bytes", "video/mp4")
    assert body == DATA
    assert int(answer["Content-Length"]) == len(DATA)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-99", 0, 99),
        ("bytes=150000-", 150_000, 153_599),
        ("bytes=-100", 153_500, 153_599),
        ("bytes=10-999999999", 10, 153_599),
        ("bytes=-999999999", 0, 153_599),
        ("bytes=0-", 0, 153_599),
    ],
)
def test_a_range_is_answered_with_just_that_part(client, asked, first, last):
    answer, body = get(client, asked)
    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes {first}-{last}/{len(DATA)}"
    assert body == DATA[first : last + 1]
    assert int(answer["Content-Length"]) == len(body)


@pytest.mark.parametrize("asked", ["bytes=153600-", "bytes=999999999999-", "bytes=-0"])
def test_a_range_outside_the_file_is_416(client, asked):
    answer, body = get(client, asked)
    assert (answer.status_code, body) == (416, b"")
    assert answer["Content-Range"] == f"bytes */{len(DATA)}"


@pytest.mark.parametrize(
    "asked", ["bytes=0-1,5-9", "bytes=9-1", "bytes=-", "bytes=a-b", "lines=1-2", "bytes=" + "9" * 40 + "-", "bytes=²-"]
)
def test_an_odd_range_gets_the_whole_file(client, asked):
    answer, body = get(client, asked)
    assert answer.status_code == 200
    assert body == DATA


def test_a_range_of_an_older_file_gets_the_whole_file(client):
    etag = get(client)[0]["ETag"]
    assert get(client, "bytes=0-9", **{"If-Range": etag})[0].status_code == 206
    assert get(client, "bytes=0-9", **{"If-Range": '"older"'})[0].status_code == 200
    assert get(client, None, **{"If-None-Match": etag})[0].status_code == 304


def test_head_tells_the_length_without_the_file(client):
    answer = client.head(ADDRESS)
    assert (answer.status_code, answer["Content-Length"], answer.content) == (200, str(len(DATA)), b"")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "streams",
        "streams/",
        "streams/none.mp4",
        "../manage.py",
        "..%2f..%2fmanage.py",
        "streams/../../main.sqlite3",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        ".hidden",
        "streams/.hidden.mp4",
        "x" * 3000,
        "streams/news.mp4/more",
        "~root",
    ],
)
def test_anything_else_is_not_found(client, path):
    default_storage.save("streams/.hidden.mp4", ContentFile(b"x"))
    assert client.get(f"/uploads/{path}").status_code == 404


def test_a_link_out_of_the_folder_is_not_followed(client, tmp_path):
    (tmp_path / "secret.mp4").write_bytes(b"secret")
    (tmp_path / "uploads" / "streams" / "link.mp4").symlink_to(tmp_path / "secret.mp4")
    assert client.get("/uploads/streams/link.mp4").status_code == 404


@pytest.mark.parametrize("name", ["page.html", "picture.svg", "page.xhtml", "script.js", "page"])
def test_what_a_browser_might_run_is_only_offered_as_a_download(client, name):
    default_storage.save(f"streams/{name}", ContentFile(b"<script>alert(1)</script>"))
    answer = client.get(f"/uploads/streams/{name}")
    assert (answer["Content-Type"], answer["Content-Disposition"]) == ("application/octet-stream", "attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_uploads_are_only_read(client):
    assert client.post(ADDRESS).status_code == 405
