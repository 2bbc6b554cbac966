"""What moderators were told about the queue, so that they are told once."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Limit(models.TextChoices):
    """What the queue can pass."""

    SIZE = "size", _("Many comments are waiting")
    AGE = "age", _("A comment has waited for long")


class QueueAlert(models.Model):
    """Whether the queue is over a limit, and how often it has gone over it. One row for each limit."""

    limit = models.CharField(max_length=8, choices=Limit, primary_key=True)
    is_over = models.BooleanField(default=False)
    crossings = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.limit} {self.crossings}"


class HookMessage(models.Model):
    """A message to the newsroom's own program, written in the transaction that caused it, sent after it. ``key`` tells
    the other side which one it is, should it come twice."""

    key = models.CharField(max_length=80, unique=True)
    url = models.CharField(max_length=300)
    payload = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)
    taken_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["id"], condition=models.Q(sent_at__isnull=True), name="hook_message_unsent")]

    def __str__(self) -> str:
        return self.key
