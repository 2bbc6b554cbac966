"""What readers see of a live coverage: twenty posts a page, pinned ones first, key points at the top."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils.safestring import SafeString

from articles.body import references, render
from articles.body.render import NODES
from articles.models import Article, Coverage, LiveEntry
from articles.models.coverage import LiveEntryQuerySet
from media.models import Photo

SIZE = 20
MOST_PINNED = 5
MOST_KEY_POINTS = 12
MOST_RAISED = 100
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Post:
    """A post with its text ready for the page. ``photo`` is None if it may not be shown."""

    entry: LiveEntry
    body: SafeString
    photo: Photo | None

    @property
    def alt(self) -> str:
        """The photo's alt text; empty for a decorative one."""
        return "" if self.photo is None or self.photo.is_decorative else self.photo.alt

    @property
    def order(self) -> str:
        """Sorts posts as the page does: the higher, the further up."""
        return f"{int(self.entry.is_pinned)}{_micros(self.entry):020d}{self.entry.pk:020d}"


@dataclass(frozen=True)
class KeyPoint:
    """A line at the top and where it leads: to the post on this page, else to the page that begins with it."""

    title: str
    url: str
    at: datetime


@dataclass(frozen=True)
class LivePage:
    """The live part of an article's page."""

    coverage: Coverage
    posts: list[Post]
    key_points: list[KeyPoint]
    older_url: str
    is_first: bool

    @property
    def is_running(self) -> bool:
        return self.coverage.ended_at is None

    @property
    def poll_url(self) -> str:
        return reverse("articles:live_posts", args=[self.coverage.pk])


def live_page(article: Article, *, at: datetime, asked: Mapping[str, str], nodes: str = NODES) -> LivePage | None:
    """The page of posts that ``?before=<cursor>`` or ``?post=<id>`` asks for, else the first; None without a coverage.

    Three queries, and two for what the posts show. Raises Http404 for a bad cursor or a post that is not there.
    """
    if not article.coverage_state:
        return None
    shown = LiveEntry.objects.filter(article=article).shown()
    start = _start(shown, before=asked.get("before", ""), post=asked.get("post", ""))
    raised = list(shown.filter(Q(is_pinned=True) | Q(is_key_point=True)).with_authors().newest_first()[:MOST_RAISED])
    pinned = [entry for entry in raised if entry.is_pinned][:MOST_PINNED]
    others = shown.exclude(pk__in=[entry.pk for entry in pinned]).with_authors().newest_first()
    rows = list((others.filter(start) if start else others)[: SIZE + 1])
    entries = [*([] if start else pinned), *rows[:SIZE]]
    return LivePage(
        coverage=Coverage.objects.get(article=article),
        posts=posts(entries, article=article, at=at, nodes=nodes),
        key_points=key_points([entry for entry in raised if entry.is_key_point], here=entries),
        older_url=f"?before={cursor_of(rows[SIZE - 1])}#live" if len(rows) > SIZE else "",
        is_first=not start,
    )


def posts(entries: Iterable[LiveEntry], *, article: Article, at: datetime, nodes: str = NODES) -> list[Post]:
    """The entries as the page shows them at ``at``. At most two queries, for photos and articles in the texts."""
    entries = list(entries)
    cited = [found for entry in entries for found in references(entry.body)]
    photo_ids = {pk for kind, pk in cited if kind == "photo"}
    story_ids = {pk for kind, pk in cited if kind == "article"}
    photos = Photo.objects.usable(at).in_bulk(photo_ids) if photo_ids else {}
    stories = (
        {story.pk: story for story in Article.objects.public(at).for_listing().filter(pk__in=story_ids)}
        if story_ids
        else {}
    )
    return [
        Post(
            entry=entry,
            body=render(
                entry.body,
                photos=photos,
                articles=stories,
                at=at,
                language=article.language,
                prefix=f"e{entry.pk}-",
                nodes=nodes,
            ),
            photo=entry.photo if entry.photo and entry.photo.is_usable(at) else None,
        )
        for entry in entries
    ]


def key_points(entries: Iterable[LiveEntry], *, here: Iterable[LiveEntry]) -> list[KeyPoint]:
    """The lines at the top, the newest first, at most twelve. No query."""
    near = {entry.pk for entry in here}
    return [
        KeyPoint(entry.title, f"{'' if entry.pk in near else f'?post={entry.pk}'}#e{entry.pk}", entry.at)
        for entry in list(entries)[:MOST_KEY_POINTS]
    ]


def cursor_of(entry: LiveEntry) -> str:
    """The place of ``entry`` in the newest-first order: microseconds since 1970, and its id."""
    return f"{_micros(entry)}-{entry.pk}"


def _micros(entry: LiveEntry) -> int:
    return max(0, (entry.at - EPOCH) // MICROSECOND)


def _start(shown: LiveEntryQuerySet, *, before: str, post: str) -> Q:
    """Where the page begins; empty: at the top, where pinned posts stand."""
    if not post:
        return after(before) if before else Q()
    found = shown.filter(pk=int(post)).first() if _is_count(post) else None
    if found is None:
        raise Http404
    return Q() if found.is_pinned else Q(at__lt=found.at) | Q(at=found.at, pk__lte=found.pk)


def after(cursor: str) -> Q:
    """The condition on entries that stand below the place ``cursor``. Raises Http404 if it is none."""
    moment, _dash, pk = cursor.partition("-")
    if not (_is_count(moment) and _is_count(pk)):
        raise Http404
    try:
        at = EPOCH + int(moment) * MICROSECOND
    except OverflowError as error:
        raise Http404 from error
    return Q(at__lt=at) | Q(at=at, pk__lt=int(pk))


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18
