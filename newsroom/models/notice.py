"""What a colleague should know: kept on the desk, and sent by mail to who wants it so. Written by newsroom.notices."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """One thing that one person should know, once. ``kind`` is one of newsroom.notices.kinds()."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices", db_index=False
    )
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=80, help_text="What it is about: the same thing is said once.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    about = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    url = models.CharField(max_length=300)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    by_mail = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)  # by the process that sends its letter

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "-created_at", "-id"], name="notice_of_person_newest"),
            models.Index(fields=["person"], condition=Q(read_at__isnull=True), name="notice_unread"),
            models.Index(fields=["id"], condition=Q(by_mail=True, sent_at__isnull=True), name="notice_unsent"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="notice_is_given_once"),
            models.CheckConstraint(condition=Q(by_mail=True) | Q(sent_at__isnull=True), name="only_mail_is_sent"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.key}"


class NoticeChoice(models.Model):
    """Whether a person wants a kind of notice by mail; without a row the kind's own default holds."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_choices", db_index=False
    )
    kind = models.CharField(max_length=20)
    by_mail = models.BooleanField()

    class Meta:
        verbose_name = _("choice of notices")
        verbose_name_plural = _("choices of notices")
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="notice_choice_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"
