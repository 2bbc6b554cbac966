"""What a reader keeps: stories for later, topics to follow."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SavedArticle(models.Model):
    """``reader`` wants to read ``article`` later."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_articles", db_index=False
    )
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="saved_by")
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)

    class Meta:
        verbose_name = _("saved story")
        verbose_name_plural = _("saved stories")
        constraints = [models.UniqueConstraint(fields=["reader", "article"], name="saved_once_a_reader")]
        indexes = [models.Index(fields=["reader", "-saved_at", "-id"], name="saved_of_reader_newest")]

    def __str__(self) -> str:
        return f"{self.reader_id} → {self.article_id}"


class FollowedTopic(models.Model):
    """``reader`` wants to see what is new about ``topic``."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="followed_topics", db_index=False
    )
    topic = models.ForeignKey("articles.Topic", on_delete=models.CASCADE, related_name="followed_by")
    since = models.DateTimeField(_("followed since"), default=timezone.now)

    class Meta:
        verbose_name = _("followed topic")
        verbose_name_plural = _("followed topics")
        constraints = [models.UniqueConstraint(fields=["reader", "topic"], name="followed_once_a_reader")]

    def __str__(self) -> str:
        return f"{self.reader_id} → {self.topic_id}"
