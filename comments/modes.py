"""Who may comment on an article: its own mode, else that of its nearest section with one, else the site's.

Above all modes stand the site's pause and the days after which comments close.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Section
from newsroom.choices import CommentMode
from newsroom.models import SiteIdentity


def mode_for(
    article: Article, site: SiteIdentity, *, sections: Iterable[Section] | None = None, at: datetime | None = None
) -> CommentMode:
    """The mode that holds for ``article`` at ``at`` (default: now), never INHERIT.

    No query if ``sections`` (the frame's) holds its section, or the article says all itself; else one, two with the section.
    """
    mode, days = article.comment_mode, article.comment_days
    if mode == CommentMode.INHERIT or days is None:
        for section in _upwards(article, sections):
            mode = section.comment_mode if mode == CommentMode.INHERIT else mode
            days = section.comment_days if days is None else days
    mode = site.comment_mode if mode == CommentMode.INHERIT else mode
    days = site.comment_days if days is None else days
    if mode != CommentMode.OFF and (site.comments_paused or _is_over(article, days, at or timezone.now())):
        return CommentMode.CLOSED
    return CommentMode(mode)


def closed_sentence(site: SiteIdentity) -> str:
    """Why nobody can write, in words for readers."""
    if site.comments_paused:
        return site.comments_pause_note or _("Comments are paused for now.")
    return _("Comments on this article are closed.")


def reads_first(mode: CommentMode) -> bool:
    """Whether a moderator reads what readers write before it appears."""
    return mode in {CommentMode.MODERATED, CommentMode.QUESTIONS}


def _is_over(article: Article, days: int, at: datetime) -> bool:
    return bool(days and article.published_at and article.published_at + timedelta(days=days) <= at)


def _upwards(article: Article, sections: Iterable[Section] | None) -> list[Section]:
    """The article's section and those above it, the nearest first."""
    own = next((section for section in sections or () if section.pk == article.section_id), None)
    if own is not None:
        return [own, *reversed(own.ancestors)]  # type: ignore[attr-defined]  # the frame's sections have them
    if article.section is None:
        return []
    steps = article.section.path.rstrip("/").split("/")
    paths = ["/".join(steps[: n + 1]) + "/" for n in range(len(steps))]
    return sorted(Section.objects.filter(path__in=paths), key=lambda section: len(section.path), reverse=True)
