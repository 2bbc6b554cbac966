"""The memory of an article: every version of its content, every act upon it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Revision(models.Model):
    """A numbered snapshot of an article's whole content (see articles.content.Content).

    It never changes, with one exception: while it is an autosave upon which nobody acted, its writer's next save
    takes its place and counts ``saves`` up.
    """

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(_("content"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    note = models.CharField(_("note"), max_length=255, blank=True)
    created_at = models.DateTimeField(_("when"))
    is_autosave = models.BooleanField(_("saved by itself"), default=False)
    saves = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["article", "-number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="revision_number_once_an_article")]

    def __str__(self) -> str:
        return f"{self.article_id}.{self.number}"


class EditorialAct(models.Model):
    """Who did what to an article, when, and why. Written by articles.publishing in the act's own transaction."""

    article = models.ForeignKey("articles.Article", null=True, on_delete=models.SET_NULL, related_name="acts")
    article_name = models.CharField(
        max_length=200, blank=True, editable=False, help_text=_("What it was called, once it is gone from the trash.")
    )
    act = models.CharField(_("act"), max_length=20)
    from_status = models.CharField(_("from"), max_length=20, blank=True)
    to_status = models.CharField(_("to"), max_length=20)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("when"))
    note = models.TextField(_("note"), blank=True)
    revision = models.ForeignKey(
        Revision, verbose_name=_("version"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    replaced_public = models.BooleanField(
        default=False,
        editable=False,
        help_text=_("Readers saw the version that this act replaced, at its very minute."),
    )

    class Meta:
        verbose_name = _("editorial act")
        verbose_name_plural = _("editorial acts")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["article", "-at"], name="act_of_article_newest"),
            models.Index(fields=["-at", "-id"], name="act_newest"),
            models.Index(fields=["-at"], condition=models.Q(from_status="in_review"), name="act_that_ended_a_review"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.act}"

    def get_label(self) -> str:
        """The act in words for people."""
        from articles.act_names import name_of

        return name_of(self.act)
