"""What an article has in order: its authors and its photo slides."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article


class ArticleByline(models.Model):
    """One author of one article, in order."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="article_bylines")
    byline = models.ForeignKey("articles.Byline", on_delete=models.PROTECT, related_name="article_bylines")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["article", "byline"], name="byline_once_an_article")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.position}: byline {self.byline_id}"


class Slide(models.Model):
    """One photo over one article, with the caption and alt text typed for this place (empty: the photo's own)."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="slides")
    photo = models.ForeignKey("media.Photo", on_delete=models.PROTECT, related_name="slides")
    position = models.PositiveSmallIntegerField(default=0)
    caption = models.TextField(_("caption"), blank=True)
    alt = models.TextField(_("alt text"), blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["article", "photo"], name="photo_once_in_the_slides")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.position}: photo {self.photo_id}"

    @property
    def shown_caption(self) -> str:
        return self.caption or self.photo.caption

    @property
    def shown_alt(self) -> str:
        """Empty for a decorative photo, so that screen readers pass it by."""
        return "" if self.photo.is_decorative and not self.alt else (self.alt or self.photo.alt)


class PendingPhoto(models.Model):
    """A version of ``article`` that is not public yet shows ``photo``. Only articles.pending_photos writes these rows."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="pending_photos")
    photo = models.ForeignKey("media.Photo", on_delete=models.PROTECT, related_name="pending_uses")

    class Meta:
        verbose_name = _("photo in a version not yet public")
        verbose_name_plural = _("photos in versions not yet public")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["article", "photo"], name="pending_photo_once_an_article")]

    def __str__(self) -> str:
        return f"{self.article_id}: photo {self.photo_id}"
