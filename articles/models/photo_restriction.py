"""Photos that only some sections may show."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PhotoRestriction(models.Model):
    """``photo`` may be shown by articles of ``sections`` and what lies beneath them, and by no others. Without a section: by none."""

    photo = models.OneToOneField(
        "media.Photo", on_delete=models.CASCADE, related_name="restriction", verbose_name=_("photo")
    )
    sections = models.ManyToManyField(
        "articles.Section", verbose_name=_("only in"), related_name="+", help_text=_("And in the sections beneath.")
    )

    class Meta:
        verbose_name = _("restriction to sections")
        verbose_name_plural = _("restriction to sections")

    def __str__(self) -> str:
        return f"{self.photo_id}"
