"""A reader's comment: plain text in a tree under an article."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from comments.querysets import CommentQuerySet
from newsroom.text import initials

TINTS = 8


class Status(models.TextChoices):
    """The states of a comment. Only published ones are shown and counted."""

    WAITING = "waiting", _("Waiting")
    PUBLISHED = "published", _("Approved")
    REJECTED = "rejected", _("Rejected")
    SPAM = "spam", _("Spam")
    REMOVED = "removed", _("Removed")
    DELETED = "deleted", _("Deleted by its author")


class Rejection(models.TextChoices):
    """Why a moderator turned a comment down, in words its author may read."""

    OFF_TOPIC = "off_topic", _("It is not about this article")
    INSULT = "insult", _("It insults somebody")
    HATRED = "hatred", _("It spreads hatred")
    FALSE_CLAIM = "false_claim", _("It claims what is not true")
    OTHER = "other", _("It breaks the comment rules")


class Comment(models.Model):
    """One comment. ``thread`` is the comment that opened its thread, itself for that one.

    Only comments.submission makes comments; only comments.moderation, and comments.own for the author, change their
    status. All call comments.standing, which keeps the counters.
    """

    article = models.ForeignKey(
        "articles.Article", verbose_name=_("article"), on_delete=models.CASCADE, related_name="comments"
    )
    parent = models.ForeignKey(
        "self", verbose_name=_("in reply to"), null=True, blank=True, on_delete=models.CASCADE, related_name="replies"
    )
    thread = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reader"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="comments",
        db_index=False,
    )
    guest_name = models.CharField(_("guest's name"), max_length=80, blank=True)
    guest_email = models.EmailField(_("guest's e-mail address"), blank=True)
    body = models.TextField(_("text"))
    status = models.CharField(_("state"), max_length=12, choices=Status, default=Status.WAITING)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    phase = models.CharField(_("phase that decided"), max_length=20, blank=True)
    reason = models.CharField(_("why it was held"), max_length=200, blank=True)
    rejection = models.CharField(_("why it was rejected"), max_length=12, choices=Rejection, blank=True)
    is_pick = models.BooleanField(_("editors' pick"), default=False)
    is_pinned = models.BooleanField(_("pinned"), default=False)
    is_answered = models.BooleanField(default=False, editable=False)  # a thread's opener: staff answered in it
    reply_count = models.PositiveIntegerField(default=0, editable=False)  # a thread's opener: its published replies
    recommend_count = models.PositiveIntegerField(default=0, editable=False)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    address_hash = models.CharField(max_length=64, blank=True, editable=False)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    words_hash = models.CharField(max_length=64, blank=True, editable=False)  # the same for the same words by anybody
    origin = models.CharField(max_length=120, blank=True, editable=False)  # where an import found it: "disqus:4711"

    can_edit = False  # for its author's eyes: views say so where they show it

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["created_at", "pk"]
        permissions = [("moderate_comment", "Can approve, reject and remove comments")]
        indexes = [
            models.Index(
                fields=["article", "-created_at", "-id"],
                condition=Q(parent__isnull=True),
                name="comment_threads_of_article",
            ),
            models.Index(
                fields=["article", "-recommend_count", "-created_at", "-id"],
                condition=Q(parent__isnull=True),
                name="comment_threads_recommended",
            ),
            models.Index(
                fields=["article", "-is_answered", "-created_at", "-id"],
                condition=Q(parent__isnull=True),
                name="comment_threads_answered",
            ),
            models.Index(fields=["article"], condition=Q(is_pinned=True), name="comment_pinned"),
            models.Index(fields=["thread", "id"], name="comment_in_thread"),
            models.Index(fields=["created_at", "id"], condition=Q(status="waiting"), name="comment_waiting"),
            models.Index(fields=["status", "-decided_at", "-id"], name="comment_decided"),
            models.Index(fields=["author", "status"], name="comment_of_author"),
            models.Index(fields=["author", "-created_at", "-id"], name="comment_of_author_newest"),
            models.Index(fields=["guest_email", "status"], condition=~Q(guest_email=""), name="comment_of_guest"),
            models.Index(
                fields=["words_hash", "-created_at", "-id"], condition=~Q(words_hash=""), name="comment_of_words_newest"
            ),
            models.Index(
                fields=["address_hash", "-created_at", "-id"],
                condition=~Q(address_hash=""),
                name="comment_of_address_newest",
            ),
            models.Index(fields=["created_at"], condition=~Q(address_hash=""), name="comment_with_address"),
            models.Index(fields=["-created_at", "-id"], name="comment_newest"),
            models.Index(fields=["status", "-created_at", "-id"], name="comment_newest_in_state"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="comment_status_is_known"),
            models.CheckConstraint(
                condition=Q(status="waiting") | Q(decided_at__isnull=False), name="decided_comment_has_a_time"
            ),
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="comment_is_not_its_own_parent"),
            models.CheckConstraint(condition=~Q(body=""), name="comment_says_something"),
            models.UniqueConstraint(
                fields=["fingerprint"], condition=~Q(fingerprint=""), name="comment_is_posted_once"
            ),
            models.UniqueConstraint(fields=["origin"], condition=~Q(origin=""), name="comment_is_imported_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {Truncator(self.body).chars(60)}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The comment lies in its parent's thread; one without a parent opens its own (one more query)."""
        if self.thread_id is None and self.parent is not None:
            self.thread_id = self.parent.thread_id
        super().save(*args, **kwargs)
        if self.thread_id is None:
            self.thread_id = self.pk
            Comment.objects.filter(pk=self.pk).update(thread=self.pk)

    def get_absolute_url(self) -> str:
        """Its place on the article's page. Reads the article and its section unless loaded."""
        return f"{self.article.get_absolute_url()}#c{self.pk}"

    @property
    def name(self) -> str:
        """The name shown with it. Reads the author unless loaded."""
        if self.author is not None:
            return self.author.display_name
        return self.guest_name or str(_("A former reader"))

    @property
    def initials(self) -> str:
        """One or two letters for the round picture."""
        return initials(self.name)

    @property
    def tint(self) -> int:
        """0 to 7, always the same for a name."""
        return hashlib.sha256(self.name.encode("utf-8", "replace")).digest()[0] % TINTS

    @property
    def seen_as(self) -> str:
        """Its state and text as a moderator sees them now, in short: another value once either has changed."""
        return f"{self.status}.{self.edited_at.timestamp():.6f}" if self.edited_at else self.status

    @property
    def is_on_shown_article(self) -> bool:
        """Whether readers see its article, if CommentQuerySet.with_article_shown asked; else False."""
        return bool(getattr(self, "article_is_shown", False))

    @property
    def is_published(self) -> bool:
        return self.status == Status.PUBLISHED
