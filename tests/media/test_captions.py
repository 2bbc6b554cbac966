"""Captions for streams: WebVTT only, offered to the player in the stream's language."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from media import sniffing
from media.models import Stream
from tests.factories import UserFactory

WEBVTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nGood evening.\n"
FORM = {
    "title": "Channel",
    "language": "es",
    "position": "0",
    "is_on_air": "on",
    "video_url": "https://example.org/a.mp4",
}


@pytest.mark.parametrize(
    "data",
    [WEBVTT, b"WEBVTT", b"\xef\xbb\xbfWEBVTT - evening\r\n", b"WEBVTT\tx\n", b"WEBVTT\r", "WEBVTT\n\nBôa".encode()],
)
def test_webvtt_is_told_by_its_first_line(data):
    assert sniffing.is_webvtt(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"1\n00:00:00,000 --> 00:00:02,000\nSubRip\n",
        b"webvtt\n",
        b" WEBVTT\n",
        b"WEBVTTX\n",
        b"\n\nWEBVTT\n",
        b"<html>WEBVTT</html>",
        b"WEBVTT\n\xff\xfe",
        b"WEBVTT\n\x00",
        WEBVTT.decode().encode("utf-16"),
    ],
)
def test_anything_else_is_not(data):
    assert not sniffing.is_webvtt(data)


def sent(client, data, name="evening.vtt", **more):
    file = SimpleUploadedFile(name, data, "text/vtt")
    return client.post("/admin/media/stream/add/", {**FORM, "captions_file": file, **more})


@pytest.mark.django_db
def test_the_desk_takes_captions_and_the_player_offers_them(client):
    client.force_login(UserFactory(role="Photo editor"))
    assert sent(client, WEBVTT).status_code == 302
    stream = Stream.objects.get()
    page = client.get("/live/").content.decode()

    assert f'<track kind="captions" src="{stream.captions_src}" srclang="es" label="Spanish">' in page
    assert "Captions are available in Spanish." in page
    answer = client.get(stream.captions_src)
    assert answer["Content-Type"] == "text/vtt"
    assert b"".join(answer) == WEBVTT


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"1\n00:00:00,000 --> 00:00:02,000\nA\n", "evening.vtt", "not in WebVTT"),
        (WEBVTT + b"x" * 2 * 1024 * 1024, "evening.vtt", "far too large"),
        (WEBVTT, "evening.srt", "File extension"),
        (b"", "evening.vtt", "empty"),
    ],
)
def test_other_files_are_refused_with_a_sentence(client, data, name, sentence):
    client.force_login(UserFactory(role="Photo editor"))
    answer = sent(client, data, name)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not Stream.objects.exists()


@pytest.mark.django_db
def test_saving_a_stream_keeps_its_captions_and_a_box_removes_them(client):
    client.force_login(UserFactory(role="Photo editor"))
    stream = Stream.objects.create(
        title="Channel", video_url=FORM["video_url"], captions_file=ContentFile(WEBVTT, "a.vtt")
    )
    address = f"/admin/media/stream/{stream.pk}/change/"
    assert client.post(address, FORM).status_code == 302
    stream.refresh_from_db()
    assert stream.captions_src
    assert client.post(address, {**FORM, "captions_file-clear": "on"}).status_code == 302
    stream.refresh_from_db()
    assert stream.captions_src == ""
    assert "<track" not in client.get("/live/").content.decode()
