"""The one sanitiser: whatever comes in, what goes out is the allowlist of articles.body.nodes and nothing else."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from html.parser import HTMLParser

import nh3

from articles.body.nodes import ATTRIBUTES, HOLDING, NODE_TAGS, NODES, REQUIRED, SCHEMES, TAGS, UNKNOWN_ATTRIBUTE
from newsroom.text import EDGES, without_control

Attributes = list[tuple[str, str | None]]
TRIMMED = frozenset({"p", "h2", "h3", "li", "td", "th", "cite"})
VOID = frozenset({"br", "hr"})
PARTS_OF_TABLE = frozenset({"thead", "tbody"})  # a table is stored with one body; its first row may be of th
SPANS = frozenset({"colspan", "rowspan"})
_EDGE = "(?:[" + EDGES + "]|&nbsp;|<br>)+"
_LEADING = re.compile(rf"(<(?:{'|'.join(sorted(TRIMMED))})(?: [^>]*)?>){_EDGE}")
_TRAILING = re.compile(rf"{_EDGE}(</(?:{'|'.join(sorted(TRIMMED))})>)")
_TRAILING_IN_MARK = re.compile(rf"{_EDGE}((?:</(?:a|em|strong|s|sub|sup)>)+)(</(?:{'|'.join(sorted(TRIMMED))})>)")
# A list item with one paragraph is that paragraph; the editor writes it so, people do not.
_ONLY_PARAGRAPH = re.compile(
    r"<li><p>((?:(?!</?(?:p|li|ul|ol|table|blockquote|h2|h3|figure|aside|div|hr)\b).)*)</p>(?=</li>|<ul>|<ol)",
    re.DOTALL,
)
_ONLY_PARAGRAPH_OF_CELL = re.compile(
    r"(<t[dh](?: [^>]*)?>)<p>((?:(?!</?(?:p|ul|ol|table|blockquote|h2|h3|figure|aside|div|hr|td|th)\b).)*)</p>(?=</t[dh]>)",
    re.DOTALL,
)
_EMPTY = re.compile(
    r"<(p|h2|h3|li|cite|strong|em|s|sub|sup)></\1>|<tr></tr>|<table><tbody></tbody></table>|<aside data-node=\"factbox\"></aside>"
)
_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags={"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "title"},
    attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
    generic_attribute_prefixes={"data-"},
    url_schemes=set(SCHEMES),
    link_rel=None,
    strip_comments=True,
)


def sanitise(html: str) -> str:
    """``html`` reduced to the allowlist, with trimmed paragraphs and none empty. Idempotent; never raises on text.

    No-break spaces at the ends of paragraphs go, those inside stay. Unknown nodes keep their data attributes.
    """
    return clean_once(html) if html else ""


@lru_cache(maxsize=256)
def clean_once(html: str) -> str:
    """As ``sanitise``; a text that was just cleaned, such as the body of a page asked for often, is not cleaned again."""
    nodes = _Nodes()
    nodes.feed(_CLEANER.clean(without_control(html)))
    nodes.close()
    return _trimmed("".join(nodes.out)).strip(EDGES)


def _trimmed(html: str) -> str:
    before = None
    while html != before:
        before = html
        html = _ONLY_PARAGRAPH_OF_CELL.sub(r"\1\2", _ONLY_PARAGRAPH.sub(r"<li>\1", html))
        html = _EMPTY.sub("", _TRAILING_IN_MARK.sub(r"\1\2", _TRAILING.sub(r"\1", _LEADING.sub(r"\1", html))))
    return html


class _Nodes(HTMLParser):
    """Writes clean HTML again with every node's attributes judged, and drops what a known node holds inside."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self.closing: list[str] = []  # for each open figure, aside or div: what its end tag writes
        self.inside_atom = 0

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if tag in NODE_TAGS:
            self._open_node(tag, {name: value or "" for name, value in attrs})
        elif not self.inside_atom and tag not in PARTS_OF_TABLE:
            self.out.append(f"<{tag}{_written(_text_attributes(tag, attrs))}>{'<tbody>' if tag == 'table' else ''}")

    def _open_node(self, tag: str, attrs: dict[str, str]) -> None:
        kind = attrs.get("data-node", "")
        if self.inside_atom:
            self.inside_atom += 1
            self.closing.append("")
        elif kind in NODES and NODES[kind][0] == tag:
            kept = _judged(kind, attrs)
            self.out.append(f"<{tag}{_written(kept)}></{tag}>" if kept else "")
            self.inside_atom = 1
            self.closing.append("")
        elif HOLDING.get(kind) == tag:
            self.out.append(f'<{tag} data-node="{kind}">')
            self.closing.append(f"</{tag}>")
        elif re.fullmatch(r"[a-z][a-z0-9-]{0,40}", kind):
            kept = {name: value for name, value in attrs.items() if UNKNOWN_ATTRIBUTE.fullmatch(name)}
            self.out.append(f"<{tag}{_written(kept)}>")
            self.closing.append(f"</{tag}>")
        else:
            self.closing.append("")  # a bare wrapper: its content stays

    def handle_endtag(self, tag: str) -> None:
        if tag in NODE_TAGS:
            self.out.append(self.closing.pop() if self.closing else "")
            self.inside_atom = max(0, self.inside_atom - 1)
        elif not self.inside_atom and tag not in VOID | PARTS_OF_TABLE:
            self.out.append(f"{'</tbody>' if tag == 'table' else ''}</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self.inside_atom:
            self.out.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")


def _judged(kind: str, attrs: dict[str, str]) -> dict[str, str]:
    """The attributes of a known node, cleaned, in the order of the allowlist; none if the one it needs is missing."""
    kept = {"data-node": kind}
    for name, clean in NODES[kind][1].items():
        value = clean(attrs[name]) if name in attrs else None
        if value:
            kept[name] = value
    return kept if REQUIRED[kind] in kept else {}


def _text_attributes(tag: str, attrs: Attributes) -> dict[str, str]:
    allowed = ATTRIBUTES.get(tag, frozenset())
    kept = {name: value or "" for name, value in attrs if name in allowed}
    kept = {
        name: value
        for name, value in kept.items()
        if name not in SPANS or (re.fullmatch(r"[0-9]{1,2}", value) and int(value) > 1)
    }
    if tag == "blockquote" and kept.get("data-node") != "pullquote":
        kept.pop("data-node", None)
    return kept


def _written(attrs: dict[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in attrs.items())
