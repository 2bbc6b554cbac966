"""A body taken apart into its outermost blocks, and each of them in words."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser

from django.utils.translation import gettext as _

from articles.body.references import plain_text

VOID = frozenset({"br", "hr"})


class _Splitter(HTMLParser):
    """Keeps the source of everything; a block ends where no element is open any more."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []
        self.open: list[str] = []
        self.depth = 0

    def _keep(self, source: str) -> None:
        self.open.append(source)
        if self.depth == 0:
            block = "".join(self.open)
            if block.strip():
                self.found.append(block)
            self.open = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.depth += 1
        self._keep(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.depth = max(0, self.depth - 1)
        self._keep(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._keep(data)

    def handle_entityref(self, name: str) -> None:
        self._keep(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._keep(f"&#{name};")


def blocks(html: str) -> list[str]:
    """The outermost elements of a stored body in order; joined they are the body again."""
    parser = _Splitter()
    parser.feed(html)
    parser.close()
    rest = "".join(parser.open)
    return [*parser.found, rest] if rest.strip() else parser.found


class _FirstNode(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.given: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.given:
            self.given = {name: value or "" for name, value in attrs} or {"": ""}


def in_words(block: str, *, name_of: Callable[[str, str], str] | None = None) -> str:
    """What an editor reads of ``block``: its text, or what a reference node stands for: "[Photo 7: A quay]".

    ``name_of("article", "5")`` gives the name of a target, if it is known.
    """
    node = _FirstNode()
    node.feed(block)
    kind, text = node.given.get("data-node", ""), plain_text(block)
    if kind == "photo":
        return _bracketed(
            _("Photo"), [node.given.get("data-id", "")], "photo", name_of, node.given.get("data-caption", "")
        )
    if kind in {"related", "gallery"}:
        label = _("Related") if kind == "related" else _("Gallery")
        ids = (node.given.get("data-ids") or node.given.get("data-id") or "").split(",")
        return _bracketed(label, ids, "article", name_of, "")
    if kind == "embed":
        label = _("Embed")
        return f"[{label}: {node.given.get('data-url', '')}]"
    if kind and not text:
        return f"[{kind}]"
    return text or ("—" if block.startswith("<hr") else "")


def _bracketed(label: str, ids: list[str], kind: str, name_of: Callable[[str, str], str] | None, words: str) -> str:
    names = ", ".join((name_of(kind, pk) if name_of else "") or pk for pk in ids)
    return f"[{label} {names}: {words}]" if words else f"[{label} {names}]"
