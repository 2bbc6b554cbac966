"""Live channels on the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from media.forms import StreamForm
from media.models import Stream
from newsroom.autocomplete import KnownSelects


@admin.register(Stream)
class StreamAdmin(KnownSelects, admin.ModelAdmin[Any]):
    """What is on air stands in every page's header at once."""

    form = StreamForm
    list_display = ("title", "programme_title", "is_on_air", "language", "starts_at", "ends_at", "position")
    list_filter = ("is_on_air", "language")
    search_fields = ("title", "programme_title", "description")
    autocomplete_fields = ("poster",)
    fieldsets = (
        (None, {"fields": ("title", "label", "programme_title", "description", "language", "is_on_air", "position")}),
        (_("Picture"), {"fields": ("video_url", "video_file", "captions_file", "poster")}),
        (_("Sound"), {"fields": ("audio_url", "audio_file", "audio_kbit")}),
        (_("Time"), {"fields": ("starts_at", "ends_at")}),
    )
