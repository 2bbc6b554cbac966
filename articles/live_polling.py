"""How thousands of open pages learn of a new post without asking the database.

Every page asks one address for one small answer, the *stamp*: the coverage's number and whether it still runs. The
stamp lies in the cache for two seconds and is dropped there when an act on the article is committed. So, of all the
readers in these two seconds, one pays for one query, in each process if the cache is the process's own memory and once
for all of them if it is Redis or Valkey. Only a page whose number is older fetches what changed since, and this too is
made once for all who ask the same. An article that is not public answers 404 from the same stamp: after a withdrawal
at once where the cache is shared, within two seconds elsewhere; an expiry is kept to the moment.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

from django.conf import settings
from django.db.models import BooleanField, Case, When
from django.dispatch import receiver
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.live_page import MOST_KEY_POINTS, SIZE, Post, key_points, posts
from articles.models import Article, CoverageState, EntryState, LiveEntry
from articles.querysets import public_condition
from articles.signals import article_changed
from newsroom.caches import made
from newsroom.languages import known

KEPT = 2  # seconds
MOST_BEHIND = 100  # changes; a page that is further behind is told to load itself anew
_making = Lock()  # in each process one thread at a time makes what the cache has not


@dataclass(frozen=True)
class Stamp:
    """What the cache holds of a coverage; ``until`` is when the article expires."""

    version: int
    is_running: bool
    is_public: bool
    until: datetime | None


def stamp(article_id: int) -> Stamp | None:
    """What readers' pages may know of the coverage now; None if there is none or the article is not public.

    No query on a hit, one otherwise.
    """
    key = _key(article_id)
    found: Stamp | None = made.get(key)
    if found is None:
        with _making:
            found = made.get(key) or _read(article_id)
        if found is None:  # no coverage: nobody's page asks for it, and guesses must not fill the cache
            return None
        made.add(key, found, KEPT)
    if not found.is_public or (found.until and found.until <= timezone.now()):
        return None
    return found


def answer(article_id: int, now: Stamp, since: int | None) -> str:
    """The JSON for a page that shows the number ``since``: what has changed; None: only the stamp.

    ``{version, running, posts: [[id, order, html, is_new]], points: html, news: "3 new posts", more}``: an empty html
    is a post that is gone, ``more`` says that there are further changes than these. No query on a hit, else at most six.
    """
    if since is None or since >= now.version:
        return _json({"version": now.version, "running": now.is_running})
    floor = now.version - MOST_BEHIND
    since = max(since, floor)
    key = f"{_key(article_id)}-{now.version}-{since}"
    found: str | None = made.get(key)
    if found is None:
        with _making:
            found = made.get(key) or _json(
                {
                    "version": now.version,
                    "running": now.is_running,
                    **_changes(article_id, since, is_far_behind=since == floor),
                }
            )
            made.set(key, found, KEPT)
    return found


@receiver(article_changed, dispatch_uid="live-stamp")
def drop_stamp(article_id: int, **_kwargs: Any) -> None:
    """The next page that asks reads the stamp anew."""
    made.delete(_key(article_id))


def _key(article_id: int) -> str:
    return f"live-stamp-{article_id}"


def _read(article_id: int) -> Stamp | None:
    is_public = Case(When(public_condition(), then=True), default=False, output_field=BooleanField())
    row = (
        Article.objects.filter(pk=article_id)
        .exclude(coverage_state=CoverageState.NONE)
        .values_list("coverage__version", "coverage_state", is_public, "expires_at")
        .first()
    )
    return Stamp(row[0], row[1] == CoverageState.RUNNING, row[2], row[3]) if row else None


def _changes(article_id: int, since: int, *, is_far_behind: bool) -> dict[str, Any]:
    """What the page that shows ``since`` has not: nothing if the article went meanwhile."""
    at = timezone.now()
    article = Article.objects.public(at).filter(pk=article_id).first()
    if article is None:
        return {"posts": [], "points": "", "news": "", "more": False}
    changed = LiveEntry.objects.filter(article=article, version__gt=since).with_authors().newest_first()
    rows = list(changed[: SIZE + 1])
    shown = [row for row in rows[:SIZE] if row.state == EntryState.PUBLISHED]
    gone = [[row.pk, "", "", 0] for row in rows[:SIZE] if row.state != EntryState.PUBLISHED]
    points = LiveEntry.objects.filter(article=article, is_key_point=True).shown().newest_first()[:MOST_KEY_POINTS]
    with translation.override(known(article.language) or settings.LANGUAGE_CODE):
        return {
            "posts": [_drawn(post, article, since) for post in posts(shown, article=article, at=at)] + gone,
            "points": render_to_string(
                "articles/_live_points.html", {"points": key_points(points, here=[]), "language": article.language}
            ),
            "news": _news(sum(row.first_version > since for row in shown)),
            "more": len(rows) > SIZE or is_far_behind,
        }


def _drawn(post: Post, article: Article, since: int) -> list[Any]:
    html = render_to_string("articles/_live_post.html", {"post": post, "article": article})
    is_new = post.entry.first_version > since or post.entry.is_pinned
    return [post.entry.pk, post.order, html, int(is_new)]


def _news(count: int) -> str:
    if not count:
        return _("See what changed")
    return ngettext("%(count)s new post", "%(count)s new posts", count) % {"count": count}


def _json(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
