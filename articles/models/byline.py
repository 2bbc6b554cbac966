"""The public name under an article, with or without a login."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from newsroom.languages import default_language
from newsroom.text import clean_line, initials


class Byline(models.Model):
    """An author as readers know them: name, role, portrait, page."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=120, unique=True, allow_unicode=True, blank=True)
    role = models.CharField(_("role"), max_length=120, blank=True)
    bio = models.TextField(_("biography"), blank=True)
    portrait = models.ForeignKey(
        "media.Photo", verbose_name=_("portrait"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    email = models.EmailField(_("public e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES, default=default_language)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="byline",
    )

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name = clean_line(self.name)
        if not self.slug:
            self.slug = free_slug(Byline, self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("articles:author", args=[self.slug])

    @property
    def initials(self) -> str:
        """What stands for the portrait where there is none."""
        return initials(self.name)


def free_slug(model: type[models.Model], text: str) -> str:
    """A slug made from ``text`` that no row of ``model`` has yet: "ana", "ana-2" …"""
    base = slugify(text, allow_unicode=True)[:100] or "x"
    taken = set(model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
