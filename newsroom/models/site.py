"""Who the site is: name, logo, social links, languages. Edited in the admin, one row."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.choices import CommentMode, FormerReaders
from newsroom.languages import default_language


def default_languages() -> list[str]:
    return [settings.LANGUAGE_CODE]


def new_stamp() -> str:
    return uuid.uuid4().hex


class SiteIdentity(models.Model):
    """The site's only row (id 1). ``stamp`` changes whenever anything in the page frame does, see newsroom.frame."""

    name = models.CharField(_("name"), max_length=80, default="Newsroom")
    tagline = models.CharField(_("tagline"), max_length=160, blank=True)
    logo = models.ImageField(
        _("logo"),
        upload_to="site/",
        blank=True,
        validators=[FileExtensionValidator(["png", "jpg", "jpeg", "webp"])],
        help_text=_("Square picture, PNG, JPEG or WebP. Empty: the drawn mark."),
    )
    about = models.TextField(_("about"), blank=True, help_text=_("One or two sentences for the footer."))
    contact_email = models.EmailField(_("contact address"), blank=True)
    language = models.CharField(_("main language"), max_length=12, choices=settings.LANGUAGES, default=default_language)
    languages = models.JSONField(
        _("languages"), default=default_languages, help_text=_('Codes of the editions, for example ["en", "es"].')
    )
    comment_mode = models.CharField(
        _("comments"),
        max_length=12,
        choices=[c for c in CommentMode.choices if c[0] not in {CommentMode.INHERIT, CommentMode.QUESTIONS}],
        default=CommentMode.MODERATED,
    )
    guest_comments = models.BooleanField(
        _("guests may comment"), default=False, help_text=_("With name and e-mail address.")
    )
    comment_days = models.PositiveSmallIntegerField(
        _("comments close after days"),
        default=0,
        help_text=_("Counted from publication. 0: never. Sections and articles may say otherwise."),
    )
    comments_paused = models.BooleanField(
        _("pause all comments"), default=False, help_text=_("Nobody can write anywhere until you switch this off.")
    )
    comments_pause_note = models.CharField(
        _("sentence for the pause"), max_length=200, blank=True, help_text=_("Readers see it in place of the form.")
    )
    comment_edit_minutes = models.PositiveSmallIntegerField(
        _("minutes to edit a comment"),
        default=10,
        help_text=_("How long readers may change what they wrote. 0: not at all."),
    )
    former_readers = models.CharField(
        _("comments of deleted accounts"),
        max_length=8,
        choices=FormerReaders,
        default=FormerReaders.KEEP,
        help_text=_("What becomes of a reader's comments when they delete their account."),
    )
    show_changes = models.BooleanField(
        _("show changes"),
        default=True,
        help_text=_("Every article that was updated has a page on which readers see what changed."),
    )
    second_step_roles = models.JSONField(
        _("second step for"),
        default=list,
        blank=True,
        help_text=_("Who has one of these roles signs in with an app or a passkey besides the password."),
    )
    stamp = models.CharField(max_length=32, default=new_stamp, editable=False)

    class Meta:
        verbose_name = _("site identity")
        verbose_name_plural = _("site identity")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="site_identity_is_one_row")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pk = 1
        super().save(*args, **kwargs)

    def clean(self) -> None:
        known = {code for code, _name in settings.LANGUAGES}
        given = self.languages
        if (
            not isinstance(given, list)
            or not given
            or not all(isinstance(code, str) and code in known for code in given)
        ):
            raise ValidationError(
                {
                    "languages": ValidationError(
                        _("Use a list of known codes: %(codes)s."),
                        code="languages",
                        params={"codes": ", ".join(sorted(known))},
                    )
                }
            )
        if self.language not in given:
            raise ValidationError(
                {"languages": ValidationError(_("The main language must be in the list."), code="languages")}
            )

    @classmethod
    def load(cls) -> SiteIdentity:
        """The site's row, made with its defaults if it is not there yet. One query when it is."""
        found = cls.objects.filter(pk=1).first()
        if found is None:
            cls.objects.get_or_create(pk=1)
            found = cls.objects.get(pk=1)  # with the stamp that saving it has changed
        return found


class SocialLink(models.Model):
    """A link in the top bar, with the label its editor typed."""

    site = models.ForeignKey(SiteIdentity, on_delete=models.CASCADE, related_name="social_links", default=1)
    label = models.CharField(_("label"), max_length=40)
    url = models.URLField(_("address"), max_length=300)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("social link")
        verbose_name_plural = _("social links")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label
