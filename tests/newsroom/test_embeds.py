"""Addresses of players: what is taken, and what a frame shows for it."""

import pytest

from newsroom import embeds


@pytest.mark.parametrize(
    ("url", "player"),
    [
        ("https://www.youtube.com/watch?v=abcdef123&t=9", "https://www.youtube-nocookie.com/embed/abcdef123"),
        ("https://youtu.be/abcdef123?si=x", "https://www.youtube-nocookie.com/embed/abcdef123"),
        ("https://m.youtube.com/shorts/abcdef123", "https://www.youtube-nocookie.com/embed/abcdef123"),
        ("https://vimeo.com/123456", "https://player.vimeo.com/video/123456?dnt=1"),
        ("https://archive.org/details/some_film", "https://archive.org/embed/some_film"),
        ("https://maps.example.org/map/1", "https://maps.example.org/map/1"),
        ("https://www.youtube.com/watch?v=<script>", None),
        ("https://www.youtube.com/", None),
        ("https://evil.example/watch?v=abcdef123", None),
        ("https://www.youtube.com.evil.example/watch?v=abcdef123", None),
    ],
)
def test_player_of_an_address(url, player):
    assert embeds.player(url, [*embeds.HOSTS, "maps.example.org"]) == player


@pytest.mark.parametrize(
    "typed",
    ["", "x", "javascript:alert(1)", "https://", "https://a:b@youtu.be/x", "https://youtu.be:444/x", "//youtu.be/x", "https://x/'\"", "https://[", "https://youtu.be/" + "x" * 600],
)  # fmt: skip
def test_what_is_no_address_is_refused(typed):
    assert embeds.address(typed) is None


def test_an_address_is_made_safe():
    assert embeds.address(" http://YouTu.be/abcdef123 ") == "https://youtu.be/abcdef123"


def test_frames_come_from_the_hosts_of_players_only():
    assert embeds.frame_sources(["vimeo.com", "maps.example.org"]) == [
        "https://maps.example.org",
        "https://player.vimeo.com",
    ]
