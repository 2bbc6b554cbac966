"""The newest comments of an article for feed readers: RSS, and a few of them as data for search engines."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.http import http_date
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from articles.models import Article
from comments.models import Comment
from comments.modes import mode_for
from comments.text import as_html
from comments.threads import Node
from newsroom.choices import CommentMode
from newsroom.frame import for_request
from newsroom.languages import activate_for
from newsroom.public_page import public_page

ITEMS = 30
DATA_MOST, DATA_CHARACTERS = 5, 200  # comments told to search engines, and how much of each
ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}


@public_page
def feed(request: HttpRequest, pk: str) -> HttpResponse:
    """The ITEMS newest published comments on the public article ``pk`` as RSS 2.0. Two queries besides the frame's.

    404 unless readers see the article and its comments. Its bytes change only when its comments do.
    """
    article = Article.objects.public().select_related("section").defer("body").filter(pk=int(pk)).first()
    frame = for_request(request)
    if article is None or mode_for(article, frame.site, sections=frame.sections) == CommentMode.OFF:
        raise Http404
    activate_for(request, article.language)
    newest = Comment.objects.published().filter(article=article).with_authors().order_by("-created_at", "-pk")
    found = list(newest[:ITEMS])
    response = HttpResponse(_rss(article, found, request.path), content_type="application/rss+xml; charset=utf-8")
    response.headers["X-Robots-Tag"] = "noindex"
    if found:
        response.headers["Last-Modified"] = http_date(max(_changed(comment) for comment in found).timestamp())
    return response


def comment_data(article: Article, threads: list[Node]) -> str:
    """schema.org's Comment for the first DATA_MOST comments of the page, as JSON-LD that adds to the article's own node.

    Safe inside a script element. Empty if there is none. No query.
    """
    shown = [node.comment for node in threads if node.is_shown][:DATA_MOST]
    if not shown:
        return ""
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@id": f"{settings.SITE_URL}{article.get_absolute_url()}#article",
        "comment": [
            {
                "@type": "Comment",
                "text": Truncator(comment.body).chars(DATA_CHARACTERS),
                "dateCreated": comment.created_at.isoformat(timespec="seconds"),
                "author": {"@type": "Person", "name": comment.name},
                "url": settings.SITE_URL + reverse("comments:place", args=[comment.pk]),
            }
            for comment in shown
        ],
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)


class _Channel(Rss201rev2Feed):
    """A channel without a clock in it."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=datetime(1970, 1, 1, tzinfo=UTC))


def _rss(article: Article, found: list[Comment], path: str) -> bytes:
    channel = _Channel(
        title=_("Comments on “%(headline)s”") % {"headline": article.headline},
        link=f"{settings.SITE_URL}{article.get_absolute_url()}#comments",
        description=article.standfirst or article.headline,
        language=article.language,
        feed_url=settings.SITE_URL + path,
    )
    for comment in found:
        channel.add_item(
            title=comment.name,
            link=settings.SITE_URL + reverse("comments:place", args=[comment.pk]),
            description=as_html(comment.body),
            author_name=comment.name,
            unique_id=f"comment-{comment.pk}@{urlsplit(settings.SITE_URL).hostname}",
            unique_id_is_permalink=False,
            pubdate=comment.created_at,
            updateddate=_changed(comment),
        )
    return channel.writeString("utf-8").encode()


def _changed(comment: Comment) -> datetime:
    """When what readers see of it last changed."""
    return max(moment for moment in (comment.created_at, comment.decided_at, comment.edited_at) if moment)
