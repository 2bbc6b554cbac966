"""What readers report."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ReportReason(models.TextChoices):
    """What is wrong with a comment, in a reader's eyes."""

    SPAM = "spam", _("Spam")
    INSULT = "insult", _("Insult")
    HATRED = "hatred", _("Hatred")
    FALSE_CLAIM = "false_claim", _("False claim")
    ILLEGAL = "illegal", _("Illegal content")
    OTHER = "other", _("Something else")


class CommentReport(models.Model):
    """One reader's report of one comment. Open until a moderator decides (``handled_at``)."""

    comment = models.ForeignKey("comments.Comment", on_delete=models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("reader"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reader_key = models.CharField(max_length=64, editable=False)
    reason = models.CharField(_("reason"), max_length=12, choices=ReportReason)
    created_at = models.DateTimeField(_("reported"), default=timezone.now)
    handled_at = models.DateTimeField(_("handled"), null=True, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["comment"], condition=Q(handled_at__isnull=True), name="report_open"),
            models.Index(
                fields=["-created_at", "-id"], condition=Q(reason="illegal"), name="report_of_illegal_content"
            ),
            models.Index(fields=["created_at"], condition=Q(reporter__isnull=True), name="report_by_an_address"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["comment", "reader_key"], name="report_once_a_reader"),
            models.CheckConstraint(condition=Q(reason__in=ReportReason.values), name="report_reason_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.reason}"
