"""The article row: what the public sees. Its history lies in revisions; only articles.publishing changes its state."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from articles.playing_time import PLAYING_TIME
from articles.querysets import ArticleQuerySet
from newsroom.choices import CommentMode
from newsroom.languages import default_language, direction


class Status(models.TextChoices):
    """The states of an article's life. A live article whose time lies ahead is shown as scheduled."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    CHANGES_WANTED = "changes_wanted", _("Changes wanted")
    APPROVED = "approved", _("Approved")
    LIVE = "live", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    KILLED = "killed", _("Killed")
    TRASH = "trash", _("In the trash")


class UpdateState(models.TextChoices):
    """Where the newer version of a live article stands while the public page stands still."""

    NONE = "", _("Not sent to review")
    IN_REVIEW = "in_review", _("Update in review")
    CHANGES_WANTED = "changes_wanted", _("Changes wanted in the update")
    APPROVED = "approved", _("Update approved")
    SCHEDULED = "scheduled", _("Update scheduled")


class Genre(models.TextChoices):
    """What kind of journalism it is; shown as the label unless one was typed."""

    NEWS = "news", _("News")
    ANALYSIS = "analysis", _("Analysis")
    OPINION = "opinion", _("Opinion")
    INTERVIEW = "interview", _("Interview")
    FEATURE = "feature", _("Feature")
    LIVE = "live", _("Live")
    GALLERY = "gallery", _("Gallery")


class Stage(models.TextChoices):
    """How far a story has come: a flash is a headline with one sentence at most."""

    FLASH = "flash", _("Flash")
    STORY = "story", _("Story")


class CoverageState(models.TextChoices):
    """Whether posts stand under the article, and whether more may come. Only articles.coverage sets it."""

    NONE = "", _("No live coverage")
    RUNNING = "running", _("Live")
    ENDED = "ended", _("Ended")


