"""How moderators regard a reader, and how that came about."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Standing(models.TextChoices):
    """What a reader may do under articles. Who has no row is new."""

    NEW = "new", _("New")
    TRUSTED = "trusted", _("Trusted")
    MODERATED = "moderated", _("Always read first")
    QUIET = "quiet", _("Slow lane")
    SUSPENDED = "suspended", _("Suspended")
    BANNED = "banned", _("Banned")


class ReaderStatus(models.Model):
    """The standing of one reader: an account, or a guest known by the hash of a mail or network address (``key``).

    Written by comments.reader_status only. After ``until`` the reader is new again.
    """

    key = models.CharField(max_length=80, unique=True, editable=False)
    reader = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reader"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="comment_status",
    )
    standing = models.CharField(_("standing"), max_length=12, choices=Standing, default=Standing.NEW)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("set by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    set_at = models.DateTimeField(_("set"), default=timezone.now)

    class Meta:
        verbose_name = _("reader's standing")
        verbose_name_plural = _("readers' standings")
        ordering = ["-set_at", "-pk"]
        indexes = [models.Index(fields=["standing", "-set_at", "-id"], name="reader_standing_newest")]
        constraints = [
            models.CheckConstraint(condition=Q(standing__in=Standing.values), name="reader_standing_is_known"),
            models.CheckConstraint(
                condition=~Q(standing="suspended") | Q(until__isnull=False), name="suspension_has_an_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reader or self.key}: {self.get_standing_display()}"

    def at(self, moment: datetime | None = None) -> Standing:
        """The standing at ``moment`` (now): new once ``until`` has passed."""
        over = self.until is not None and self.until <= (moment or timezone.now())
        return Standing.NEW if over else Standing(self.standing)


class ReaderAct(models.Model):
    """A change of a reader's standing: who, when, from what to what, until when, why. ``by`` None is the system."""

    status = models.ForeignKey(ReaderStatus, on_delete=models.CASCADE, related_name="acts", db_index=False)
    from_standing = models.CharField(_("from"), max_length=12, choices=Standing)
    to_standing = models.CharField(_("to"), max_length=12, choices=Standing)
    until = models.DateTimeField(_("until"), null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("when"))
    reason = models.CharField(_("why"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("change of standing")
        verbose_name_plural = _("changes of standing")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["status", "-at", "-id"], name="reader_act_newest")]

    def __str__(self) -> str:
        return f"{self.from_standing} -> {self.to_standing}"
