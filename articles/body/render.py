"""From the stored body to the page's: reference nodes are drawn, links get their ``rel``, all else passes through."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from articles.body.nodes import NODE_TAGS
from articles.body.sanitise import sanitise

if TYPE_CHECKING:
    from articles.models import Article
    from media.models import Photo

Attributes = list[tuple[str, str | None]]


def render(html: str, *, photos: Mapping[int, Photo], articles: Mapping[int, Article], at: datetime) -> SafeString:
    """The HTML of the page for a stored body. ``photos`` and ``articles`` hold what may be shown, by id. No query.

    A photo or article that is not in them is left out, a related box without any too; unknown nodes draw nothing.
    """
    writer = _Writer(photos, articles)
    writer.feed(sanitise(html))
    writer.close()
    return mark_safe("".join(writer.out))  # sanitised one line above; templates escape the rest


class _Writer(HTMLParser):
    def __init__(self, photos: Mapping[int, Photo], articles: Mapping[int, Article]) -> None:
        super().__init__(convert_charrefs=False)
        self.photos, self.articles = photos, articles
        self.out: list[str] = []
        self.inside_node = 0
        self.boxes = 0

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in NODE_TAGS:
            if not self.inside_node:
                self.out.append(self._node(given))
            self.inside_node += 1
        elif self.inside_node:
            return
        elif tag == "a":
            self.out.append(_link(given["href"]) if given.get("href") else "<a>")
        elif tag == "blockquote" and given.get("data-node") == "pullquote":
            self.out.append('<blockquote class="pullquote">')
        else:
            self.out.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in NODE_TAGS:
            self.inside_node = max(0, self.inside_node - 1)
        elif not self.inside_node:
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self.inside_node:
            self.out.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def _node(self, given: dict[str, str]) -> str:
        if given.get("data-node") == "photo":
            return self._photo(given)
        if given.get("data-node") == "related":
            return self._related(given)
        return ""

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
        return render_to_string("articles/nodes/photo.html", context)

    def _related(self, given: dict[str, str]) -> str:
        wanted = (int(pk) for pk in given["data-ids"].split(","))
        stories = [self.articles[pk] for pk in wanted if pk in self.articles]
        if not stories:
            return ""
        self.boxes += 1
        return render_to_string("articles/nodes/related.html", {"stories": stories, "id": self.boxes})


def _link(href: str) -> str:
    try:
        host = urlsplit(href).netloc
    except ValueError:  # no address at all, such as "http://["
        return "<a>"
    rel = ' rel="noopener"' if host and host != urlsplit(settings.SITE_URL).netloc else ""
    return f'<a href="{escape(href)}"{rel}>'
