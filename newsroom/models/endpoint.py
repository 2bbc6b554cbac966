"""Who is told from outside what became public, and what each was told or is still to be told."""

from __future__ import annotations

import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom import outgoing


class EndpointKind(models.TextChoices):
    """How an endpoint is spoken to."""

    WEBHOOK = "webhook", _("Webhook, signed JSON")
    WEBSUB = "websub", _("WebSub hub, for feeds")
    INDEXNOW = "indexnow", _("IndexNow, for search engines")


class Event(models.TextChoices):
    """What is told."""

    PUBLISHED = "published", _("Published")
    UPDATED = "updated", _("Updated or corrected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    KILLED = "killed", _("Killed")
    EXPIRED = "expired", _("Expired")
    HIDDEN = "hidden", _("Hidden with its section")
    SHOWN = "shown", _("Shown with its section")


def every_event() -> list[str]:
    return list(Event.values)


def new_secret() -> str:
    return secrets.token_hex(16)


class Endpoint(models.Model):
    """An address that is told. ``secret`` signs webhooks; for IndexNow it is the key that the site shows to the world."""

    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=EndpointKind, default=EndpointKind.WEBHOOK)
    url = models.URLField(_("address"), max_length=500)
    events = models.JSONField(_("tell when an article is"), default=every_event)
    secret = models.CharField(_("secret"), max_length=32, default=new_secret, editable=False)
    is_active = models.BooleanField(_("is told"), default=True)
    created_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("endpoint")
        verbose_name_plural = _("endpoints")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=EndpointKind.values), name="endpoint_kind_is_known")
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        try:
            outgoing.check_address(self.url)
        except outgoing.Barred as barred:
            raise ValidationError({"url": ValidationError(str(barred), code="barred")}) from barred


class DeliveryState(models.TextChoices):
    """What became of a delivery."""

    WAITING = "waiting", _("Waiting")
    DELIVERED = "delivered", _("Delivered")
    DEAD = "dead", _("Given up")
    DROPPED = "dropped", _("No longer true")


class Delivery(models.Model):
    """One thing that one endpoint is told, once: ``key`` is the same however often it is tried."""

    endpoint = models.ForeignKey(
        Endpoint, verbose_name=_("endpoint"), on_delete=models.CASCADE, related_name="deliveries"
    )
    key = models.CharField(_("key"), max_length=60)
    event = models.CharField(_("event"), max_length=12)
    subject = models.PositiveBigIntegerField(_("article"), null=True)
    about: Any = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    created_at = models.DateTimeField(_("queued"), default=timezone.now)
    next_try_at = models.DateTimeField(_("next try"))
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    decided_at = models.DateTimeField(_("decided"), null=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "key"], name="delivery_once_an_endpoint"),
            models.CheckConstraint(condition=models.Q(state__in=DeliveryState.values), name="delivery_state_is_known"),
        ]
        indexes = [
            models.Index(fields=["next_try_at", "id"], condition=models.Q(state="waiting"), name="delivery_due"),
            models.Index(fields=["subject"], condition=models.Q(state="waiting"), name="delivery_of_subject"),
            models.Index(fields=["-id"], condition=models.Q(state="dead"), name="delivery_dead"),
            models.Index(fields=["decided_at"], condition=~models.Q(state="waiting"), name="delivery_decided"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.subject or ''} → {self.endpoint_id}"
