"""What the home page of a language shows: the front page, and what comes on air."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from articles.front_page import compose
from articles.front_rows import Arrangement
from articles.models import Section
from articles.querysets import load_bylines
from media.models import Stream
from newsroom.frame import Frame

BAND, COMING = 3, 4  # pictures and announcements in the dark band


def menu_of(frame: Frame, language: str) -> list[Section]:
    """The sections that a home page of ``language`` has strips of."""
    return [section for section in frame.sections if section.language == language and section.in_menu]


def home_context(frame: Frame, *, edition: str, at: datetime, arrangement: Arrangement | None = None) -> dict[str, Any]:
    """What articles/home.html needs: front, edition_language, coming (the next programmes). In the dark band galleries and
    recordings take the places that no programme takes. ``arrangement``: another than the one in force at ``at``."""
    on_air, coming = len(frame.streams), Stream.objects.coming(at).filter(starts_at__lt=at + timedelta(days=1))
    soon = list(coming[:COMING])
    front = compose(
        language=edition,
        sections=menu_of(frame, edition),
        at=at,
        arrangement=arrangement,
        in_band=max(0, BAND - on_air) if on_air or soon else 0,
    )
    load_bylines(front.opinion)
    return {"front": front, "edition_language": edition, "coming": soon}
