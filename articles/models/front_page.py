"""What an editor placed on a front page. Places left empty fill themselves with the newest stories."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.languages import default_language


class FrontPageSlot(models.Model):
    """What stands at one place of the home page of one language, from one moment to another.

    1 leads, 2 to 4 stand beside it, higher ones are the lead's sub-links. Of several rows at a place the one that started
    last counts. A row holds a story, or a rule (the newest of a section or topic), or both: then the rule's next story
    takes the place, unless the row is pinned.
    """

    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES, default=default_language)
    position = models.PositiveSmallIntegerField(
        _("place"), help_text=_("1 is the lead, 2 to 4 stand beside it, 5 to 7 are links under the lead.")
    )
    article = models.ForeignKey(
        "articles.Article",
        verbose_name=_("article"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="front_page_slots",
    )
    rule_section = models.ForeignKey(
        "articles.Section", verbose_name=_("newest of section"), null=True, blank=True, on_delete=models.CASCADE
    )
    starts_at = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    may_repeat = models.BooleanField(_("may stand twice"), default=False)

    class Meta:
        verbose_name = _("front page place")
        verbose_name_plural = _("front pages")
        ordering = ["language", "position", "starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(position__range=(1, 7)), name="front_page_place_exists"),
            models.CheckConstraint(
                condition=Q(article__isnull=False, rule_section__isnull=True)
                | Q(article__isnull=True, rule_section__isnull=False),
                name="front_page_place_holds_story_or_rule",
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | Q(ends_at__isnull=True) | Q(ends_at__gt=models.F("starts_at")),
                name="front_page_place_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.position}"


class FrontPageVersion(models.Model):
    """The places of one language's home page after one change. ``content``: see articles.front_pages."""

    language = models.CharField(_("language"), max_length=12)
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(_("content"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("version of a front page")
        verbose_name_plural = _("versions of front pages")
        ordering = ["language", "-number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["language", "number"], name="front_page_version_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.number}"
