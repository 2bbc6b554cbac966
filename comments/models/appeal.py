"""A reader asks for a second look."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AppealState(models.TextChoices):
    """What became of an appeal."""

    OPEN = "open", pgettext_lazy("appeal", "Open")
    GRANTED = "granted", _("Granted")
    DISMISSED = "dismissed", pgettext_lazy("appeal", "Dismissed")


class Appeal(models.Model):
    """The one appeal against the rejection of a comment. Written by comments.appeals only.

    ``rejected_by`` is who turned the comment down, None for the rules; that person does not decide about it.
    """

    comment = models.OneToOneField("comments.Comment", on_delete=models.CASCADE, related_name="appeal")
    text = models.TextField(_("what the reader says"), max_length=1000)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    rejected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("turned down by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    state = models.CharField(_("state"), max_length=12, choices=AppealState, default=AppealState.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    answer = models.CharField(_("answer to the reader"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["-made_at", "-pk"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["made_at", "id"], condition=Q(state="open"), name="appeal_open"),
            models.Index(fields=["-made_at", "-id"], name="appeal_newest"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AppealState.values), name="appeal_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="open") | Q(decided_at__isnull=False), name="decided_appeal_has_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
