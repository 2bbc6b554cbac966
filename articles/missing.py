"""What a draft still lacks, in a few words for a list. The whole truth is articles.checks, article by article."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.body import plain_text, references
from articles.content import Content
from articles.models import Section
from media.models import Photo


def missing(contents: Sequence[Content]) -> list[str]:
    """For each of ``contents`` what it lacks ("headline, alt text on 1 photo"), or "". Two queries for all of them."""
    ids = {pk for content in contents for pk in _photo_ids(content)}
    photos = Photo.objects.in_bulk(ids) if ids else {}
    sections = {content.section_id for content in contents}
    there = set(Section.objects.filter(pk__in=[pk for pk in sections if pk]).values_list("pk", flat=True))
    return [_lacking(content, photos, there) for content in contents]


def _photo_ids(content: Content) -> set[int]:
    cited = {pk for kind, pk in references(content.body) if kind == "photo"}
    return cited | {slide.photo_id for slide in content.slides}


def _lacking(content: Content, photos: dict[int, Photo], sections: set[int]) -> str:
    shown = [photos[pk] for pk in _photo_ids(content) if pk in photos]
    typed = {slide.photo_id for slide in content.slides if slide.alt}
    silent = sum(not (photo.pk in typed or photo.alt or photo.is_decorative) for photo in shown)
    unnamed = sum(not photo.credit_line for photo in shown)
    words = [
        _("headline") if not content.headline else "",
        _("section") if content.section_id not in sections else "",
        _("text") if not plain_text(content.body).strip() and not content.slides else "",
        ngettext("alt text on %(n)d photo", "alt text on %(n)d photos", silent) % {"n": silent} if silent else "",
        ngettext("credit on %(n)d photo", "credit on %(n)d photos", unnamed) % {"n": unnamed} if unnamed else "",
    ]
    return ", ".join(word for word in words if word)
