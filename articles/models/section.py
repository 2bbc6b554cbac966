"""The section tree. A section's ``path`` is its address and its place in the tree at once."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from articles.signals import sections_turned
from newsroom.choices import CommentMode
from newsroom.languages import default_language
from newsroom.text import clean_line

# First path segments that belong to other pages.
RESERVED = frozenset(
    [
        "accounts",
        "admin",
        "api",
        "archive",
        "audio",
        "authors",
        "comment-figures",
        "comment-rules",
        "comments",
        "corrections",
        "favicon.ico",
        "feeds",
        "galleries",
        "healthz",
        "live",
        "live-posts",
        "newsletter",
        "offline",
        "photos",
        "preview",
        "readyz",
        "robots.txt",
        "search",
        "sitemap.xml",
        "sitemaps",
        "static",
        "text",
        "topics",
        "uploads",
    ]
) | {code for code, _name in settings.LANGUAGES}


class SectionQuerySet(models.QuerySet["Section"]):
    def public(self) -> SectionQuerySet:
        """Sections that readers may see: visible themselves, under visible parents."""
        return self.filter(is_public=True)

    def below(self, section: Section) -> SectionQuerySet:
        """``section`` and everything under it."""
        return self.filter(path__startswith=section.path)


class Section(models.Model):
    """A section, with its whole path ("news/latin-america/") kept unique. Saving moves everything beneath along."""

    parent = models.ForeignKey(
        "self", verbose_name=_("parent"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(
        _("slug"),
        max_length=60,
        allow_unicode=True,
        blank=True,
        help_text=_("Its part of the address. Empty: made from the name."),
    )
    path = models.CharField(_("path"), max_length=255, unique=True, editable=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES, default=default_language)
    translation_of = models.ForeignKey(
        "self",
        verbose_name=_("counterpart in another language"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="translations",
        db_index=False,
        help_text=_("Translations of its articles go to this section, and readers who change the language come here."),
    )
    description = models.TextField(_("description"), blank=True)
    is_visible = models.BooleanField(
        _("visible"), default=True, help_text=_("Hidden sections hide everything in and under them.")
    )
    is_public = models.BooleanField(default=True, editable=False)
    is_opinion = models.BooleanField(_("opinion"), default=False, help_text=_("Its pages stand on warm paper."))
    in_menu = models.BooleanField(_("in the section bar"), default=True)
    comment_mode = models.CharField(
        _("comments"),
        max_length=12,
        choices=[choice for choice in CommentMode.choices if choice[0] != CommentMode.QUESTIONS],
        default=CommentMode.INHERIT,
    )
    comment_days = models.PositiveSmallIntegerField(
        _("comments close after days"), null=True, blank=True, help_text=_("Empty: as set above. 0: never.")
    )

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(parent=models.F("pk")), name="section_is_not_its_own_parent"),
            models.CheckConstraint(condition=models.Q(path__endswith="/"), name="section_path_ends_in_a_slash"),
            models.UniqueConstraint(
                fields=["translation_of", "language"],
                condition=models.Q(translation_of__isnull=False),
                name="section_has_one_counterpart_a_language",
                violation_error_message=_("That section has a counterpart in this language already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or slugify(self.name, allow_unicode=True)[:60]
        if self._would_loop():
            raise ValidationError({"parent": ValidationError(_("A section cannot lie inside itself."), code="loop")})
        old_path = Section.objects.filter(pk=self.pk).values_list("path", flat=True).first() if self.pk else None
        before = _seen_below(old_path)
        self.path = self._own_path()
        self.is_public = self.is_visible and (self.parent is None or self.parent.is_public)
        super().save(*args, **kwargs)
        if old_path:
            self._carry_descendants(old_path)
            after = _seen_below(self.path)
            if before != after:
                sections_turned.send(sender=Section, section=self, shown=after - before, hidden=before - after)

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("articles:section", args=[self.path.rstrip("/")])

    @property
    def depth(self) -> int:
        """0 for a section at the top."""
        return self.path.count("/") - 1

    def clean(self) -> None:
        self.name = clean_line(self.name)
        self.slug = self.slug or slugify(self.name, allow_unicode=True)[:60]
        if not self.slug:
            raise ValidationError(
                {"slug": ValidationError(_("Type a slug: none could be made from the name."), code="slug")}
            )
        if self.parent_id is None and self.slug in RESERVED:
            raise ValidationError(
                {
                    "slug": ValidationError(
                        _("“%(slug)s” is the address of another page. Choose another slug."),
                        code="reserved",
                        params={"slug": self.slug},
                    )
                }
            )
        if self._would_loop():
            raise ValidationError({"parent": ValidationError(_("A section cannot lie inside itself."), code="loop")})
        if self.parent_id is None and self._is_a_page():
            raise ValidationError(
                {"slug": ValidationError(_("There is a page at this address. Choose another slug."), code="page")}
            )
        self.path = path = self._own_path()
        if len(path) > 255:
            raise ValidationError(
                {"slug": ValidationError(_("The whole address is too long: shorten the slug."), code="too_long")}
            )
        if Section.objects.filter(path=path).exclude(pk=self.pk).exists():
            raise ValidationError(
                {
                    "slug": ValidationError(
                        _("There is already a section at /%(path)s."), code="taken", params={"path": path}
                    )
                }
            )

        self._check_counterpart()

    def _check_counterpart(self) -> None:
        """Counterparts hang on one section, never in a chain, and speak other languages. Two queries at most."""
        first = self.translation_of
        if first is None:
            return
        self.translation_of = first = first.translation_of or first
        if first.pk == self.pk or first.language == self.language:
            raise ValidationError(
                {"translation_of": ValidationError(_("Choose a section in another language."), code="language")}
            )
        if self.pk and self.translations.exists():
            raise ValidationError(
                {"translation_of": ValidationError(_("Other sections name this one as theirs."), code="chain")}
            )

    def _own_path(self) -> str:
        return f"{self.parent.path if self.parent else ''}{self.slug}/"

    def _is_a_page(self) -> bool:
        from articles.models.page import Page

        return Page.objects.filter(slug=self.slug).exists()

    def _would_loop(self) -> bool:
        """Whether following the parents leads back here. One query a level."""
        seen = {self.pk} if self.pk else set()
        above = self.parent
        while above is not None:
            if above.pk in seen:
                return True
            seen.add(above.pk)
            above = above.parent
        return False

    def _carry_descendants(self, old_path: str) -> None:
        below = Section.objects.filter(path__startswith=old_path).exclude(pk=self.pk)
        if old_path != self.path:
            below.update(path=Concat(Value(self.path), Substr("path", len(old_path) + 1)))
            self._keep_addresses(old_path)
        for child in self.children.all():
            shown = child.is_visible and self.is_public
            if child.is_public != shown:
                child.is_public = shown
                Section.objects.filter(pk=child.pk).update(is_public=shown)
                child._carry_descendants(child.path)

    def _keep_addresses(self, old_path: str) -> None:
        """Who has the former address of this section, or of one beneath, is led to where it is now."""
        from articles.old_addresses import keep

        paths = Section.objects.filter(path__startswith=self.path).values_list("path", flat=True)
        keep({old_path + path[len(self.path) :]: path for path in paths})


def _seen_below(path: str | None) -> set[int]:
    """The ids of the sections at ``path`` and beneath that readers see."""
    return set(Section.objects.public().filter(path__startswith=path).values_list("pk", flat=True)) if path else set()


def ordered_tree() -> list[Section]:
    """All public sections, parents before children, siblings by position. Each gets ``subsections`` and ``ancestors``. One query."""
    everything = list(Section.objects.public().order_by(F("position").asc(), "name", "pk"))
    by_parent: dict[int | None, list[Section]] = {}
    for section in everything:
        by_parent.setdefault(section.parent_id, []).append(section)
    ordered: list[Section] = []

    def place(section: Section, ancestors: list[Section]) -> None:
        section.ancestors = ancestors  # type: ignore[attr-defined]  # for templates
        section.subsections = by_parent.get(section.pk, [])  # type: ignore[attr-defined]  # for templates
        ordered.append(section)
        for child in by_parent.get(section.pk, []):
            place(child, [*ancestors, section])

    for root in by_parent.get(None, []):
        place(root, [])
    return ordered
