"""Which comment mode an article has: its own, else that of its nearest section with one, else the site's."""

from __future__ import annotations

from collections.abc import Iterable

from articles.models import Article, Section
from newsroom.choices import CommentMode
from newsroom.models import SiteIdentity


def mode_for(article: Article, site: SiteIdentity, *, sections: Iterable[Section] | None = None) -> CommentMode:
    """The mode that holds for ``article``, never INHERIT.

    No query if the article has its own or ``sections`` (the frame's) holds its section, else one, two with the section.
    """
    if article.comment_mode != CommentMode.INHERIT:
        return CommentMode(article.comment_mode)
    for section in _upwards(article, sections):
        if section.comment_mode != CommentMode.INHERIT:
            return CommentMode(section.comment_mode)
    return CommentMode(site.comment_mode)


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
