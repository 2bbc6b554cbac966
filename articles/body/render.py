"""From the stored body to the page's: reference nodes are drawn, links get their ``rel``, all else passes through."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles.body.nodes import HOLDING, NODE_TAGS
from articles.body.references import BLOCKS
from articles.body.sanitise import sanitise
from newsroom import embeds
from newsroom.typography import Typesetter

if TYPE_CHECKING:
    from articles.models import Article
    from media.models import Photo

Attributes = list[tuple[str, str | None]]
NODES = "articles/nodes"  # the folder of templates that draw the nodes on the site's own pages
STYLED = frozenset({"gallery", "embed", "factbox", "table"})  # what articles/nodes.css is for


def render(
    html: str,
    *,
    photos: Mapping[int, Photo],
    articles: Mapping[int, Article],
    at: datetime,
    language: str = "",
    prefix: str = "",
    nodes: str = NODES,
) -> SafeString:
    """The HTML of the page for a stored body. ``photos`` and ``articles`` hold what may be shown, by id. No query.

    A photo, gallery or article that is not in them is left out, a related box without any too; unknown nodes draw
    nothing. Quotation marks and dashes are set as ``language`` sets them. ``prefix`` keeps the ids of several texts on
    one page apart; ``nodes`` is the folder of templates that draw the nodes, with a style sheet for the site's own only.
    """
    writer = _Writer(photos, articles, language, prefix, nodes)
    writer.feed(sanitise(html))
    writer.close()
    return mark_safe(writer.sheet() + "".join(writer.out))  # sanitised two lines above; templates escape the rest


class _Writer(HTMLParser):
    def __init__(
        self, photos: Mapping[int, Photo], articles: Mapping[int, Article], language: str, prefix: str, nodes: str
    ) -> None:
        super().__init__(convert_charrefs=False)
        self.photos, self.articles = photos, articles
        self.type = Typesetter(language)
        self.prefix, self.nodes = prefix, nodes
        self.out: list[str] = []
        self.closing: list[
            str | None
        ] = []  # of open nodes: what ends them, None for those that stand for another thing
        self.inside_node = 0
        self.boxes = 0
        self.row = 0
        self.used: set[str] = set()

    def sheet(self) -> str:
        """The link to the style sheet of the rarer nodes, if one of them is used."""
        styled = self.nodes == NODES and self.used & STYLED
        return f'<link rel="stylesheet" href="{static("articles/nodes.css")}">' if styled else ""

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in BLOCKS:
            self.type.new_block()
        if tag in NODE_TAGS:
            self._open_node(given)
        elif not self.inside_node:
            self.out.append(self._opened(tag, given))

    def _open_node(self, given: dict[str, str]) -> None:
        kind = given.get("data-node", "")
        if not self.inside_node and kind in HOLDING:
            self.used.add(kind)
            self.out.append(f'<{HOLDING[kind]} class="{kind}">')
            self.closing.append(f"</{HOLDING[kind]}>")
            return
        if not self.inside_node:
            self.out.append(self._node(kind, given))
        self.inside_node += 1
        self.closing.append(None)

    def _opened(self, tag: str, given: dict[str, str]) -> str:
        if tag == "a":
            return _link(given["href"]) if given.get("href") else "<a>"
        if tag == "blockquote" and given.get("data-node") == "pullquote":
            return '<blockquote class="pullquote">'
        if tag == "table":
            self.used.add("table")
            self.row = 0
            return f'<div class="table" role="region" tabindex="0" aria-label="{escape(_("Table"))}"><table>'
        if tag == "tr":
            self.row += 1
        if tag == "th":
            return self._raw().replace("<th", f'<th scope="{"col" if self.row == 1 else "row"}"', 1)
        return self._raw()

    def _raw(self) -> str:
        return self.get_starttag_text() or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in NODE_TAGS:
            end = self.closing.pop() if self.closing else None
            if end:
                self.out.append(end)
            else:
                self.inside_node = max(0, self.inside_node - 1)
        elif not self.inside_node:
            self.out.append("</table></div>" if tag == "table" else f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self.inside_node:
            self.out.append(self.type.set(data))

    def handle_entityref(self, name: str) -> None:
        self._written(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._written(f"&#{name};")

    def _written(self, reference: str) -> None:
        if not self.inside_node:
            self.out.append(reference)

    def _node(self, kind: str, given: dict[str, str]) -> str:
        draw = {"photo": self._photo, "related": self._related, "gallery": self._gallery, "embed": self._embed}.get(
            kind
        )
        drawn = draw(given) if draw else ""
        if drawn:
            self.used.add(kind)
        return drawn

    def _photo(self, given: dict[str, str]) -> str:
        photo = self.photos.get(int(given["data-id"]))
        if photo is None:
            return ""
        context = {
            "photo": photo,
            "caption": given.get("data-caption") or photo.caption,
            "alt": given.get("data-alt") or ("" if photo.is_decorative else photo.alt),
            "size": given.get("data-size", "normal"),
        }
        return self._drawn("photo", context)

    def _related(self, given: dict[str, str]) -> str:
        wanted = (int(pk) for pk in given["data-ids"].split(","))
        stories = [self.articles[pk] for pk in wanted if pk in self.articles]
        if not stories:
            return ""
        self.boxes += 1
        return self._drawn("related", {"stories": stories, "id": f"{self.prefix}{self.boxes}"})

    def _gallery(self, given: dict[str, str]) -> str:
        story = self.articles.get(int(given["data-id"]))
        return self._drawn("gallery", {"story": story}) if story else ""

    def _embed(self, given: dict[str, str]) -> str:
        url = given["data-url"]
        player = embeds.player(url, settings.EMBED_HOSTS)
        return self._drawn(
            "embed", {"url": url, "player": player, "title": given.get("data-title"), "host": embeds.host(url)}
        )

    def _drawn(self, kind: str, context: dict[str, Any]) -> str:
        return render_to_string(f"{self.nodes}/{kind}.html", context)


def _link(href: str) -> str:
    try:
        host = urlsplit(href).netloc
    except ValueError:  # no address at all, such as "http://["
        return "<a>"
    rel = ' rel="noopener"' if host and host != urlsplit(settings.SITE_URL).netloc else ""
    return f'<a href="{escape(href)}"{rel}>'
