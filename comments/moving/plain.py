"""HTML of other systems as the plain text that comments are here: paragraphs and the addresses of links stay."""

from __future__ import annotations

import re
from html.parser import HTMLParser

BLOCKS = frozenset({"p", "div", "blockquote", "ul", "ol", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "table"})
LINES = frozenset({"br", "li", "tr"})
SILENT = frozenset({"script", "style", "template", "iframe", "object"})
_BLANKS = re.compile(r"[ \t\r\n\f]+")


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0
        self.link: tuple[str, int] | None = None  # its address, and where its words begin

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent += 1
        elif tag in BLOCKS:
            self.parts.append("\n\n")
        elif tag in LINES:
            self.parts.append("\n")
        elif tag == "a":
            self.link = (dict(attrs).get("href") or "", len(self.parts))

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in BLOCKS:
            self.parts.append("\n\n")
        elif tag == "a" and self.link is not None:
            self._close_link(*self.link)
            self.link = None

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(_BLANKS.sub(" ", data))

    def _close_link(self, address: str, start: int) -> None:
        """The address stands behind the words, or in their place if they are the address, cut off or not."""
        if not address.startswith(("http://", "https://")):
            return
        words = "".join(self.parts[start:]).strip()
        bare = re.sub(r"^https?://(www\.)?", "", words).rstrip("./… ")
        if not words or (bare and bare in address):
            self.parts[start:] = [address]
        else:
            self.parts.append(f" ({address})")


def as_text(html: str) -> str:
    """``html`` without its marks. Never raises: what is no HTML is text."""
    parser = _Text()
    try:
        parser.feed(html)
        parser.close()
    except AssertionError:  # what the library says to a broken "<![": the rest is text
        parser.parts.append(parser.rawdata)
    lines = (line.strip() for line in "".join(parser.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
