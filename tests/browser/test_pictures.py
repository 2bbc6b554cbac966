"""Every public template looks as its small picture in pictures/ says. `make pictures` draws them anew after a change.

All words are set in the type that the project ships and photos are grey, so that the machine's own fonts do not count.
"""

import io
import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter

from tests.every_page import every_page

pytestmark = [pytest.mark.once, pytest.mark.whole]
FOLDER = Path(__file__).parent / "pictures"
SHOWN = (
    "home", "section", "opinion section", "article", "opinion", "gallery", "topic", "author", "search", "nothing found", "live",
    "audio", "sign up", "comment", "corrections", "404",
)  # fmt: skip
VIEWS = {"phone": (390, "light"), "desktop": (1280, "dark")}
HEIGHT, SCALE = 1800, 8
PLAIN = """
:root:root:root { --sans: Newsreader; }
* { animation: none !important; transition: none !important; }
.picture { background: #999 !important; } .picture img, video, audio { opacity: 0 !important; }
"""
VISIBLE, MOST_CHANGED = 40, 0.03  # a pixel differs by more of 255 than that; so many of them may


@pytest.fixture
def draw(open_context):
    """``draw(page, view)``: the page as a small grey picture."""

    def drawn(page, view):
        width, scheme = VIEWS[view]
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.evaluate("document.fonts.ready")
        shot = page.screenshot(clip={"x": 0, "y": 0, "width": width, "height": HEIGHT})
        return Image.open(io.BytesIO(shot)).convert("L").resize((width // SCALE, HEIGHT // SCALE), Image.Resampling.BOX)

    return drawn


def share_changed(one, other):
    """How many of the pixels differ visibly, 0 to 1, a pixel's displacement aside."""
    softened = [image.filter(ImageFilter.BoxBlur(1)) for image in (one, other)]
    histogram = ImageChops.difference(*softened).histogram()
    return sum(histogram[VISIBLE:]) / (one.width * one.height)


def test_every_template_looks_as_its_picture_says(open_context, administrator, complaints, draw, tmp_path):
    complaints.expected.append("status of 404")
    page, addresses, changed = open_context(bypass_csp=True).new_page(), every_page(administrator), {}
    for name in SHOWN:
        page.goto(addresses[name])
        page.add_style_tag(content=PLAIN)
        for view in VIEWS:
            now, kept = draw(page, view), FOLDER / f"{name.replace(' ', '-')}-{view}.png"
            if os.environ.get("RENEW_PICTURES"):
                now.save(kept, optimize=True)
            else:
                now.save(tmp_path / kept.name)
                share = share_changed(now, Image.open(kept))
                if share > MOST_CHANGED:
                    changed[kept.name] = round(share, 3)
    assert changed == {}, f"See {tmp_path}; if that is as it should be, `make pictures`."
