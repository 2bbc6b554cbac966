"""Addresses that this newsroom's stories and sections had before, here or on another system."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OldAddress(models.Model):
    """``path`` leads to one article or to one page of this site. How it is written: articles.old_addresses."""

    path = models.CharField(_("old address"), max_length=500, unique=True)
    article = models.ForeignKey(
        "articles.Article",
        verbose_name=_("article"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="old_addresses",
    )
    target_path = models.CharField(_("page of this site"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=False, target_path="")
                | Q(article__isnull=True, target_path__startswith="/") & ~Q(target_path__startswith="//"),
                name="old_address_has_one_target",
            )
        ]

    def __str__(self) -> str:
        return self.path
