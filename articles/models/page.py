"""Pages that stand by themselves: about us, contact, imprint, the house rules."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from articles.body import references, sanitise
from articles.models.section import RESERVED, Section
from media.models import Photo
from newsroom.languages import default_language
from newsroom.text import clean_line


class Page(models.Model):
    """A page at ``/<slug>/``, outside every section. Its photos are kept beside it, so that none of them can be deleted."""

    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(
        _("slug"),
        max_length=60,
        unique=True,
        allow_unicode=True,
        blank=True,
        help_text=_("Its address. Empty: made from the title."),
    )
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES, default=default_language)
    summary = models.TextField(_("summary"), blank=True, help_text=_("A sentence or two under the title."))
    body = models.TextField(_("Body"), blank=True)
    is_public = models.BooleanField(_("public"), default=True, help_text=_("Readers see it."))
    in_footer = models.BooleanField(_("in the footer"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    changed_at = models.DateTimeField(_("last changed"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["language", "position", "title"]

    def __str__(self) -> str:
        return self.title

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whoever saves: the text is clean, and the photos it shows are known."""
        self.title, self.body = clean_line(self.title), sanitise(self.body)
        self.slug = self.slug or slugify(self.title, allow_unicode=True)[:60]
        self.changed_at = timezone.now()
        former = Page.objects.filter(pk=self.pk).exclude(slug=self.slug).values_list("slug", flat=True).first()
        super().save(*args, **kwargs)
        if former:
            self._keep_address(former)
        cited = {pk for kind, pk in references(self.body) if kind == "photo"}
        self.photos.exclude(photo__in=cited).delete()
        there = Photo.objects.filter(pk__in=cited).exclude(pages__page=self)
        PagePhoto.objects.bulk_create(PagePhoto(page=self, photo=photo) for photo in there)

    def get_absolute_url(self) -> str:
        return reverse("articles:section", args=[self.slug])

    def _keep_address(self, former: str) -> None:
        from articles.old_addresses import keep

        keep({former: self.slug})

    def clean(self) -> None:
        """Raises ValidationError if the address is another's, or none can be made from the title."""
        self.slug = self.slug or slugify(clean_line(self.title), allow_unicode=True)[:60]
        if not self.slug:
            raise ValidationError(
                {"slug": ValidationError(_("Type a slug: none could be made from the title."), code="slug")}
            )
        if self.slug in RESERVED or Section.objects.filter(path=f"{self.slug}/").exists():
            raise ValidationError(
                {
                    "slug": ValidationError(
                        _("“%(slug)s” is the address of another page. Choose another slug."),
                        code="reserved",
                        params={"slug": self.slug},
                    )
                }
            )


class PagePhoto(models.Model):
    """``page`` shows ``photo`` in its text."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="photos")
    photo = models.ForeignKey("media.Photo", on_delete=models.PROTECT, related_name="pages")

    class Meta:
        verbose_name = _("page")
        constraints = [models.UniqueConstraint(fields=["page", "photo"], name="photo_once_a_page")]

    def __str__(self) -> str:
        return self.page.title


def public_pages() -> list[Page]:
    """Every page that readers may see, without its text, in the order of the footer. One query."""
    return list(Page.objects.filter(is_public=True).order_by("position", "title").defer("body"))
