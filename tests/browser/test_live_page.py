"""The live page plays: an MP4 with its captions, an HLS stream from its playlist, and sound alone."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
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
def stored():
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


def test_the_buttons_over_the_picture_play_mute_and_show_captions(page, stored):
    """By the keyboard alone; nothing plays before, and the frame's buttons stand for the browser's own."""
    stored("lighthouse.mp4")
    stream = Stream(title="Channel", is_on_air=True, video_file="streams/lighthouse.mp4", language="en")
    stream.captions_file.save("evening.vtt", ContentFile(CAPTIONS), save=True)
    page.goto("/live/")
    video = page.locator("video")
    assert not video.evaluate("video => video.controls || !video.paused")
    for name in ("Mute", "Captions", "Full screen"):
        button = page.get_by_role("button", name=name, pressed=False)
        button.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name=name, pressed=True)).to_be_visible()
    assert page.evaluate("document.fullscreenElement.className").startswith("player__frame")
    assert video.evaluate("video => [video.muted, video.textTracks[0].mode]") == [True, "showing"]
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Full screen", pressed=False)).to_be_visible()
    page.get_by_role("button", name="Play").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Pause")).to_be_focused()
    assert not video.evaluate("video => video.paused")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Play")).to_be_focused()


def test_over_a_moving_picture_the_buttons_leave_until_somebody_is_there(page, stored):
    stored("lighthouse.mp4")
    Stream.objects.create(title="Channel", is_on_air=True, video_file="streams/lighthouse.mp4")
    page.goto("/live/")
    expect(page.get_by_role("button", name="Captions")).to_have_count(0)
    page.get_by_role("button", name="Play").click()
    page.mouse.move(0, 0)
    bar = page.locator(".player__bar")
    expect(bar).to_have_css("opacity", "0")
    page.mouse.move(300, 300)
    expect(bar).to_have_css("opacity", "1")
    page.locator("video").click(position={"x": 40, "y": 200})
    assert page.locator("video").evaluate("video => video.paused")


def test_what_cannot_be_played_gets_the_controls_of_the_browser_back(page, complaints):
    complaints.expected.append("status of 404")
    Stream.objects.create(title="Channel", is_on_air=True, video_url="/static/none.mp4")
    page.goto("/live/")
    page.get_by_role("button", name="Play").click()
    expect(page.locator("video[controls]")).to_be_visible()
    expect(page.get_by_role("button", name="Mute")).to_have_count(0)


def test_without_javascript_the_controls_are_the_browsers(plain_page):
    Stream.objects.create(title="Channel", is_on_air=True, video_url="/static/none.mp4")
    plain_page.goto("/live/")
    assert plain_page.locator("video[controls]").count() == 1
    assert plain_page.locator(".player__frame").get_by_role("button").count() == 0


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


def test_a_recording_can_be_sought_by_the_keyboard(page):
    sound = (Path(settings.BASE_DIR) / FOLDER / "tune.mp3").read_bytes()

    def in_pieces(route):  # as our own view sends it; the tests' server knows no ranges
        start = int(route.request.headers["range"].removeprefix("bytes=").split("-")[0])
        length = f"bytes {start}-{len(sound) - 1}/{len(sound)}"
        route.fulfill(status=206, body=sound[start:], content_type="audio/mpeg", headers={"Content-Range": length})

    page.route("**/tune.mp3", in_pieces)
    Stream.objects.create(title="Radio", is_on_air=True, audio_file="streams/tune.mp3")
    page.goto("/audio/")
    bar = page.get_by_role("slider", name="Position")
    expect(bar).to_have_count(0)  # nobody knows yet that it has an end
    page.evaluate(PLAY, "audio")
    page.get_by_role("button", name="Pause").click()
    for key, place in (("End", "0:08 of 0:08"), ("Home", "0:00 of 0:08")):
        bar.press(key)
        expect(bar).to_have_attribute("aria-valuetext", place)


def test_the_wave_says_how_much_of_the_programme_is_over(page):
    starts_at = timezone.now() - timedelta(hours=1)
    Stream.objects.create(
        title="Radio", is_on_air=True, audio_url="/static/none.mp3", starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=4),
    )  # fmt: skip
    page.goto("/audio/")
    place = page.locator(".player__frame").evaluate("frame => frame.style.getPropertyValue('--at')")
    assert 25 <= float(place.rstrip("%")) < 26


def test_nothing_is_fetched_before_somebody_presses_play(page, stored):
    stored("lighthouse.mp4")
    Stream.objects.create(title="Channel", is_on_air=True, video_file="streams/lighthouse.mp4")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/live/")
    assert [url for url in asked if "/uploads/" in url] == []
