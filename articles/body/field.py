"""The body as a form field: the prose editor with its toolbar, a plain text area without JavaScript."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


def body_form_field() -> forms.CharField:
    """A field for the body. What it gives is sanitised by articles.publishing, as everything is."""
    return forms.CharField(label=_("Body"), required=False, widget=forms.Textarea(attrs={"rows": 24}), strip=False)
