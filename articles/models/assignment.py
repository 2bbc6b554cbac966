"""Work that is planned: from an idea to the article that came of it. Only articles.assignments changes it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from articles.models.section import Section
    from newsroom.models import User

MOST_WORDS = 100_000


class AssignmentState(models.TextChoices):
    """The states of an assignment."""

    IDEA = "idea", _("Idea")
    ASSIGNED = "assigned", _("Assigned")
    FILED = "filed", _("Filed")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


OPEN = (AssignmentState.IDEA, AssignmentState.ASSIGNED)


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def open(self) -> AssignmentQuerySet:
        """Those that nobody has filed or dropped."""
        return self.filter(state__in=OPEN)

    def late(self, at: datetime | None = None) -> AssignmentQuerySet:
        """Open ones that were due before ``at``."""
        return self.open().filter(due_at__lt=at or timezone.now())

    def of(self, person: User) -> AssignmentQuerySet:
        """Those given to ``person``, the soonest due first, those without a time last."""
        return self.filter(assignee=person).soonest()

    def in_section(self, section: Section) -> AssignmentQuerySet:
        """For ``section`` or anything under it."""
        return self.filter(section__in=type(section).objects.below(section).values("pk"))

    def soonest(self) -> AssignmentQuerySet:
        """By due time, those without one last."""
        return self.order_by(models.F("due_at").asc(nulls_last=True), "pk")


class Assignment(models.Model):
    """What shall be written, by whom, until when."""

    title = models.CharField(_("idea"), max_length=200)
    description = models.TextField(_("description"), blank=True, max_length=5000)
    section = models.ForeignKey(
        "articles.Section",
        verbose_name=_("section"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="assignments",
    )
    state = models.CharField(_("state"), max_length=12, choices=AssignmentState, default=AssignmentState.IDEA)
    state_since = models.DateTimeField(default=timezone.now)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("for"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="assignments",
        db_index=False,
    )
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("editor"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    length_words = models.PositiveIntegerField(
        _("words wanted"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_WORDS)],
    )
    wants_photo = models.BooleanField(_("photo wanted"), default=False)
    photo_note = models.CharField(_("which photo"), max_length=300, blank=True)
    article = models.ForeignKey(
        "articles.Article",
        verbose_name=_("article"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="assignments",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("suggested by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1, help_text="Counts every change, so that a stale form is seen.")
    form_key = models.UUIDField(
        null=True, unique=True, help_text="Of the form it was suggested in: sent twice, it is one."
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "due_at", "id"], name="assignment_state_due"),
            models.Index(fields=["assignee", "state", "due_at"], name="assignment_of_person"),
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="assignment_due"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AssignmentState.values), name="assignment_state_is_known"),
            models.CheckConstraint(condition=~Q(title=""), name="assignment_says_what"),
            models.CheckConstraint(
                condition=~Q(state="idea") | Q(assignee__isnull=True), name="an_idea_belongs_to_nobody"
            ),
            models.CheckConstraint(
                condition=Q(length_words__isnull=True) | Q(length_words__gte=1, length_words__lte=MOST_WORDS),
                name="assignment_length_is_possible",
            ),
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(article__isnull=False) & ~Q(state="dropped"),
                name="article_has_one_assignment",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_late(self) -> bool:
        """Open, and its time is over."""
        return self.is_open and self.due_at is not None and self.due_at < timezone.now()

    @property
    def state_mark(self) -> str:
        """The colour of its state on the desk."""
        marks = {"idea": "draft", "assigned": "scheduled", "filed": "in_review", "done": "live"}
        return "late" if self.is_late else marks.get(self.state, "dropped")


class AssignmentAct(models.Model):
    """Who did what to an assignment, when, and why. Written by articles.assignments in the act's own transaction."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="acts", db_index=False)
    act = models.CharField(_("act"), max_length=12)
    from_state = models.CharField(_("from"), max_length=12, blank=True)
    to_state = models.CharField(_("to"), max_length=12)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("act upon an assignment")
        verbose_name_plural = _("acts upon assignments")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["assignment", "-at", "-id"], name="act_of_assignment_newest")]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.act}"
