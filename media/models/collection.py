"""Photos put together by the desk."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.text import clean_line, clean_text


class Collection(models.Model):
    """Photos that belong together for the desk, such as one event. Readers see nothing of it."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    description = models.TextField(_("description"), blank=True)
    photos = models.ManyToManyField("media.Photo", verbose_name=_("photos"), related_name="collections", blank=True)
    created_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whoever saves, the words are clean."""
        self.name, self.description = clean_line(self.name)[:120], clean_text(self.description)
        super().save(*args, **kwargs)
