"""What was wrong in a published article, said in public; and what readers say is wrong."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.querysets import public_condition


class CorrectionKind(models.TextChoices):
    """A correction says that something was wrong; a clarification that it could be misread."""

    CORRECTION = "correction", _("Correction")
    CLARIFICATION = "clarification", _("Clarification")


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def public(self, at: datetime | None = None) -> CorrectionQuerySet:
        """Corrections that stand, of articles that every reader may see at ``at``."""
        moment = at or timezone.now()
        return self.filter(public_condition(moment, "article__"), withdrawn_at__isnull=True, published_at__lte=moment)


class Correction(models.Model):
    """A note on an article. Written by articles.corrections; what it said before is kept in ``history``."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="corrections")
    kind = models.CharField(_("kind"), max_length=16, choices=CorrectionKind, default=CorrectionKind.CORRECTION)
    text = models.TextField(_("text"), max_length=2000)
    published_at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    history = models.JSONField(default=list, editable=False)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-published_at", "-pk"]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"], condition=Q(withdrawn_at__isnull=True), name="correction_standing"
            ),
            models.Index(fields=["article", "-published_at"], name="correction_of_article"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=CorrectionKind.values), name="correction_kind_is_known"),
            models.CheckConstraint(condition=~Q(text=""), name="correction_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    def get_absolute_url(self) -> str:
        """Its place on the article's page."""
        return f"{self.article.get_absolute_url()}#correction-{self.pk}"

    @property
    def version(self) -> int:
        """How often it was changed."""
        return len(self.history)


class ReportState(models.TextChoices):
    """What became of a reader's report."""

    OPEN = "open", _("Open")
    ACCEPTED = "accepted", _("Accepted")
    DISMISSED = "dismissed", _("Dismissed")


class ErrorReport(models.Model):
    """A reader says that something in an article is wrong. Decided by articles.error_reports."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="error_reports")
    text = models.TextField(_("what is wrong"), max_length=2000)
    quote = models.TextField(_("the sentence"), max_length=1000, blank=True)
    name = models.CharField(_("name"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    reader_key = models.CharField(max_length=64, editable=False, blank=True)
    created_at = models.DateTimeField(_("when"), default=timezone.now)
    state = models.CharField(_("state"), max_length=12, choices=ReportState, default=ReportState.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    correction = models.ForeignKey(
        Correction, verbose_name=_("correction"), null=True, on_delete=models.SET_NULL, related_name="reports"
    )
    is_letter_due = models.BooleanField(default=False, editable=False, help_text=_("Its writer is to get a letter."))
    mailed_at = models.DateTimeField(null=True, editable=False)
    taken_at = models.DateTimeField(null=True, editable=False)  # by the process that sends the letter

    class Meta:
        verbose_name = _("error report")
        verbose_name_plural = _("error reports")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "-created_at", "-id"], name="error_report_state"),
            models.Index(fields=["id"], condition=Q(is_letter_due=True, mailed_at=None), name="error_report_unsent"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="report_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True) | (~Q(state="open") & Q(decided_at__isnull=False)),
                name="decided_report_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
