"""What an article's public text points at: photos and articles in its body."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reference(models.Model):
    """The body of ``article`` cites the object ``object_id`` of ``kind``. Answers "where is this used"."""

    class Kind(models.TextChoices):
        PHOTO = "photo", _("photo")
        ARTICLE = "article", _("article")

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="references")
    kind = models.CharField(max_length=12, choices=Kind)
    object_id = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "kind", "object_id"], name="reference_once_an_article"),
            models.CheckConstraint(condition=models.Q(kind__in=["photo", "article"]), name="reference_kind_is_known"),
        ]
        indexes = [models.Index(fields=["kind", "object_id"], name="reference_target")]

    def __str__(self) -> str:
        return f"{self.article_id} → {self.kind} {self.object_id}"
