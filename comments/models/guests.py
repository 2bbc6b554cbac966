"""Guests who want letters: the address, once it said yes or no, the comments they asked about, and what they are told."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from comments.models.readers import Told


class GuestAddress(models.Model):
    """A mail address that a guest's comment asked letters for, known by the hash ``key``. Written by comments.guests only.

    ``asked_at`` is when the letter that asks to confirm was last due, ``sent_at`` when it went out; since ``idle_at`` no
    comment asks for letters. Who said no for good (``stopped_at``) is kept as the hash alone.
    """

    key = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True)
    wished_at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)  # by the process that sends that letter
    confirmed_at = models.DateTimeField(null=True)
    idle_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    letter_at = models.DateTimeField(null=True)  # when a letter with notices last went out

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["id"], condition=Q(asked_at__isnull=False, sent_at__isnull=True), name="guest_address_unasked"
            ),
            models.Index(
                fields=["wished_at"],
                condition=Q(confirmed_at__isnull=True, stopped_at__isnull=True),
                name="guest_address_unconfirmed",
            ),
            models.Index(fields=["idle_at"], condition=Q(idle_at__isnull=False), name="guest_address_idle"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True) | Q(email=""), name="who_said_no_is_a_hash_alone"
            ),
        ]

    def __str__(self) -> str:
        return self.email or self.key[:8]


class GuestWish(models.Model):
    """The guest who wrote ``comment`` wants letters about it. Without a row they get none."""

    comment = models.OneToOneField(
        "comments.Comment", primary_key=True, on_delete=models.CASCADE, related_name="guest_wish"
    )
    address = models.ForeignKey(GuestAddress, on_delete=models.CASCADE, related_name="wishes")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.address_id} {self.comment_id}"


class GuestNotice(models.Model):
    """One thing that a guest should know about the comment of ``wish``, once, as ReaderNotice is for an account."""

    wish = models.ForeignKey(GuestWish, on_delete=models.CASCADE, related_name="notices")
    told = models.CharField(max_length=12, choices=Told)
    comment = models.ForeignKey("comments.Comment", on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)  # by the process that sends the letter

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["at", "wish"], condition=Q(sent_at__isnull=True), name="guest_notice_unsent"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["comment", "wish", "told"], name="guest_is_told_once"),
            models.CheckConstraint(condition=Q(told__in=Told.values), name="guest_notice_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.wish_id} {self.told} {self.comment_id}"
