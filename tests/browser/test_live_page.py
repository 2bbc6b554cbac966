"""The live page plays: an MP4 with its captions, an HLS stream from its playlist, and sound alone."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from playwright.sync_api import expect

from media.models import Stream

pytestmark = pytest.mark.once
FOLDER = "media/demo/streams"
CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:08.000\nGood evening.\n"
PLAY = """async name => {
    const player = document.querySelector(name)
    player.muted = true
    for (const track of player.textTracks) track.mode = "showing"
    await player.play()
    while (player.currentTime < 0.3) await new Promise(go => setTimeout(go, 50))
    while (player.textTracks.length && !player.textTracks[0].cues?.length) await new Promise(go => setTimeout(go, 50))
    return [player.videoWidth ?? 0, [...player.textTracks].map(track => [track.kind, track.language, track.cues[0].text])]
}"""


@pytest.fixture
def stored(settings):
    """Puts files of the demo among the uploads."""

    def store(*names):
        for name in names:
            default_storage.save(f"streams/{name}", ContentFile((Path(settings.BASE_DIR) / FOLDER / name).read_bytes()))

    return store


def test_an_mp4_plays_with_its_captions(page, stored):
    stored("lighthouse.mp4")
    stream = Stream(title="Channel", is_on_air=True, video_file="streams/lighthouse.mp4", language="es")
    stream.captions_file.save("evening.vtt", ContentFile(CAPTIONS), save=True)
    page.goto("/live/")
    assert page.evaluate(PLAY, "video") == [480, [["captions", "es", "Good evening."]]]


def test_an_hls_stream_plays(page, stored):
    stored("lighthouse.m3u8", "lighthouse.ts")
    Stream.objects.create(title="Channel", is_on_air=True, video_url="/uploads/streams/lighthouse.m3u8")
    page.goto("/live/")
    assert page.locator("source").get_attribute("type") == "application/vnd.apple.mpegurl"
    assert page.evaluate(PLAY, "video") == [480, []]


def test_sound_plays_without_a_picture(page, stored):
    stored("tune.mp3")
    Stream.objects.create(title="Radio", is_on_air=True, audio_file="streams/tune.mp3")
    page.goto("/audio/")
    assert page.locator("video").count() == 0
    assert page.evaluate(PLAY, "audio")[0] == 0
    page.get_by_role("button", name="Pause").click()
    assert page.locator("audio").evaluate("sound => sound.paused")
    page.get_by_role("button", name="Mute", pressed=True).click()
    assert not page.locator("audio").evaluate("sound => sound.muted")
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()


def test_nothing_is_fetched_before_somebody_presses_play(page, stored):
    stored("lighthouse.mp4")
    Stream.objects.create(title="Channel", is_on_air=True, video_file="streams/lighthouse.mp4")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/live/")
    assert [url for url in asked if "/uploads/" in url] == []
