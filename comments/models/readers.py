"""What readers do besides writing: recommend, mute, edit; and what they are told."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Recommendation(models.Model):
    """One reader recommends one comment, once. ``Comment.recommend_count`` counts them."""

    comment = models.ForeignKey(
        "comments.Comment", on_delete=models.CASCADE, related_name="recommendations", db_index=False
    )
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "reader"], name="recommended_once_a_reader")]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.reader_id}"


class Mute(models.Model):
    """``reader`` does not want to read what ``muted`` writes. Nobody else notices."""

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    muted = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["reader", "muted"], name="muted_once_a_reader"),
            models.CheckConstraint(condition=~Q(reader=F("muted")), name="nobody_mutes_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.reader_id} {self.muted_id}"


class CommentVersion(models.Model):
    """What a comment said before its author changed it. Moderators see it, readers do not."""

    comment = models.ForeignKey("comments.Comment", on_delete=models.CASCADE, related_name="versions", db_index=False)
    body = models.TextField(_("text"))
    until = models.DateTimeField(_("stood until"), default=timezone.now)

    class Meta:
        verbose_name = _("earlier text")
        verbose_name_plural = _("earlier texts")
        ordering = ["-until", "-pk"]
        indexes = [models.Index(fields=["comment", "-until", "-id"], name="version_of_comment_newest")]

    def __str__(self) -> str:
        return self.body[:60]


class Told(models.TextChoices):
    """What a reader is told about their comment."""

    ANSWERED = "answered", _("Answered")
    PUBLISHED = "published", _("Published")
    REJECTED = "rejected", _("Not published")
    REMOVED = "removed", _("Removed")
    GRANTED = "granted", _("Appeal granted")
    DISMISSED = "dismissed", _("Appeal dismissed")


class ReaderNotice(models.Model):
    """One thing that one reader should know about ``comment``, once. Written in the act's own transaction.

    For an answer ``comment`` is the answer, else the reader's own comment. ``sent_at`` is set once the letter about it
    went out, or once it is certain that none will.
    """

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    told = models.CharField(max_length=12, choices=Told)
    comment = models.ForeignKey("comments.Comment", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)  # by the process that sends the letter

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["reader", "-at", "-id"], name="reader_notice_newest"),
            models.Index(fields=["reader"], condition=Q(read_at__isnull=True), name="reader_notice_unread"),
            models.Index(fields=["at", "reader"], condition=Q(sent_at__isnull=True), name="reader_notice_unsent"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["comment", "reader", "told"], name="reader_is_told_once"),
            models.CheckConstraint(condition=Q(told__in=Told.values), name="reader_notice_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.reader_id} {self.told} {self.comment_id}"


class Letters(models.TextChoices):
    """How often a reader wants mail about the own comments."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day, all in one")
    NEVER = "never", _("Never")


class ReaderChoice(models.Model):
    """How one reader wants to be told; without a row: at once. ``letter_at`` is when the last daily letter went out."""

    reader = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="comment_choice"
    )
    letters = models.CharField(_("mail about my comments"), max_length=8, choices=Letters, default=Letters.AT_ONCE)
    letter_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(letters__in=Letters.values), name="reader_choice_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.reader_id} {self.letters}"
