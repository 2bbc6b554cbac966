"""Links by which somebody without an account reads one version of an article before it is public."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PreviewLink(models.Model):
    """One address for one version. Only the hash of its token is kept, so that nobody who reads the database can open it."""

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="preview_links", db_index=False
    )
    revision = models.ForeignKey(
        "articles.Revision", verbose_name=_("version"), on_delete=models.CASCADE, related_name="+"
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    for_whom = models.CharField(_("for whom"), max_length=120, blank=True)
    shows_embargoed = models.BooleanField(default=False, editable=False, help_text=_("Opens while the embargo holds."))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("when"))
    expires_at = models.DateTimeField(_("open until"))
    revoked_at = models.DateTimeField(_("closed"), null=True, blank=True)
    views = models.PositiveIntegerField(_("views"), default=0)
    last_viewed_at = models.DateTimeField(_("last viewed"), null=True, blank=True)

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-created_at", "-pk"]
        default_permissions = ()
        permissions = [("share_preview", "Can share a preview by a link")]
        indexes = [models.Index(fields=["article", "-created_at", "-id"], name="preview_link_of_article")]

    def __str__(self) -> str:
        return f"{self.revision_id} {self.for_whom}".strip()

    def is_open(self, at: datetime) -> bool:
        """Neither closed nor past its end at ``at``; what the article's state says besides, articles.sharing knows."""
        return self.revoked_at is None and self.expires_at > at
