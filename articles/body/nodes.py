"""The one allowlist of the body: what the editor offers, the sanitiser keeps and the renderer draws."""

from __future__ import annotations

import re
from collections.abc import Callable

from newsroom import embeds

TEXT_TAGS = frozenset(
    {"p", "h2", "h3", "blockquote", "ul", "ol", "li", "strong", "em", "s", "sub", "sup", "a", "br", "hr", "cite"}
    | {"table", "thead", "tbody", "tr", "th", "td"}
)
NODE_TAGS = frozenset({"figure", "aside", "div"})
TAGS = TEXT_TAGS | NODE_TAGS
SCHEMES = frozenset({"http", "https", "mailto"})
ATTRIBUTES: dict[str, frozenset[str]] = {
    "a": frozenset({"href"}),
    "ol": frozenset({"start"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan"}),
    "blockquote": frozenset({"data-node"}),
}
MAX_RELATED = 3
MAX_ID = 2**63 - 1


def _number(value: str) -> str | None:
    """One id, digits only, that a database can hold."""
    return str(int(value)) if re.fullmatch(r"[0-9]{1,19}", value) and 0 < int(value) <= MAX_ID else None


def _numbers(value: str) -> str | None:
    """Up to MAX_RELATED ids, each once, joined by commas."""
    ids = list(dict.fromkeys(filter(None, (_number(part.strip()) for part in value.split(",")))))
    return ",".join(ids[:MAX_RELATED]) or None


def _size(value: str) -> str | None:
    return value if value in {"normal", "wide"} else None


def _line(value: str) -> str | None:
    from newsroom.text import clean_line

    return clean_line(value)[:2000]


def _title(value: str) -> str | None:
    return (_line(value) or "")[:200]


Cleaner = Callable[[str], str | None]
# kind: (its tag, {attribute: how its value is cleaned; None drops the attribute})
NODES: dict[str, tuple[str, dict[str, Cleaner]]] = {
    "photo": ("figure", {"data-id": _number, "data-size": _size, "data-caption": _line, "data-alt": _line}),
    "related": ("aside", {"data-ids": _numbers}),
    "gallery": ("figure", {"data-id": _number}),  # the id of an article whose slides are the gallery
    "embed": ("figure", {"data-url": embeds.address, "data-title": _title}),
}
REQUIRED = {"photo": "data-id", "related": "data-ids", "gallery": "data-id", "embed": "data-url"}
# Nodes that hold text of the allowlist: kind and tag.
HOLDING = {"factbox": "aside"}
# Data attributes of nodes that a later release or a plugin knows: kept, never drawn, never followed.
UNKNOWN_ATTRIBUTE = re.compile(r"data-[a-z][a-z0-9-]{0,40}")
