"""What moderators keep for their work: notes on readers, prewritten reasons, filters of their own."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.comment import Rejection


class ReaderNote(models.Model):
    """What one moderator wants the others to know of a reader, an account or a guest's e-mail address. Readers see none."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reader"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="moderators_notes",
        db_index=False,
    )
    guest_email = models.EmailField(_("guest's e-mail address"), blank=True)
    body = models.TextField(_("note"), max_length=2000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("note on a reader")
        verbose_name_plural = _("notes on readers")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["reader", "-at", "-id"], name="note_of_reader"),
            models.Index(fields=["guest_email", "-at", "-id"], condition=~Q(guest_email=""), name="note_of_guest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(reader__isnull=False, guest_email="") | (Q(reader__isnull=True) & ~Q(guest_email="")),
                name="note_is_of_one_reader",
            ),
            models.CheckConstraint(condition=~Q(body=""), name="note_on_reader_says_something"),
        ]

    def __str__(self) -> str:
        return self.body[:60]


class CannedReason(models.Model):
    """The sentence that an author reads when their comment was rejected, in one language. Without one the built-in words hold."""

    rejection = models.CharField(_("reason"), max_length=12, choices=Rejection)
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES)
    sentence = models.CharField(_("what the author reads"), max_length=300)

    class Meta:
        verbose_name = _("prewritten reason")
        verbose_name_plural = _("prewritten reasons")
        ordering = ["language", "rejection"]
        constraints = [
            models.UniqueConstraint(
                fields=["language", "rejection"],
                name="reason_once_a_language",
                violation_error_message=_("This reason is written in this language already."),
            ),
        ]

    def __str__(self) -> str:
        return self.sentence


class SavedFilter(models.Model):
    """A search over the comments that one moderator keeps under a name."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="comment_filters")
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=600)  # a query string that comments.finding reads

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="filter_name_once_a_moderator")]

    def __str__(self) -> str:
        return self.name
