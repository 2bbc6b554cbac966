"""What can be watched or listened to, live or from a file."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.text import clean_line, clean_text

VIDEO = FileExtensionValidator(["mp4", "m4v", "webm"])
AUDIO = FileExtensionValidator(["mp3", "m4a", "aac", "ogg", "opus", "oga"])
CAPTIONS = FileExtensionValidator(["vtt"])
# Only kinds that one browser plays and another does not, so that it need not ask for the file to find out.
TYPES = {".m3u8": "application/vnd.apple.mpegurl", ".webm": "video/webm", ".opus": "audio/ogg"}
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\<>\"'`]")


def validate_stream_url(value: str) -> None:
    """``value`` is an https address or a path on this site ("/uploads/…"). Raises ValidationError otherwise."""
    message = _("Use an address that begins with https:// or a path on this site such as /uploads/streams/news.mp4.")
    try:
        parts = urlsplit(value)
        _port = parts.port  # raises ValueError when it is no number
        outside = parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError as error:
        raise ValidationError(message, code="stream_url") from error
    inside = value.startswith("/") and not value.startswith("//") and "/../" not in f"{parts.path}/"
    if _UNSAFE.search(value) or not (outside or inside):
        raise ValidationError(message, code="stream_url")


def _type(address: str) -> str:
    return TYPES.get(PurePosixPath(urlsplit(address).path).suffix.lower(), "")


class StreamQuerySet(models.QuerySet["Stream"]):
    def on_air(self) -> StreamQuerySet:
        """Streams that the desk has put on air, in their order. A switch, not a clock: programmes run over."""
        return self.filter(is_on_air=True).order_by("position", "pk")

    def coming(self, at: datetime | None = None) -> StreamQuerySet:
        """Streams off air with a start ahead of ``at`` (aware, default now), the nearest first."""
        return self.filter(is_on_air=False, starts_at__gt=at or timezone.now()).order_by("starts_at", "pk")


class Stream(models.Model):
    """A channel or programme with a picture, sound, or both. Streams on air feed every page's header."""

    title = models.CharField(_("channel"), max_length=120)
    label = models.CharField(
        _("label"), max_length=40, blank=True, help_text=_("Short name for menus. Empty: the channel.")
    )
    programme_title = models.CharField(_("programme"), max_length=160, blank=True, help_text=_("What is on now."))
    description = models.TextField(_("description"), blank=True)
    video_url = models.CharField(
        _("video address"),
        max_length=500,
        blank=True,
        validators=[validate_stream_url],
        help_text=_("HLS (.m3u8) or MP4, https."),
    )
    audio_url = models.CharField(_("audio address"), max_length=500, blank=True, validators=[validate_stream_url])
    video_file = models.FileField(
        _("video file"),
        upload_to="streams/",
        blank=True,
        validators=[VIDEO],
        help_text=_("Used when there is no address."),
    )
    audio_file = models.FileField(
        _("audio file"),
        upload_to="streams/",
        blank=True,
        validators=[AUDIO],
        help_text=_("Used when there is no address."),
    )
    audio_kbit = models.PositiveSmallIntegerField(
        _("sound, kbit a second"),
        null=True,
        blank=True,
        validators=[MinValueValidator(8), MaxValueValidator(2000)],
        help_text=_("Shown to listeners with the data it uses. Empty: not said."),
    )
    captions_file = models.FileField(
        _("captions file"),
        upload_to="streams/",
        blank=True,
        validators=[CAPTIONS],
        help_text=_("WebVTT, for those who cannot hear the sound."),
    )
    poster = models.ForeignKey(
        "media.Photo",
        verbose_name=_("still picture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="streams",
    )
    language = models.CharField(
        _("language"), max_length=12, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_on_air = models.BooleanField(_("on air"), default=False)
    starts_at = models.DateTimeField(_("begins at"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)

    objects = StreamQuerySet.as_manager()

    class Meta:
        verbose_name = _("stream")
        verbose_name_plural = _("streams")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_on_air=False)
                | ~Q(video_url="")
                | ~Q(audio_url="")
                | ~Q(video_file="")
                | ~Q(audio_file=""),
                name="stream_on_air_has_a_source",
                violation_error_message=_("A stream on air needs an address or a file."),
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | Q(ends_at__isnull=True) | Q(ends_at__gt=models.F("starts_at")),
                name="stream_ends_after_it_begins",
                violation_error_message=_("The programme must end after it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whoever saves, the words are clean: no control characters, no white space at the ends."""
        for name in ("title", "label", "programme_title", "video_url", "audio_url"):
            setattr(self, name, clean_line(getattr(self, name)))
        self.description = clean_text(self.description)
        super().save(*args, **kwargs)

    @property
    def video_src(self) -> str:
        """Where the picture comes from: the typed address, else the uploaded file. Empty: sound only."""
        return self.video_url or (self.video_file.url if self.video_file else "")

    @property
    def audio_src(self) -> str:
        """Where the sound comes from: the typed address, else the uploaded file. Empty: none of its own."""
        return self.audio_url or (self.audio_file.url if self.audio_file else "")

    @property
    def megabytes_a_minute(self) -> float | None:
        """What a minute of its sound weighs, None if nobody typed its rate."""
        return None if self.audio_kbit is None else self.audio_kbit * 60 / 8 / 1000

    @property
    def captions_src(self) -> str:
        """Where the captions come from. Empty: none."""
        return self.captions_file.url if self.captions_file else ""

    @property
    def video_type(self) -> str:
        """The kind of ``video_src`` as browsers call it, empty if its name does not tell."""
        return _type(self.video_src)

    @property
    def audio_type(self) -> str:
        """The kind of ``audio_src`` as browsers call it, empty if its name does not tell."""
        return _type(self.audio_src)

    @property
    def short_label(self) -> str:
        return self.label or self.title
