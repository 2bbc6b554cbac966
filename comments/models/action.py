"""The log of moderation."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from comments.models.comment import Status


class Act(models.TextChoices):
    """What a moderator can do."""

    APPROVE = "approve", _("Approved")
    REJECT = "reject", _("Rejected")
    SPAM = "spam", _("Marked as spam")
    REMOVE = "remove", _("Removed")
    UNDO = "undo", _("Undone")
    PICK = "pick", _("Made an editors' pick")
    UNPICK = "unpick", _("No longer an editors' pick")
    REPLY = "reply", _("Answered by staff")
    PIN = "pin", _("Pinned")
    UNPIN = "unpin", _("No longer pinned")
    GRANT = "grant", _("Appeal granted")
    DISMISS = "dismiss", _("Appeal dismissed")


class ModerationAction(models.Model):
    """Who did what to a comment, when, and why. Written by comments.moderation in the act's own transaction."""

    comment = models.ForeignKey("comments.Comment", on_delete=models.CASCADE, related_name="actions", db_index=False)
    act = models.CharField(_("act"), max_length=10, choices=Act)
    from_status = models.CharField(_("from"), max_length=12, choices=Status)
    to_status = models.CharField(_("to"), max_length=12, choices=Status)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("when"))
    reason = models.CharField(_("why"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("act of moderation")
        verbose_name_plural = _("acts of moderation")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["comment", "-at", "-id"], name="action_of_comment_newest"),
            models.Index(fields=["-at", "-id"], name="action_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.act}"
