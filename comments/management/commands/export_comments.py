"""``manage.py export_comments newsroom|wordpress [FILE]``: all comments as JSON lines or as WXR."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from articles.models import Article
from comments.models import Comment, Status
from comments.moving import around
from comments.moving.whole import META_KEY, exported
from newsroom.models import SiteIdentity
from newsroom.text import without_control

APPROVED = {Status.PUBLISHED: "1", Status.WAITING: "0", Status.SPAM: "spam"}  # every other state is WordPress's bin
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/">\n<channel>\n<wp:wxr_version>1.2</wp:wxr_version>\n'
)


class Command(BaseCommand):
    help = (
        "Writes every comment, in whatever state, article by article: a whole copy that import_comments reads again. "
        "As JSON lines with what is kept of readers and months."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("format", choices=["newsroom", "wordpress"])
        parser.add_argument("file", type=Path, nargs="?", help="without one it goes to standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        lines = _json_lines() if options["format"] == "newsroom" else _wxr()
        if options["file"] is None:
            self._write(lines, self.stdout)
            return
        with options["file"].open("w", encoding="utf-8") as stream:
            number = self._write(lines, stream)
        self.stdout.write(f"{number} comments written.")

    def _write(self, lines: Iterator[tuple[int, str]], stream: Any) -> int:
        number = 0
        for comments, line in lines:
            number += comments
            stream.write(line)
        return number


def _json_lines() -> Iterator[tuple[int, str]]:
    for _comment, row in exported():
        yield 1, json.dumps(row, ensure_ascii=False) + "\n"
    for row in around.exported():
        yield 0, json.dumps(row, ensure_ascii=False) + "\n"


def _wxr() -> Iterator[tuple[int, str]]:
    """Each piece of the file with how many comments it holds."""
    yield 0, f"{HEAD}{_tag('title', SiteIdentity.load().name)}\n"
    article = None
    for comment, row in exported():
        if comment.article_id != article:
            yield 0, ("</item>\n" if article else "") + _item(comment.article)
            article = comment.article_id
        yield 1, _comment(comment, row)
    yield 0, ("</item>\n" if article else "") + "</channel>\n</rss>\n"


def _item(article: Article) -> str:
    tags = [
        _tag("title", article.headline),
        _tag("link", f"{settings.SITE_URL}{article.get_absolute_url()}"),
        _tag("wp:post_id", str(article.pk)),
        _tag("wp:post_name", article.slug),
        _tag("wp:status", "publish"),
        _tag("wp:post_type", "post"),
    ]
    return f"<item>{''.join(tags)}\n"


def _comment(comment: Comment, row: dict[str, Any]) -> str:
    author = comment.author
    tags = [
        _tag("wp:comment_id", str(comment.pk)),
        _tag("wp:comment_author", comment.name),
        _tag("wp:comment_author_email", author.email if author else comment.guest_email),
        _tag("wp:comment_date_gmt", f"{comment.created_at:%Y-%m-%d %H:%M:%S}"),
        _tag("wp:comment_content", escape(comment.body)),
        _tag("wp:comment_approved", APPROVED.get(Status(comment.status), "trash")),
        _tag("wp:comment_parent", str(comment.parent_id or 0)),
        f"<wp:commentmeta>{_tag('wp:meta_key', META_KEY)}{_tag('wp:meta_value', json.dumps(row, ensure_ascii=True))}</wp:commentmeta>",
    ]
    return f"<wp:comment>{''.join(tags)}</wp:comment>\n"


def _tag(name: str, text: str) -> str:
    return f"<{name}>{escape(without_control(text))}</{name}>"
