"""What happened on the desk besides the acts on articles and comments, which keep their own records."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Happening(models.TextChoices):
    """What an AuditEvent tells of."""

    SIGNED_IN = "signed_in", _("Signed in")
    SIGNED_OUT = "signed_out", _("Signed out")
    SIGN_IN_FAILED = "sign_in_failed", _("Sign-in failed")
    CODE_FAILED = "code_failed", _("Wrong code of the second step")
    LOCKED = "locked", _("Sign-in locked")
    PASSWORD_CHANGED = "password_changed", _("Password changed")
    SECOND_STEP_ADDED = "second_step_added", _("Second step set up")
    SECOND_STEP_REMOVED = "second_step_removed", _("Second step removed")
    ADDED = "added", _("Added")
    CHANGED = "changed", _("Changed")
    DELETED = "deleted", _("Deleted")


class WrittenOnce(models.QuerySet["AuditEvent"]):
    """Rows are added and read."""

    def update(self, **kwargs: Any) -> int:
        raise TypeError("Audit events are never changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("Audit events are never deleted.")


class AuditEvent(models.Model):
    """Who did what, when, from where. ``subject`` names what it was done to, ``detail`` what changed."""

    at = models.DateTimeField(_("when"), default=timezone.now)
    act = models.CharField(_("act"), max_length=24, choices=Happening)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(_("name given"), max_length=254, blank=True)
    subject = models.CharField(_("what"), max_length=200, blank=True)
    detail = models.TextField(_("detail"), blank=True)
    address = models.GenericIPAddressField(_("network address"), null=True)

    objects = WrittenOnce.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("audit log")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["-at", "-id"], name="audit_event_newest"),
            models.Index(fields=["by", "-at", "-id"], name="audit_event_of_person"),
        ]
        constraints = [models.CheckConstraint(condition=models.Q(act__in=Happening.values), name="audit_act_is_known")]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.subject}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("Audit events are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("Audit events are never deleted.")
