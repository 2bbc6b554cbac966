"""How often articles were read: a number an hour, later a number a day, and nothing about anybody."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PageViews(models.Model):
    """``count`` readings of ``article`` in the hour that began at ``at``; after some days, in the day that began then.

    Only articles.page_views writes here.
    """

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="page_views", db_index=False)
    at = models.DateTimeField(_("from"))
    count = models.PositiveIntegerField(_("page views"), default=0)

    class Meta:
        verbose_name = _("page views")
        verbose_name_plural = _("page views")
        constraints = [models.UniqueConstraint(fields=["article", "at"], name="page_views_once_an_hour")]
        indexes = [models.Index(fields=["at", "article"], name="page_views_by_time")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.at:%Y-%m-%d %H:%M}: {self.count}"
