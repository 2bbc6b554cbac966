"""How long the recording in an article plays: typed by editors, shown on the picture of its cards."""

import pytest
from django.core.exceptions import ValidationError

from articles import checks
from articles.content import Content, validate
from media.models import Stream
from tests.articles.stories import live
from tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db
PLAYER = '<figure data-node="embed" data-url="https://vimeo.com/76979871" data-title="The crane"></figure>'


def test_a_card_says_how_long_the_recording_plays(client):
    story = live(headline="The crane", photos=[PhotoFactory()], playing_time="24:10", body=PLAYER)
    html = client.get(f"/{story.section.path}").content.decode()
    assert '<span class="hidden-words">Playing time </span><span class="num">24:10</span>' in html


def test_a_story_without_a_recording_has_no_badge(client):
    story = live(photos=[PhotoFactory()])
    assert 'class="badge"' not in client.get(f"/{story.section.path}").content.decode()


def test_a_recording_fills_the_watch_and_listen_band(client):
    Stream.objects.create(title="Channel", video_url="https://example.org/a.m3u8", is_on_air=True)
    story = live(headline="The crane", photos=[PhotoFactory()], playing_time="1:04:30", body=PLAYER)
    for _ in range(14):
        live(photos=[PhotoFactory()])
    front = client.get("/").context["front"]
    assert front.to_watch == [story]
    assert story not in front.latest


@pytest.mark.parametrize("typed", ["24", "24:60", "1:60:00", "24:1", "a:10", "24:10\n", "1000:00"])
def test_what_is_no_time_is_refused(typed):
    with pytest.raises(ValidationError):
        validate(Content(headline="A", playing_time=typed))


@pytest.mark.parametrize("typed", ["", "0:45", "24:10", "90:00", "1:04:30"])
def test_times_are_taken(typed):
    validate(Content(headline="A", playing_time=typed))


@pytest.mark.parametrize(("body", "warns"), [(PLAYER, False), ("<p>Words.</p>", True)])
def test_a_time_with_nothing_to_play_is_warned_of(body, warns):
    found = checks.run(Content(headline="A", playing_time="24:10", body=body))
    assert ("playing_time" in [check.code for check in found]) is warns