class Article(models.Model):  # type: ignore[django-manager-missing]  # "tagged": taggit ships no types
    """A story with everything its page shows."""

    headline = models.CharField(_("headline"), max_length=200)
    short_headline = models.CharField(
        _("short headline"), max_length=120, blank=True, help_text=_("For cards. Empty: the headline.")
    )
    seo_headline = models.CharField(_("headline for search engines"), max_length=120, blank=True)
    slug = models.SlugField(
        _("slug"), max_length=120, allow_unicode=True, blank=True, help_text=_("Empty: made from the headline.")
    )
    label = models.CharField(
        _("label"),
        max_length=60,
        blank=True,
        help_text=_("Stands over the standfirst. Empty: the kind, unless it is news."),
    )
    genre = models.CharField(_("kind"), max_length=12, choices=Genre, default=Genre.NEWS)
    stage = models.CharField(
        _("stage"),
        max_length=8,
        choices=Stage,
        default=Stage.STORY,
        help_text=_("A flash is a headline and one sentence at most; make it a story when there is more."),
    )
    standfirst = models.CharField(_("standfirst"), max_length=500, blank=True)
    body = models.TextField(_("body"), blank=True)
    dateline = models.CharField(
        _("dateline"), max_length=80, blank=True, help_text=_("Where it was written, such as “Quito”.")
    )
    source = models.CharField(_("source agency"), max_length=80, blank=True)
    playing_time = models.CharField(
        _("playing time"),
        max_length=8,
        blank=True,
        validators=[PLAYING_TIME],
        help_text=_("Of the recording in the text, such as 24:10. Stands on the picture of its cards."),
    )
    section = models.ForeignKey(
        "articles.Section",
        verbose_name=_("section"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="articles",
    )
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES, default=default_language)
    translation_of = models.ForeignKey(
        "self",
        verbose_name=_("translation of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="translations",
    )
    bylines = models.ManyToManyField(
        "articles.Byline",
        verbose_name=_("authors"),
        through="articles.ArticleByline",
        related_name="articles",
        blank=True,
    )
    tags = TaggableManager(verbose_name=_("topics"), through="articles.TaggedArticle", blank=True)
    lead_photo = models.ForeignKey(
        "media.Photo", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    comment_mode = models.CharField(_("comments"), max_length=12, choices=CommentMode, default=CommentMode.INHERIT)
    comment_days = models.PositiveSmallIntegerField(_("comments close after days"), null=True, blank=True)
    canonical_url = models.URLField(
        _("canonical address"), max_length=500, blank=True, help_text=_("Only if this text first stood elsewhere.")
    )

    status = models.CharField(_("state"), max_length=20, choices=Status, default=Status.DRAFT, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    updated_at = models.DateTimeField(
        _("updated"), null=True, blank=True, editable=False, help_text=_("The last update of substance.")
    )
    corrected_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text=_("The last correction that stands.")
    )
    embargo_until = models.DateTimeField(_("embargo until"), null=True, blank=True)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    kill_note = models.CharField(_("public sentence"), max_length=300, blank=True, editable=False)
    kill_asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    kill_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    locked_at = models.DateTimeField(null=True, blank=True, editable=False)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    lock_reason = models.CharField(_("why it is locked"), max_length=300, blank=True, editable=False)
    update_state = models.CharField(
        max_length=20, choices=UpdateState, default=UpdateState.NONE, blank=True, editable=False
    )
    update_at = models.DateTimeField(_("update at"), null=True, blank=True, editable=False)
    update_is_material = models.BooleanField(default=True, editable=False)
    update_revision = models.ForeignKey(
        "articles.Revision", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    coverage_state = models.CharField(
        max_length=8, choices=CoverageState, default=CoverageState.NONE, blank=True, editable=False
    )
    comment_count = models.PositiveIntegerField(default=0, editable=False)
    word_count = models.PositiveIntegerField(_("words"), default=0, editable=False)
    live_revision = models.ForeignKey(
        "articles.Revision", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    latest_revision = models.ForeignKey(
        "articles.Revision", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)
    edited_at = models.DateTimeField(_("edited"), default=timezone.now, editable=False)
    status_since = models.DateTimeField(default=timezone.now, editable=False)
    form_key = models.UUIDField(
        null=True,
        unique=True,
        editable=False,
        help_text=_("Of the form it was begun in: sent twice, it is one article."),
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-edited_at", "-pk"]
        permissions = [
            ("submit_article", "Can send an article to review"),
            ("review_article", "Can approve an article or ask for changes"),
            ("publish_article", "Can publish and update an article"),
            ("withdraw_article", "Can withdraw an article"),
            ("kill_article", "Can kill an article"),
            ("correct_article", "Can publish corrections"),
            ("break_embargo", "Can break an embargo"),
            ("lock_article", "Can lock and unlock an article"),
        ]
        indexes = [
            models.Index(fields=["-published_at", "-id"], condition=Q(status="live"), name="article_live"),
            models.Index(
                fields=["section", "-published_at", "-id"], condition=Q(status="live"), name="article_live_section"
            ),
            models.Index(
                fields=["language", "-published_at", "-id"], condition=Q(status="live"), name="article_live_language"
            ),
            models.Index(
                fields=["language", "-published_at", "-id"],
                condition=Q(status="live") & (Q(stage="flash") | Q(coverage_state="running")),
                name="article_live_breaking",
            ),
            models.Index(
                fields=["language", "-published_at", "-id"],
                condition=Q(status="live") & (Q(genre="gallery") | ~Q(playing_time="")),
                name="article_live_to_watch",
            ),
            models.Index(fields=["status", "-status_since"], name="article_status_since"),
            models.Index(fields=["-edited_at", "-id"], name="article_edited"),
            models.Index(
                fields=["-corrected_at", "-id"], condition=Q(corrected_at__isnull=False), name="article_corrected"
            ),
            models.Index(
                fields=["published_at"],
                condition=Q(
                    status__in=["draft", "in_review", "changes_wanted", "approved"], published_at__isnull=False
                ),
                name="article_planned",
            ),
            models.Index(
                fields=["embargo_until"], condition=Q(embargo_until__isnull=False), name="article_embargo_ends"
            ),
            models.Index(fields=["expires_at"], condition=Q(expires_at__isnull=False), name="article_expires"),
            models.Index(fields=["locked_at"], condition=Q(locked_at__isnull=False), name="article_locked"),
            models.Index(fields=["update_at"], condition=Q(update_at__isnull=False), name="article_update_due"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="article_status_is_known"),
            models.CheckConstraint(
                condition=~Q(status="live") | Q(published_at__isnull=False), name="live_article_has_a_date"
            ),
            models.CheckConstraint(
                condition=~Q(status="live") | Q(section__isnull=False), name="live_article_has_a_section"
            ),
            models.CheckConstraint(
                condition=~Q(status="live") | Q(live_revision__isnull=False), name="live_article_has_a_revision"
            ),
            models.CheckConstraint(condition=~Q(status="killed") | ~Q(kill_note=""), name="killed_article_says_why"),
            models.CheckConstraint(
                condition=Q(update_state="") | Q(status="live"), name="only_a_live_article_has_an_update"
            ),
            models.CheckConstraint(condition=Q(update_state__in=UpdateState.values), name="update_state_is_known"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="article_stage_is_known"),
            models.CheckConstraint(
                condition=Q(coverage_state__in=CoverageState.values), name="coverage_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(update_state="scheduled", update_at__isnull=False, update_revision__isnull=False)
                | (~Q(update_state="scheduled") & Q(update_at__isnull=True, update_revision__isnull=True)),
                name="scheduled_update_has_time_and_version",
            ),
            models.CheckConstraint(
                condition=Q(kill_asked_at__isnull=True) | Q(status__in=["withdrawn", "killed"]),
                name="only_a_withdrawn_article_waits_to_be_killed",
            ),
            models.CheckConstraint(
                condition=Q(locked_at__isnull=True, lock_reason="") | (Q(locked_at__isnull=False) & ~Q(lock_reason="")),
                name="locked_article_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(translation_of=models.F("pk")), name="article_is_not_its_own_translation"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True)
                | Q(published_at__isnull=True)
                | Q(expires_at__gt=models.F("published_at")),
                name="article_expires_after_publication",
                violation_error_message=_("The article must expire after it is published."),
            ),
        ]

    def __str__(self) -> str:
        return self.headline or str(_("Untitled"))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whoever saves, the body that is stored is clean and the slug is there."""
        from articles.body import sanitise

        self.body = sanitise(self.body)
        self.slug = self.slug or slugify(self.headline, allow_unicode=True)[:120].strip("-")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """``/<section path>/<slug>-<id>/``; without a section the address under which staff may preview it."""
        from django.urls import reverse

        path = self.section.path if self.section else "-/"
        return reverse("articles:detail", args=[path.rstrip("/"), self.slug or "-", self.pk])

    def get_changes_url(self) -> str:
        """The address of its public change log."""
        return f"{self.get_absolute_url()}changes/"

    def is_public(self, at: datetime | None = None) -> bool:
        """The predicate of ArticleQuerySet.public for this loaded row; reads the section if it is not loaded."""
        moment = at or timezone.now()
        return (
            self.status == Status.LIVE
            and self.published_at is not None
            and self.published_at <= moment
            and (self.embargo_until is None or self.embargo_until <= moment)
            and (self.expires_at is None or self.expires_at > moment)
            and self.section is not None
            and self.section.is_public
        )

    def open_report_count(self) -> int:
        """How many readers' reports wait to be decided. One query."""
        return int(self.error_reports.filter(state="open").count())

    @property
    def embargo_holds(self) -> bool:
        """Nothing of it may be public yet."""
        return self.embargo_until is not None and self.embargo_until > timezone.now()

    @property
    def is_locked(self) -> bool:
        """Nobody may change it until it is unlocked, see articles.locking."""
        return self.locked_at is not None

    @property
    def is_scheduled(self) -> bool:
        """Live, but its time lies ahead."""
        return self.status == Status.LIVE and self.published_at is not None and self.published_at > timezone.now()

    @property
    def has_unpublished_changes(self) -> bool:
        """A newer version than the one the public sees has been saved."""
        return self.live_revision_id is not None and self.live_revision_id != self.latest_revision_id

    @property
    def status_label(self) -> str:
        """The state in a word, "Scheduled" included."""
        return str(_("Scheduled")) if self.is_scheduled else str(self.get_status_display())

    @property
    def label_text(self) -> str:
        """The typed label, else "Live" or "Breaking", else the kind unless it is plain news."""
        if self.label:
            return self.label
        if self.is_live_now:
            return str(_("Live"))
        if self.stage == Stage.FLASH:
            return str(_("Breaking"))
        return "" if self.genre == Genre.NEWS else str(self.get_genre_display())

    @property
    def is_live_now(self) -> bool:
        """Its coverage is running."""
        return self.coverage_state == CoverageState.RUNNING

    @property
    def is_urgent(self) -> bool:
        """Its label is red: a flash, or covered live."""
        return self.is_live_now or self.stage == Stage.FLASH

    @property
    def is_opinion(self) -> bool:
        return self.genre == Genre.OPINION

    @property
    def card_headline(self) -> str:
        return self.short_headline or self.headline

    @property
    def direction(self) -> str:
        """``"rtl"`` or ``"ltr"``, by the article's language."""
        return direction(self.language)

    @property
    def ordered_bylines(self) -> list[Any]:
        """Its bylines in order. One query unless loaded by ``with_bylines()``."""
        rows = self.article_bylines.all()
        if "article_bylines" not in getattr(self, "_prefetched_objects_cache", {}):
            rows = rows.select_related("byline__portrait").order_by("position")
        return [row.byline for row in rows]
