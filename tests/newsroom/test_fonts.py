"""The fonts stay as light as the design says they are."""

import pytest

pytestmark = pytest.mark.once
# Bytes of the two files that every page loads, and of those that few pages ask for.
MOST = {"newsreader-text": 20_100, "newsreader-headline": 21_400, "newsreader-italic": 24_000, "ext": 24_000}


def test_no_font_grows(settings):
    sizes = {p.stem: p.stat().st_size for p in (settings.BASE_DIR / "newsroom/static/newsroom/fonts").glob("*.woff2")}
    assert {"newsreader-text", "newsreader-headline", "newsreader-italic"} <= sizes.keys()
    assert {name: size for name, size in sizes.items() if size > MOST.get(name, MOST["ext"])} == {}


def test_every_face_swaps_and_stands_in_the_same_room(settings):
    faces = (settings.BASE_DIR / "newsroom/static/newsroom/css/fonts.css").read_text().split("@font-face")[1:]
    metrics = "ascent-override: 82%; descent-override: 24%; line-gap-override: 0%"
    assert all(metrics in face for face in faces)
    assert all("font-display: swap" in face or "Fallback" in face for face in faces)
