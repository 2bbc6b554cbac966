"""The sections to which a person's rights are limited."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SectionRight(models.Model):
    """A person has the rights of ``role`` (None: all of theirs) in ``section`` and beneath it, and nowhere that no row
    names. A role without any row is not limited. A named section cannot be deleted: the limit would vanish with it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="section_rights")
    section = models.ForeignKey(
        "articles.Section", verbose_name=_("section"), on_delete=models.PROTECT, related_name="rights"
    )
    role = models.ForeignKey(
        Group,
        verbose_name=_("role"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Empty: all rights of the person."),
    )

    class Meta:
        verbose_name = _("limit to a section")
        verbose_name_plural = _("limits to sections")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "section", "role"],
                name="section_right_once_a_role",
                violation_error_message=_("This limit is there already."),
            ),
            models.UniqueConstraint(
                fields=["user", "section"],
                condition=Q(role__isnull=True),
                name="section_right_once_for_all_roles",
                violation_error_message=_("This limit is there already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section}"
