"""The picture desk's part of the dashboard."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from media.models import Photo
from newsroom import desk

ROWS = 6


def register() -> None:
    """The desk shows what photos have to say."""
    desk.register(
        desk.Entry(_("Photos"), "admin:media_photo_changelist", "media.view_photo", 40, icon="photo"),
        desk.Entry(_("Live channels"), "admin:media_stream_changelist", "media.view_stream", 50, icon="play"),
        desk.Panel("admin/media/_expiring_panel.html", expiring_panel, "media.change_photo", 45),
    )


def expiring_panel(user: Any) -> dict[str, Any]:
    """Photos that may soon no longer be shown, the nearest end first: rows, more (bool), all_url. One query."""
    rows = list(Photo.objects.expiring()[: ROWS + 1])
    return {
        "rows": rows[:ROWS],
        "more": len(rows) > ROWS,
        "all_url": reverse("admin:media_photo_changelist") + "?usable=expiring&archive=all",
    }
