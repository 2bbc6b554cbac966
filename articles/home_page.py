"""What the home page of a language shows: the front page, and what stands beside the programme on air."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from articles.front_page import FrontPage, compose
from articles.front_rows import Arrangement
from articles.models import Article, Genre, Section
from articles.querysets import load_bylines
from media.models import Stream
from newsroom.frame import Frame

BAND, COMING = 3, 4  # pictures and announcements in the dark band


def menu_of(frame: Frame, language: str) -> list[Section]:
    """The sections that a home page of ``language`` has strips of."""
    return [section for section in frame.sections if section.language == language and section.in_menu]


def home_context(frame: Frame, *, edition: str, at: datetime, arrangement: Arrangement | None = None) -> dict[str, Any]:
    """What articles/home.html needs: front, edition_language, coming (the next programmes), galleries (the newest, for the
    places that no programme takes in the dark band). ``arrangement``: another than the one in force at ``at``."""
    front = compose(language=edition, sections=menu_of(frame, edition), at=at, arrangement=arrangement)
    load_bylines(front.opinion)
    return {"front": front, "edition_language": edition, **_band(frame, front, edition=edition, at=at)}


def _band(frame: Frame, front: FrontPage, *, edition: str, at: datetime) -> dict[str, object]:
    """What stands in the watch-and-listen band beside the programme on air: no story that the page has. Two queries at most."""
    free = BAND - len(frame.streams)
    galleries = Article.objects.public(at).in_language(edition).filter(genre=Genre.GALLERY, lead_photo__isnull=False)
    galleries = galleries.exclude(pk__in=[story.pk for story in front.stories])
    return {
        "coming": list(Stream.objects.coming(at).filter(starts_at__lt=at + timedelta(days=1))[:COMING]),
        "galleries": list(galleries.for_listing().newest_first()[:free]) if 0 < free < BAND else [],
    }
