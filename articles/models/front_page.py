"""What an editor placed on a home page. Places left empty fill themselves with the newest stories."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.languages import default_language


class FrontPageSlot(models.Model):
    """One place on the home page of one language: 1 leads, 2 to 4 stand beside it, higher ones are the lead's sub-links."""

    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES, default=default_language)
    position = models.PositiveSmallIntegerField(
        _("place"), help_text=_("1 is the lead, 2 to 4 stand beside it, 5 to 7 are links under the lead.")
    )
    article = models.ForeignKey(
        "articles.Article", verbose_name=_("article"), on_delete=models.CASCADE, related_name="front_page_slots"
    )

    class Meta:
        verbose_name = _("front page place")
        verbose_name_plural = _("front pages")
        ordering = ["language", "position"]
        constraints = [
            models.UniqueConstraint(fields=["language", "position"], name="front_page_place_holds_one_story"),
            models.UniqueConstraint(fields=["language", "article"], name="front_page_story_stands_once"),
            models.CheckConstraint(condition=models.Q(position__range=(1, 7)), name="front_page_place_exists"),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.position}"
