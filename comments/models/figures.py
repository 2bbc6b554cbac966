"""What readers may know of moderation, counted by month and edition. Written by comments.figures only."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Event(models.TextChoices):
    """What is counted. The first four are what became of a comment when it came, by the phase that decided."""

    PUBLISHED = "published", _("Published at once")
    HELD = "held", _("Held for a moderator")
    TURNED_DOWN = "turned_down", _("Turned down by a rule")
    JUNK = "junk", _("Marked as spam by a rule")
    APPROVE = "approve", _("Approved by a moderator")
    REJECT = "reject", _("Rejected by a moderator")
    SPAM = "spam", _("Marked as spam by a moderator")
    REMOVE = "remove", _("Removed by a moderator")
    APPEAL = "appeal", _("Appeals made")
    GRANT = "grant", _("Appeals granted")
    DISMISS = "dismiss", _("Appeals dismissed")


class Tally(models.Model):
    """One event, written in the transaction in which it happened and folded into its month's figure soon after.

    Rows of their own, so that posts at the same moment wait for nobody. ``change`` is -1 for an act that was undone.
    """

    month = models.DateField()
    language = models.CharField(max_length=12)
    event = models.CharField(max_length=12, choices=Event)
    rule = models.CharField(max_length=24, blank=True)
    change = models.SmallIntegerField(default=1)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["language", "month"], name="tally_of_edition")]

    def __str__(self) -> str:
        return f"{self.month} {self.language} {self.event} {self.rule} {self.change:+d}"


class MonthlyFigure(models.Model):
    """How often something happened in a month, without what is still in tallies."""

    month = models.DateField()
    language = models.CharField(max_length=12)
    event = models.CharField(max_length=12, choices=Event)
    rule = models.CharField(max_length=24, blank=True)
    number = models.IntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["language", "month", "event", "rule"], name="figure_once_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.language} {self.event} {self.rule}: {self.number}"
