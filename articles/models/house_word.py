"""The house dictionary: how this newsroom writes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from newsroom.text import WORD_CHARACTER, clean_line


class HouseWord(models.Model):
    """A word or phrase that the house does not write, and what it writes instead."""

    wrong = models.CharField(_("not so"), max_length=100, help_text=_("A word or phrase, whatever its case."))
    right = models.CharField(_("but so"), max_length=100, blank=True, help_text=_("Empty: leave it out."))
    note = models.CharField(_("why"), max_length=200, blank=True)
    language = models.CharField(
        _("language"), max_length=12, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )

    class Meta:
        verbose_name = _("house word")
        verbose_name_plural = _("house dictionary")
        ordering = ["language", "wrong"]
        constraints = [
            models.UniqueConstraint(
                Lower("wrong"),
                "language",
                name="house_word_once_a_language",
                violation_error_message=_("This word is in the dictionary already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.wrong} → {self.right or '–'}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whoever saves, the words are clean."""
        self.wrong, self.right, self.note = clean_line(self.wrong), clean_line(self.right), clean_line(self.note)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Raises ValidationError for a word without a letter or digit, and for one that would never be found."""
        self.wrong, self.right = clean_line(self.wrong), clean_line(self.right)
        if not WORD_CHARACTER.search(self.wrong):
            raise ValidationError({"wrong": _("Type a word with at least one letter or digit.")})
        if self.wrong == self.right:
            raise ValidationError({"right": _("Both are the same.")})
