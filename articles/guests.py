"""What a guest may put into an article: their own photos and those that readers see already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from articles.acts import NotAllowed
from articles.body import references
from articles.models import Reference
from media.models import Photo
from newsroom.roles import is_guest

if TYPE_CHECKING:
    from articles.content import Content
    from newsroom.models import User


def require_own_photos(content: Content, before: Content | None, by: User | None) -> None:
    """Returns if a guest adds no photo to ``before`` that is not offered to them. One query for a guest, else none.

    Raises NotAllowed.
    """
    if by is None or not is_guest(by):
        return
    added = _photos(content) - (_photos(before) if before else set())
    if added and Photo.objects.offered_to(by).filter(pk__in=added).count() < len(added):
        raise NotAllowed(_("One of the photos is not yours to use. Take your own, or one that is published."))


def _photos(content: Content) -> set[int]:
    cited = {pk for kind, pk in references(content.body) if kind == Reference.Kind.PHOTO}
    return cited | {slide.photo_id for slide in content.slides}
