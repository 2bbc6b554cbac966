"""Live coverage: posts under an article while something happens. Only articles.coverage writes them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from articles.body import plain_text

if TYPE_CHECKING:
    from articles.models.article import Article  # noqa: F401  # named in the managers' types

EDIT_SHOWN_AFTER = timedelta(minutes=5)  # a slip mended sooner leaves no mark on the page
TITLE = 80


class Coverage(models.Model):
    """The live coverage of one article: since when, until when, and the number that readers' pages ask about.

    ``version`` grows by one with everything that changes what readers see of it.
    """

    article = models.OneToOneField(
        "articles.Article", primary_key=True, on_delete=models.CASCADE, related_name="coverage"
    )
    started_at = models.DateTimeField(_("began"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("live coverage")
        verbose_name_plural = _("live coverages")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=models.F("started_at")),
                name="coverage_ends_after_it_began",
            )
        ]

    def __str__(self) -> str:
        return f"{self.article_id}.{self.version}"


class EntryState(models.TextChoices):
    """A draft is seen on the desk only; what was removed can be brought back."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    REMOVED = "removed", _("Removed")


class LiveEntryQuerySet(models.QuerySet["LiveEntry"]):
    def shown(self) -> LiveEntryQuerySet:
        """What readers see of an article that is public; whether it is, ``Article.objects.public`` says."""
        return self.filter(state=EntryState.PUBLISHED)

    def newest_first(self) -> LiveEntryQuerySet:
        """By the time shown; equal times by id, so that keyset pages never skip."""
        return self.order_by("-at", "-pk")

    def with_authors(self) -> LiveEntryQuerySet:
        """With what a post shows besides its text. No further query per row."""
        return self.select_related("byline", "photo")


class LiveEntry(models.Model):
    """One post. ``at`` is the time it shows, ``created_at`` when it was written, ``edited_at`` when its text last changed."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="live_entries")
    at = models.DateTimeField(_("time shown"))
    byline = models.ForeignKey(
        "articles.Byline",
        verbose_name=_("author"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="live_entries",
    )
    headline = models.CharField(_("headline"), max_length=200, blank=True)
    body = models.TextField(_("text"), blank=True)
    photo = models.ForeignKey(
        "media.Photo", verbose_name=_("photo"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_pinned = models.BooleanField(_("pinned"), default=False)
    is_key_point = models.BooleanField(_("key point"), default=False)
    state = models.CharField(_("state"), max_length=12, choices=EntryState, default=EntryState.DRAFT)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    version = models.PositiveIntegerField(
        default=0, help_text=_("The coverage's number since its last change; 0: readers never saw it.")
    )
    first_version = models.PositiveIntegerField(
        default=0, help_text=_("The coverage's number since which readers see it, brought back ones anew.")
    )
    key = models.UUIDField(null=True, help_text=_("Of the form it was written in: sent twice, it is one."))

    objects = LiveEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("live post")
        verbose_name_plural = _("live posts")
        ordering = ["-at", "-pk"]
        default_permissions = ()
        permissions = [("post_entry", "Can post in live coverage")]
        indexes = [
            models.Index(fields=["article", "-at", "-id"], name="entry_of_article_newest"),
            models.Index(fields=["article", "version"], name="entry_of_article_changed"),
            models.Index(
                fields=["article", "-at"],
                condition=Q(is_pinned=True) | Q(is_key_point=True),
                name="entry_of_article_raised",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["article", "key"], name="entry_once_a_form"),
            models.CheckConstraint(condition=Q(state__in=EntryState.values), name="entry_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False), name="published_entry_has_a_date"
            ),
            models.CheckConstraint(
                condition=~Q(headline="") | ~Q(body="") | Q(photo__isnull=False), name="entry_says_something"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The headline, else the first words of the text."""
        words = self.headline or " ".join(plain_text(self.body).split())
        return Truncator(words).chars(TITLE) or str(_("Photo"))

    @property
    def shown_edit(self) -> datetime | None:
        """When the text last changed, if readers should know: not a slip mended within minutes."""
        if self.edited_at is None or self.published_at is None:
            return None
        return self.edited_at if self.edited_at - self.published_at > EDIT_SHOWN_AFTER else None


class LiveEntryRevision(models.Model):
    """What a post said once: numbered, never changed."""

    entry = models.ForeignKey(LiveEntry, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(_("content"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("version of a live post")
        verbose_name_plural = _("versions of live posts")
        ordering = ["entry", "-number"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="revision_number_once_an_entry")]

    def __str__(self) -> str:
        return f"{self.entry_id}.{self.number}"
