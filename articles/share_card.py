"""The picture that stands for a page without a photo when somebody shares it: its words, set as the site sets them."""

from __future__ import annotations

import hashlib
import io
from dataclasses import astuple, dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from PIL import Image, ImageDraw, ImageFont

from articles.models import Article
from newsroom import typography
from newsroom.caches import made
from newsroom.models import SiteIdentity

SIZE = WIDTH, HEIGHT = 1200, 630  # Source: https://developers.facebook.com/docs/sharing/webmasters/images
DESIGN = "2"  # goes up with every change of the drawing, so that old pictures are not taken for new ones
MARGIN, MOST_LINES = 72, 5
SIGN_SIZES = (120, 96, 72, 56, 40)
KEPT = 24 * 3600  # seconds
HEADLINE_SIZES = (84, 76, 68, 60, 52, 46, 40)
FONTS = Path(settings.BASE_DIR) / "newsroom/static/newsroom/fonts"
# What the two headline files hold; newsroom/css/fonts.css says the same to browsers.
LATIN = (
    "20-7E,A0-FF,131,152-153,2BB-2BC,2C6,2DA,2DC,2010-2015,2018-201E,2020-2022,2026,2030,2032-2033,2039-203A,2044,20AC,"
    "2116,2122,2190-2193,2212"
)
EXTENDED = "100-130,132-151,154-17F"
INK, PAPER, OPINION_PAPER, ACCENT, OPINION = "#15181b", "#ffffff", "#fdf5e8", "#0b5470", "#8f4300"


@dataclass(frozen=True)
class Card:
    """The words of one picture. ``kicker`` may be empty."""

    headline: str
    kicker: str
    site_name: str
    is_opinion: bool = False

    @property
    def token(self) -> str:
        """Names these words in this design."""
        return hashlib.sha256(repr((DESIGN, astuple(self))).encode()).hexdigest()[:16]


def card_of(article: Article | None, site: SiteIdentity) -> Card:
    """The card of ``article``'s page, or of the site's own pages. A headline that the fonts lack is left to the page."""
    if article is None:
        return Card(site.name, "", site.name)
    section = article.section.name if article.section else ""
    headline = typography.smart(article.headline, article.language)
    kicker = article.label_text or section
    if not all(_font_name(character) for character in headline + kicker):
        return Card(site.name, "", site.name, article.is_opinion)
    return Card(headline, kicker, site.name, article.is_opinion)


def address(article: Article | None, site: SiteIdentity) -> str:
    """The path of the picture; another one as soon as its words are others. No query."""
    return reverse("articles:share_card", args=[article.pk if article else 0, card_of(article, site).token])


def drawn(card: Card) -> bytes:
    """The picture as PNG, drawn once for these words and then kept for a day."""
    key = f"share-card-{card.token}"
    found: bytes | None = made.get(key)
    if found is None:
        found = draw(card)
        made.set(key, found, KEPT)
    return found


def draw(card: Card) -> bytes:
    """The picture as PNG, 1200 by 630."""
    accent = OPINION if card.is_opinion else ACCENT
    image = Image.new("RGB", SIZE, OPINION_PAPER if card.is_opinion else PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((MARGIN, MARGIN, WIDTH - MARGIN, MARGIN + 5), fill=accent)
    if card.headline == card.site_name:  # nothing to say but who it is
        room = WIDTH - 2 * MARGIN
        size = next((size for size in SIGN_SIZES if 1.35 * size + _width(card.site_name, size) <= room), SIGN_SIZES[-1])
        _sign(pen, (HEIGHT - size) // 2, size, card.site_name, accent)
    else:
        _words(pen, card, accent)
        _sign(pen, HEIGHT - MARGIN - 40, 40, card.site_name, accent)
    stored = io.BytesIO()
    image.quantize(32).save(stored, "PNG", optimize=True)
    return stored.getvalue()


def _words(pen: ImageDraw.ImageDraw, card: Card, accent: str) -> None:
    top = MARGIN + 36
    if card.kicker:
        _write(pen, (MARGIN, top), card.kicker, 34, accent)
        top += 62
    size, lines = _fitted(card.headline)
    for number, line in enumerate(lines):
        _write(pen, (MARGIN, top + number * round(size * 1.1)), line, size, INK)


def _sign(pen: ImageDraw.ImageDraw, top: int, size: int, name: str, accent: str) -> None:
    """The mark, ``size`` high, and the name of the site beside it."""
    for left, right in ((0, size), (size * 13 // 40, size * 27 // 40)):
        pen.ellipse((MARGIN + left, top, MARGIN + right, top + size), outline=accent, width=size // 10)
    _write(pen, (MARGIN + round(1.35 * size), top + size // 20), name, round(0.9 * size), INK)


def _fitted(text: str) -> tuple[int, list[str]]:
    """The largest size in which ``text`` takes few enough lines; the smallest is cut if even that is too large."""
    for size in HEADLINE_SIZES:
        lines = _broken(text, size)
        if len(lines) * size * 1.1 <= 350 and len(lines) <= MOST_LINES:
            return size, lines
    return size, [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1][:60]} …"]


def _broken(text: str, size: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _width(longer, size) <= WIDTH - 2 * MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _runs(text: str) -> list[tuple[str, str]]:
    """``text`` in pieces that one font file holds. What none holds is drawn with the first, as an empty box."""
    named = groupby(text, key=lambda character: _font_name(character) or "newsreader-headline")
    return [(name, "".join(characters)) for name, characters in named]


def _width(text: str, size: int) -> float:
    return sum(_font(name, size).getlength(run) for name, run in _runs(text))


def _write(pen: ImageDraw.ImageDraw, at: tuple[float, float], text: str, size: int, colour: str) -> None:
    left, top = at
    for name, run in _runs(text):
        pen.text((left, top), run, font=_font(name, size), fill=colour)
        left += _font(name, size).getlength(run)


@lru_cache(maxsize=32)
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"{name}.woff2"), size)


def _font_name(character: str) -> str:
    """The font file that holds ``character``, empty if none does."""
    code = ord(character)
    for name, ranges in (("newsreader-headline", LATIN), ("newsreader-headline-ext", EXTENDED)):
        for part in ranges.split(","):
            first, _, last = part.partition("-")
            if int(first, 16) <= code <= int(last or first, 16):
                return name
    return ""
