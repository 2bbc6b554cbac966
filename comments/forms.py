"""What readers fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, MinLengthValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from comments.models import CommentRules, Letters, ReportReason
from newsroom import visitors
from newsroom.text import EMAIL_WRONG, clean_line, clean_text

STAMP_SALT = "comments.form"
STAMP_MAX_SECONDS = 24 * 60 * 60


def new_stamp() -> str:
    """A signed note of this moment, for a form that opens now."""
    return visitors.new_stamp(STAMP_SALT)


class CleanLineField(forms.CharField):
    """One line without what no database can hold."""

    def to_python(self, value: Any) -> str:
        return clean_line(str(value or ""))


class CleanTextField(forms.CharField):
    """Several lines without what no database can hold."""

    def to_python(self, value: Any) -> str:
        return clean_text(str(value or ""))


def _limits(numbers: CommentRules) -> list[Any]:
    return [
        MinLengthValidator(numbers.min_characters, _("Write your comment first.")),
        MaxLengthValidator(
            numbers.max_characters,
            ngettext_lazy(
                "A comment has at most %(limit_value)d character; yours has %(show_value)d.",
                "A comment has at most %(limit_value)d characters; yours has %(show_value)d.",
                "limit_value",
            ),
        ),
    ]


class CommentForm(forms.Form):
    """A comment by someone signed in. ``seconds`` (how long it was open) and ``trap_filled`` hold once it is valid."""

    body = CleanTextField(
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        error_messages={"required": _("Write your comment first.")},
    )
    website = forms.CharField(required=False, max_length=None)
    opened = forms.CharField(required=False)
    proof = forms.CharField(required=False)

    def __init__(self, *args: Any, numbers: CommentRules, **kwargs: Any) -> None:
        """``numbers`` say how long a comment is."""
        super().__init__(*args, **kwargs)
        self.fields["body"].validators.extend(_limits(numbers))

    def clean_opened(self) -> float:
        """How many seconds ago the form was opened."""
        age = visitors.age_of(self.cleaned_data["opened"], STAMP_SALT)
        if age is None or age > STAMP_MAX_SECONDS:
            raise forms.ValidationError(
                _("This form has been open for too long. Your text is kept: post it again."), code="stale"
            )
        return age

    @property
    def trap_filled(self) -> bool:
        return bool(self.cleaned_data.get("website"))

    @property
    def seconds(self) -> float:
        return float(self.cleaned_data["opened"])


class GuestCommentForm(CommentForm):
    """A comment by someone without an account."""

    name = CleanLineField(
        min_length=2,
        max_length=80,
        error_messages={
            "required": _("Type the name to show with your comment."),
            "min_length": _("Type a name of at least two characters."),
            "max_length": _("A name has at most 80 characters."),
        },
    )
    email = forms.EmailField(
        max_length=254, error_messages={"required": _("Type your e-mail address."), "invalid": EMAIL_WRONG}
    )
    letters = forms.BooleanField(required=False)
    field_order = ["name", "email", "letters", "body"]  # as on the page: the summary of errors follows it


class LettersForm(forms.Form):
    """How often letters come."""

    letters = forms.ChoiceField(
        label=_("Letters about my comments"),
        choices=Letters.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how often letters come.")},
    )


class ReportForm(forms.Form):
    """Why a comment is reported."""

    reason = forms.ChoiceField(
        choices=ReportReason.choices, widget=forms.RadioSelect, error_messages={"required": _("Choose a reason.")}
    )
