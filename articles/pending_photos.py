"""Which photos stand in a version of an article that readers do not see yet: a draft of a live article, a scheduled update.

Its row, slides and references say what readers see. Without these rows such a photo could be deleted, and the update
would come out without it.
"""

from __future__ import annotations

from typing import Any

from articles.body import references
from articles.models import Article, PendingPhoto
from media.usage import hold


def keep(article: Article) -> None:
    """The pending photos of ``article`` are those of its newest version and of the one that waits for its time, unless
    its row shows that version. At most four queries; call inside a transaction, whenever one of its versions changed."""
    wanted: set[int] = set()
    if article.has_unpublished_changes and article.latest_revision:
        wanted |= photos_in(article.latest_revision.content)
    if article.update_revision:
        wanted |= photos_in(article.update_revision.content)
    article.pending_photos.exclude(photo__in=wanted).delete()
    if wanted:
        there = hold(wanted)
        PendingPhoto.objects.bulk_create(
            (PendingPhoto(article=article, photo_id=pk) for pk in there), ignore_conflicts=True
        )


def photos_in(content: dict[str, Any]) -> set[int]:
    """The photos of a version, in its slides and in its text."""
    cited = {pk for kind, pk in references(content.get("body", "")) if kind == "photo"}
    return cited | {slide["photo_id"] for slide in content.get("slides", [])}
