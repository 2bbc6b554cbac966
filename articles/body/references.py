"""What a body points at, and what it says in plain words."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from articles.body.nodes import _number, _numbers

BLOCKS = frozenset(
    {"p", "h2", "h3", "blockquote", "li", "tr", "br", "hr", "figure", "aside", "div", "td", "th", "cite"}
)


class _Targets(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        kind = (tag, given.get("data-node"))
        if kind == ("figure", "photo") and (photo := _number(given.get("data-id", ""))):
            self.found.append(("photo", int(photo)))
        if kind == ("figure", "gallery") and (story := _number(given.get("data-id", ""))):
            self.found.append(("article", int(story)))
        if kind == ("aside", "related"):
            ids = (_numbers(given.get("data-ids", "")) or "").split(",")
            self.found += [("article", int(pk)) for pk in ids if pk]


def references(html: str) -> list[tuple[str, int]]:
    """The targets of the reference nodes in ``html``, in order: ``("photo", 7)``, ``("article", 5)``."""
    if "data-node" not in html:
        return []
    parser = _Targets()
    parser.feed(html)
    parser.close()
    return parser.found


def plain_text(html: str) -> str:
    """The words of ``html``, blocks separated by line ends. What nodes show of their targets is not in it."""
    with_breaks = re.sub(rf"</?(?:{'|'.join(sorted(BLOCKS))})\b[^>]*>", "\n", html)
    text = unescape(re.sub(r"<[^>]*>", "", with_breaks))
    return re.sub(r"[ \t]*\n[ \t\n]*", "\n", text).strip()


def word_count(html: str) -> int:
    """The number of words between white space."""
    return len(plain_text(html).split())
