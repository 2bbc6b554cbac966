"""Who has an article's sheet open now."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Presence(models.Model):
    """One open page of the sheet. It says that somebody is there, locks nothing, and counts for a minute after ``seen_at``, longer if it
    never said a word (see articles.presence)."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="presences", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    page = models.UUIDField()
    since = models.DateTimeField()
    seen_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    taken_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["article", "page"], name="presence_once_a_page")]
        indexes = [models.Index(fields=["seen_at"], name="presence_seen")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.person_id}"
