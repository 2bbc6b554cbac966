"""What readers fill in: about an article, for the newsletter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from newsroom import visitors
from newsroom.text import EMAIL_WRONG, clean_line, clean_text

STAMP_SALT = "articles.error-report"
NEWSLETTER_SALT = "articles.newsletter-form"
STAMP_MAX_SECONDS = 24 * 60 * 60
MIN_SECONDS = 2  # nobody types a report faster


class CleanField(forms.CharField):
    """Text without what no database can hold."""

    def to_python(self, value: Any) -> str:
        text = str(value or "")
        return clean_text(text) if isinstance(self.widget, forms.Textarea) else clean_line(text)


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class PersonsForm(forms.Form):
    """A form that anybody may send: machines are told apart. ``is_machine`` may be asked once it is valid."""

    salt = ""
    website = forms.CharField(required=False)
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_opened(self) -> str:
        """The form was opened a while ago, by a person as it seems."""
        age = visitors.age_of(self.cleaned_data["opened"], self.salt)
        if age is None or not MIN_SECONDS <= age <= STAMP_MAX_SECONDS:
            raise forms.ValidationError(_("Look at it once more and send it again. Your text is kept."))
        return str(self.cleaned_data["opened"])

    @property
    def is_machine(self) -> bool:
        """The field that people do not see was filled in."""
        return bool(self.cleaned_data["website"])


class ErrorReportForm(PersonsForm):
    """What is wrong in an article."""

    salt = STAMP_SALT

    text = CleanField(
        label=_("What is wrong?"),
        max_length=2000,
        widget=_area(5),
        error_messages={"required": _("Write what is wrong.")},
    )
    quote = CleanField(
        label=_("The sentence it is about"),
        help_text=_("Copy it here if you can. Optional."),
        max_length=1000,
        required=False,
        widget=_area(2),
    )
    name = CleanField(
        label=_("Your name"),
        help_text=_("Optional."),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Optional. We write once, when it is decided, and use it for nothing else."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": EMAIL_WRONG},
    )


class NewsletterForm(PersonsForm):
    """Where the newsletter goes."""

    salt = NEWSLETTER_SALT
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("You get a letter with a link. Only after you follow it do we send the newsletter."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Type your e-mail address."), "invalid": EMAIL_WRONG},
    )
