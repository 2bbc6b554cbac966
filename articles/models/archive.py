"""What the public pages said, act by act: rows that are added and never changed, each with the hash of the one before."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

HASH_LENGTH = 64  # sha256 in hexadecimal


class AddedOnly(models.QuerySet["ArchiveEntry"]):
    """Rows are added and read."""

    def update(self, **kwargs: Any) -> int:
        raise TypeError("Entries of the archive are never changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("Entries of the archive are never deleted.")


class ArchiveEntry(models.Model):
    """What the page of an article says after an act. Written by articles.archive; read docs/decisions/0010.

    No foreign keys: an entry stays as it is when its article or the person is gone. ``written_at`` is when the page
    changed, ``at`` the time that the act carries; ``public_from`` and ``public_until`` bound what ``status`` allows.
    """

    sequence = models.PositiveBigIntegerField(_("number"), primary_key=True)
    article_number = models.PositiveBigIntegerField(_("article"))
    url = models.CharField(_("address"), max_length=1000)
    headline = models.CharField(_("headline"), max_length=200, blank=True)
    act = models.CharField(_("act"), max_length=20)
    at = models.DateTimeField(_("when"))
    by_number = models.PositiveBigIntegerField(null=True)
    by_name = models.CharField(_("who"), max_length=300, blank=True)
    status = models.CharField(_("state"), max_length=20)
    public_from = models.DateTimeField(null=True)
    public_until = models.DateTimeField(null=True)
    written_at = models.DateTimeField(_("written"))
    content = models.BinaryField()
    content_hash = models.CharField(max_length=HASH_LENGTH)
    previous_hash = models.CharField(max_length=HASH_LENGTH, unique=True)
    hash = models.CharField(max_length=HASH_LENGTH, unique=True)

    objects = AddedOnly.as_manager()

    class Meta:
        verbose_name = _("archive entry")
        verbose_name_plural = _("archive entries")
        ordering = ["-sequence"]
        default_permissions = ()
        permissions = [("view_archive", "Can see what stood on public pages")]
        indexes = [models.Index(fields=["article_number", "-sequence"], name="archive_of_article")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.headline}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("Entries of the archive are never changed.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("Entries of the archive are never deleted.")

    def get_label(self) -> str:
        """The act in words for people."""
        from articles.act_names import name_of

        return name_of(self.act)


class ArchiveHead(models.Model):
    """The one row that whoever adds an entry locks: number and hash of the newest."""

    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=HASH_LENGTH)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="archive_has_one_head")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash}"
