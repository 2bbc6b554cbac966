"""An article as the translation of another: which version of the original it says, and whether that is out of date."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Translation(models.Model):
    """The one translation of an original in a language. Only articles.translations and .translation_links write it."""

    article = models.OneToOneField("articles.Article", on_delete=models.CASCADE, related_name="as_translation")
    original = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="translated_as", db_index=False
    )
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES)
    seen_revision = models.ForeignKey(
        "articles.Revision", null=True, on_delete=models.SET_NULL, related_name="+", help_text="What it translates."
    )
    seen_at = models.DateTimeField(help_text="When it was last up to date, by what a person said.")
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    stale_since = models.DateTimeField(null=True)
    stale_act = models.ForeignKey(
        "articles.EditorialAct", null=True, on_delete=models.SET_NULL, related_name="+", help_text="The last reason."
    )

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["original", "language"], name="one_translation_a_language"),
            models.CheckConstraint(
                condition=~Q(article=models.F("original")), name="translation_is_not_its_own_original"
            ),
        ]
        indexes = [
            models.Index(fields=["stale_since"], condition=Q(stale_since__isnull=False), name="translation_stale"),
        ]

    def __str__(self) -> str:
        return f"{self.original_id} {self.language}"

    @property
    def is_stale(self) -> bool:
        """The original was changed or corrected since."""
        return self.stale_since is not None
