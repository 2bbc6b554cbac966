"""Live and audio: what is on air plays in every page's header and on its own page; off air a sentence says what is next."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from media import renditions
from media.models import Stream
from newsroom import frame
from tests.factories import PhotoFactory, UserFactory

pytestmark = pytest.mark.django_db


def video(**fields):
    return Stream.objects.create(
        **{"title": "Channel", "is_on_air": True, "video_url": "https://example.org/a.m3u8", **fields}
    )


def sound(**fields):
    return Stream.objects.create(
        **{"title": "Radio", "is_on_air": True, "audio_url": "https://example.org/a.mp3", **fields}
    )


def test_streams_on_air_stand_in_the_frame_in_their_order():
    second, first = video(position=2), sound(position=1)
    video(is_on_air=False)
    assert list(frame.current().streams) == [first, second]


def test_putting_a_stream_off_air_changes_the_frame_at_once():
    stream = video()
    assert frame.current().streams == [stream]
    stream.is_on_air = False
    stream.save()
    assert frame.current().streams == []


def test_live_shows_pictures_and_audio_shows_sound(client):
    picture, radio = video(), sound()
    both = video(title="Both", audio_url="https://example.org/b.mp3", position=3)

    live, audio = client.get("/live/"), client.get("/audio/")
    assert (live.status_code, audio.status_code) == (200, 200)
    assert (live.context["stream"], live.context["streams"]) == (picture, [picture, both])
    assert (audio.context["stream"], audio.context["streams"]) == (radio, [radio, both])
    assert "https://example.org/a.m3u8" in live.content.decode()
    assert "<video" not in audio.content.decode()


def test_another_channel_has_its_own_address(client):
    video()
    other = video(title="Other", position=5)
    assert client.get(f"/live/?channel={other.pk}").context["stream"] == other


@pytest.mark.parametrize("channel", ["0", "x", "999", "9" * 30, "²"])
def test_a_channel_that_is_not_on_air_is_not_found(client, channel):
    video()
    assert client.get(f"/live/?channel={channel}").status_code == 404


@pytest.mark.parametrize(("code", "words"), [("en", "in English."), ("es", "en inglés.")])
def test_the_language_of_the_captions_stands_as_the_page_writes_it(client, code, words):
    video(captions_file="streams/evening.vtt", language="en")
    assert words in client.get(f"/live/?lang={code}").content.decode()


@pytest.mark.parametrize("address", ["/live/", "/audio/"])
def test_off_air_the_page_says_what_is_next(client, address):
    now = timezone.now()
    video(is_on_air=False, starts_at=now - timedelta(hours=1))
    soon = video(is_on_air=False, programme_title="The Long Table", starts_at=now + timedelta(hours=1))
    video(is_on_air=False, starts_at=now + timedelta(hours=2))
    answer = client.get(address)

    assert (answer.context["on_air"], answer.context["stream"], answer.context["next_stream"]) == (False, None, soon)
    html = answer.content.decode()
    assert "Next: <bdi>The Long Table</bdi> at <time" in html
    assert "While you" not in html


def test_off_air_a_programme_of_another_day_is_named_with_it(client):
    soon = video(is_on_air=False, starts_at=timezone.now() + timedelta(days=3))
    assert f"{soon.starts_at.year}, {soon.starts_at:%H:%M}</time>" in client.get("/live/").content.decode()


def test_the_pages_are_the_same_for_everyone_and_set_no_cookie(client):
    video()
    anonymous = client.get("/live/")
    assert not anonymous.cookies
    client.force_login(UserFactory())
    assert client.get("/live/").content == anonymous.content


def test_a_stream_plays_its_address_before_its_file():
    stream = Stream(title="Channel", video_file="streams/a.mp4", audio_file="streams/a.mp3")
    assert (stream.video_src, stream.audio_src) == ("/uploads/streams/a.mp4", "/uploads/streams/a.mp3")
    stream.video_url = "https://example.org/a.m3u8"
    assert stream.video_src == "https://example.org/a.m3u8"
    assert Stream(title="Channel").video_src == ""


def test_the_desk_puts_a_stream_on_air_only_with_something_to_play(client):
    client.force_login(UserFactory(role="Photo editor"))
    form = {"title": "Channel", "language": "en", "position": "0", "is_on_air": "on"}
    answer = client.post("/admin/media/stream/add/", form)
    assert "needs an address or a file" in answer.content.decode()
    assert (
        client.post("/admin/media/stream/add/", {**form, "video_url": "https://example.org/a.m3u8"}).status_code == 302
    )
    assert Stream.objects.on_air().count() == 1
    assert client.get("/admin/media/stream/").status_code == 200


@pytest.mark.parametrize("address", ["/live/", "/audio/"])
def test_every_channel_the_page_links_answers(client, address):
    video(audio_url="https://example.org/b.mp3")
    sound()
    video(is_on_air=False, starts_at=timezone.now() + timedelta(hours=1))
    for query in re.findall(r'href="[^"]*(\?channel=\d+)"', client.get(address).content.decode()):
        assert client.get(address + query).status_code == 200


def test_the_still_leaves_the_page_with_its_right(client):
    photo = PhotoFactory(size=(1600, 900))
    video(poster=photo)
    assert f'poster="{renditions.address(photo, "16x9", 960)}"' in client.get("/live/").content.decode()
    photo.do_not_publish = True
    photo.save()
    assert "poster=" not in client.get("/live/").content.decode()
