"""Newsletters: one an edition, who gets it, and what each issue held."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.languages import default_language


class Newsletter(models.Model):
    """A letter a day with the stories of one edition."""

    title = models.CharField(_("title"), max_length=120)
    description = models.CharField(
        _("description"),
        max_length=300,
        blank=True,
        help_text=_("What readers get, for the page on which they sign up."),
    )
    language = models.CharField(
        _("language"),
        max_length=12,
        choices=settings.LANGUAGES,
        default=default_language,
        unique=True,
        error_messages={"unique": _("There is a newsletter in this language already.")},
    )
    hour = models.PositiveSmallIntegerField(
        _("hour"),
        default=7,
        validators=[MaxValueValidator(23)],
        help_text=_("It goes out at this full hour of the site's time zone, 0 to 23."),
    )
    is_active = models.BooleanField(_("active"), default=True, help_text=_("Readers may sign up, and it goes out."))

    class Meta:
        verbose_name = _("newsletter")
        verbose_name_plural = _("newsletters")
        ordering = ["language"]
        constraints = [models.CheckConstraint(condition=models.Q(hour__lte=23), name="newsletter_hour_is_of_a_day")]

    def __str__(self) -> str:
        return self.title


class Issue(models.Model):
    """What went out on ``day`` (of the site's zone): the articles, in their order. Written once, by articles.newsletters."""

    newsletter = models.ForeignKey(Newsletter, on_delete=models.CASCADE, related_name="issues")
    day = models.DateField(_("day"))
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    article_ids = models.JSONField(default=list)

    class Meta:
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        ordering = ["-day", "-pk"]
        constraints = [models.UniqueConstraint(fields=["newsletter", "day"], name="issue_once_a_day")]

    def __str__(self) -> str:
        return f"{self.newsletter}, {self.day:%Y-%m-%d}"


class Subscription(models.Model):
    """A reader's address, waiting for its owner's confirmation or confirmed. Leaving deletes it."""

    newsletter = models.ForeignKey(Newsletter, on_delete=models.CASCADE, related_name="subscriptions")
    email = models.EmailField(_("e-mail address"))
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    last_issue = models.ForeignKey(Issue, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["-asked_at", "-pk"]
        constraints = [models.UniqueConstraint("newsletter", Lower("email"), name="subscription_once_an_address")]
        indexes = [
            models.Index(
                fields=["asked_at"], condition=models.Q(confirmed_at__isnull=True), name="subscription_waiting"
            )
        ]

    def __str__(self) -> str:
        return self.email
