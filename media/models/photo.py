"""A photo with its rights. The original is private; the public sees renditions (media.renditions)."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from media import source_types
from newsroom.roles import is_guest
from newsroom.text import clean_line, clean_text, fold

if TYPE_CHECKING:
    from newsroom.models import User

EXPIRY_NOTICE = timedelta(days=14)
SHARE = [MinValueValidator(0.0), MaxValueValidator(1.0)]


class Licence(models.TextChoices):
    """Under what right the photo is shown."""

    OWN = "own", _("Our own photo")
    AGENCY = "agency", _("Agency subscription")
    HANDOUT = "handout", _("Handout, free for news")
    SINGLE_USE = "single_use", _("Bought for one use")
    CC0 = "cc0", _("CC0 or public domain")
    CC_BY = "cc_by", _("Creative Commons, with credit")
    UNKNOWN = "unknown", _("Not known yet")


def originals() -> Storage:
    """The private storage: nothing in it has a public address."""
    return storages["originals"]


def original_name(_photo: Photo, filename: str) -> str:
    """A name nobody can guess, in a folder for the month. Only the extension of ``filename`` is kept."""
    extension = filename.rsplit(".", 1)[-1].lower()
    return f"photos/{timezone.now():%Y/%m}/{secrets.token_hex(16)}.{extension}"


def new_key() -> str:
    return secrets.token_hex(8)


class PhotoQuerySet(models.QuerySet["Photo"]):
    def usable(self, at: datetime | None = None) -> PhotoQuerySet:
        """Photos that may be shown at ``at`` (aware, default now): not barred and not expired."""
        moment = at or timezone.now()
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=moment), do_not_publish=False)

    def next_expiry(self, now: datetime) -> datetime | None:
        """When the next right to show a photo ends after ``now``; None if none does. One query."""
        rows = self.filter(valid_until__gt=now).order_by("valid_until")
        found: datetime | None = rows.values_list("valid_until", flat=True).first()
        return found

    def offered_to(self, user: User) -> PhotoQuerySet:
        """Photos that ``user`` may see and use on the desk: all, but for a guest their own and usable ones that are public."""
        from media import usage

        if not is_guest(user):
            return self
        usable = self.model._default_manager.usable().values("pk")
        return self.filter(models.Q(uploaded_by=user) | (models.Q(pk__in=usable) & usage.is_public()))

    def expiring(self, at: datetime | None = None) -> PhotoQuerySet:
        """Photos that may be shown now and no longer in EXPIRY_NOTICE, the nearest end first."""
        moment = at or timezone.now()
        return self.usable(moment).filter(valid_until__lte=moment + EXPIRY_NOTICE).order_by("valid_until", "pk")

    def in_library(self) -> PhotoQuerySet:
        """Photos that the library and the pickers offer: all but archived ones."""
        return self.filter(is_archived=False)

    def matching(self, query: str) -> PhotoQuerySet:
        """Photos that hold every word of ``query`` (its first eight), whatever its case and accents. No new query."""
        found = self
        for word in fold(query[:200]).split()[:8]:
            found = found.filter(search_text__contains=word)
        return found

    def without_credit(self) -> PhotoQuerySet:
        """Photos that cannot be published yet, because nobody is named."""
        return self.filter(credit="", creator="")


class Photo(models.Model):
    """One picture: the untouched original, what it shows, who made it, and whether it may be shown."""

    # FileField, not ImageField: that one opens the file with every decoder there is, before media.ingest has judged it.
    image = models.FileField(_("file"), storage=originals, upload_to=original_name, max_length=200)
    title = models.CharField(_("title"), max_length=255, blank=True)
    caption = models.TextField(
        _("caption"), blank=True, help_text=_("Who, what, where and when. Stands under the photo.")
    )
    alt = models.TextField(
        _("alt text"),
        blank=True,
        help_text=_("What is to be seen, for those who cannot see it. Not the caption again."),
    )
    is_decorative = models.BooleanField(
        _("decorative"), default=False, help_text=_("Says nothing the text does not: screen readers pass it by.")
    )
    credit = models.CharField(
        _("credit"),
        max_length=255,
        blank=True,
        help_text=_("As it stands after “Photo:”, such as an agency or a name."),
    )
    creator = models.CharField(_("photographer"), max_length=255, blank=True)
    copyright_notice = models.CharField(_("copyright notice"), max_length=500, blank=True)
    licence = models.CharField(_("licence"), max_length=12, choices=Licence, default=Licence.UNKNOWN)
    usage_terms = models.TextField(_("usage terms"), blank=True)
    valid_until = models.DateTimeField(
        _("may be shown until"), null=True, blank=True, help_text=_("From then on it leaves every page. Empty: no end.")
    )
    do_not_publish = models.BooleanField(_("do not publish"), default=False)
    taken_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=255, blank=True)
    keywords = models.JSONField(_("keywords"), default=list, blank=True)
    digital_source_type = models.CharField(
        _("digital source type"),
        max_length=255,
        blank=True,
        help_text=_("An IPTC code: camera, drawing, made by a machine …"),
    )
    file_name = models.CharField(_("file name"), max_length=255, blank=True, help_text=_("As it was uploaded."))
    is_archived = models.BooleanField(
        _("archived"), default=False, help_text=_("Stays where it is used, and is no longer offered.")
    )
    focal_x = models.FloatField(
        _("focal point, across"),
        default=0.5,
        validators=SHARE,
        help_text=_("0 is the left edge, 1 the right edge. Crops keep this point."),
    )
    focal_y = models.FloatField(
        _("focal point, down"), default=0.5, validators=SHARE, help_text=_("0 is the top edge, 1 the bottom edge.")
    )
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    byte_size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    format = models.CharField(_("format"), max_length=8, editable=False)
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    colour = models.CharField(max_length=7, blank=True, editable=False)  # "#rrggbb", shown while the picture loads
    version = models.PositiveIntegerField(
        _("version"), default=1, editable=False
    )  # of the file; replacing it counts up
    search_text = models.TextField(blank=True, editable=False)  # folded, for PhotoQuerySet.matching
    key = models.CharField(max_length=16, default=new_key, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="photos",
    )
    created_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("changed"), auto_now=True, editable=False)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="photo_newest"),
            models.Index(fields=["creator"], condition=~Q(creator=""), name="photo_creator"),
            models.Index(fields=["valid_until"], condition=Q(valid_until__isnull=False), name="photo_expiry"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(focal_x__gte=0, focal_x__lte=1, focal_y__gte=0, focal_y__lte=1),
                name="photo_focal_point_lies_inside",
                violation_error_message=_("The focal point lies outside the photo."),
            ),
            models.CheckConstraint(condition=Q(width__gt=0, height__gt=0, byte_size__gt=0), name="photo_has_a_size"),
            models.CheckConstraint(condition=Q(licence__in=Licence.values), name="photo_licence_is_known"),
        ]

    def __str__(self) -> str:
        return self.title or self.caption[:80] or str(_("Photo %(number)s") % {"number": self.pk})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whoever saves, the words are clean: no control characters, no white space at the ends."""
        for name in ("title", "credit", "creator", "place", "digital_source_type", "file_name"):
            setattr(self, name, clean_line(getattr(self, name))[:255])
        self.copyright_notice = clean_line(self.copyright_notice)[:500]
        for name in ("caption", "alt", "usage_terms"):
            setattr(self, name, clean_text(getattr(self, name)))
        self.keywords = (
            [clean_line(str(word))[:80] for word in self.keywords] if isinstance(self.keywords, list) else []
        )
        self.search_text = self.searchable()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "search_text"}
        super().save(*args, **kwargs)

    def searchable(self) -> str:
        """What ``PhotoQuerySet.matching`` looks in: everything people may remember of the photo, folded."""
        words = [
            self.title, self.caption, self.alt, self.credit, self.creator, self.place, self.file_name, *self.keywords,
        ]  # fmt: skip
        return fold(" \n".join(filter(None, words)))

    def is_usable(self, at: datetime | None = None) -> bool:
        """The predicate of PhotoQuerySet.usable for this loaded row."""
        return not self.do_not_publish and (self.valid_until is None or self.valid_until > (at or timezone.now()))

    def ends_soon(self, at: datetime | None = None) -> bool:
        """The predicate of PhotoQuerySet.expiring for this loaded row."""
        moment = at or timezone.now()
        return self.valid_until is not None and self.is_usable(moment) and self.valid_until <= moment + EXPIRY_NOTICE

    @property
    def credit_line(self) -> str:
        """Who is named beside the photo: the credit, else the photographer. Empty: it cannot be published."""
        return self.credit or self.creator

    @property
    def made_label(self) -> str:
        """What readers must be told of how the picture was made, such as "Made by a machine". Empty: nothing."""
        return str(source_types.label(self.digital_source_type) or "")

    @property
    def is_portrait(self) -> bool:
        """Taller than wide."""
        return self.height > self.width

    @property
    def token(self) -> str:
        """The part of public addresses nobody can guess; its last eight characters change with what renditions contain."""
        parts = [
            repr(self.focal_x),
            repr(self.focal_y),
            self.credit_line,
            self.creator,
            self.copyright_notice,
            self.alt,
            self.digital_source_type,
            *([str(self.version)] if self.version > 1 else []),
        ]
        return self.key + hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:8]
