"""Front pages: the home page of each language and the front of each section, their versions, and the draft of the next.

A version says everything that editors arranged (articles.front_rows.Arrangement). What readers see at a moment is the
version that took force last by then; nothing else is written when it does. Places left empty fill themselves.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class FrontPage(models.Model):
    """One page with places: a home page (``language`` set) or a section's front (``section`` set).

    ``draft`` is the arrangement in work, None while there is none; ``draft_number`` grows with every change of it.
    """

    language = models.CharField(_("language"), max_length=12, blank=True)
    section = models.OneToOneField(
        "articles.Section",
        verbose_name=_("section"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="front",
    )
    draft = models.JSONField(null=True, editable=False)
    draft_number = models.PositiveIntegerField(default=0, editable=False)
    draft_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    draft_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")
        ordering = ["language", "section", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["language"], condition=~Q(language=""), name="one_home_page_a_language"),
            models.CheckConstraint(
                condition=(~Q(language="") & Q(section__isnull=True)) | (Q(language="") & Q(section__isnull=False)),
                name="front_page_is_a_home_or_a_section_s",
            ),
        ]

    def __str__(self) -> str:
        if self.section is not None:
            return gettext("Section front: %(section)s") % {"section": self.section.name}
        return gettext("Home page (%(language)s)") % {"language": self.language}


class FrontPageVersionQuerySet(models.QuerySet["FrontPageVersion"]):
    def by_force(self, at: datetime) -> FrontPageVersionQuerySet:
        """Those that took force by ``at``, what stands then first."""
        return self.filter(at__lte=at).order_by("-at", "-number")


class FrontPageVersion(models.Model):
    """One publication of a front page. It stands from ``at`` on (None: it was called off) until another takes force."""

    page = models.ForeignKey(FrontPage, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(_("content"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("from"), null=True, default=timezone.now)
    made_at = models.DateTimeField(_("when"), default=timezone.now)

    objects = FrontPageVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a front page")
        verbose_name_plural = _("versions of front pages")
        ordering = ["page", "-number"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["page", "-at", "-number"], name="front_page_in_force"),
            models.Index(fields=["at"], name="front_page_from"),
        ]
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="front_page_version_number_once")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.number}"
