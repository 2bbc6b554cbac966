"""Topics: taggit's tags with a page of their own."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase


class Topic(TagBase):
    """What an article is about, across sections."""

    description = models.TextField(_("description"), blank=True)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("articles:topic", args=[self.slug])


class TaggedArticle(ItemBase):
    """One topic on one article, by real foreign keys."""

    tag = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="tagged")
    content_object = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="tagged")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="topic_once_an_article")]
