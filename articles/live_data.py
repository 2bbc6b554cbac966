"""What a live coverage tells search engines. Source: https://schema.org/LiveBlogPosting"""

from __future__ import annotations

from typing import Any

from django.conf import settings

from articles.body import plain_text
from articles.live_page import LivePage, Post


def live_blog(story: dict[str, Any], live: LivePage) -> dict[str, Any]:
    """The NewsArticle ``story`` as a LiveBlogPosting with the posts of this page. No query."""
    updates = [_update(post, story) for post in live.posts]
    found = {
        **story,
        "@type": "LiveBlogPosting",
        "coverageStartTime": _stamp(live.coverage.started_at),
        "liveBlogUpdate": updates,
    }
    if live.coverage.ended_at:
        found["coverageEndTime"] = _stamp(live.coverage.ended_at)
    return found


def _update(post: Post, story: dict[str, Any]) -> dict[str, Any]:
    entry = post.entry
    found: dict[str, Any] = {
        "@type": "BlogPosting",
        "@id": f"{story['url']}#e{entry.pk}",
        "url": f"{story['url']}?post={entry.pk}#e{entry.pk}",
        "headline": entry.title,
        "datePublished": _stamp(entry.at),
        "articleBody": plain_text(entry.body),
        "author": story["author"],
    }
    if entry.edited_at:
        found["dateModified"] = _stamp(entry.edited_at)
    if entry.byline:
        address = settings.SITE_URL + entry.byline.get_absolute_url()
        found["author"] = [{"@type": "Person", "name": entry.byline.name, "url": address}]
    return {name: value for name, value in found.items() if value}


def _stamp(moment: Any) -> str:
    return str(moment.isoformat(timespec="seconds"))
