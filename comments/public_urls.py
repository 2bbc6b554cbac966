"""Addresses of what everybody may know of the comments: their rules, and the figures of moderation."""

from __future__ import annotations

from django.conf import settings
from django.urls import path, re_path

from comments import public_views

_EDITION = f"(?P<language>{'|'.join(code for code, _name in settings.LANGUAGES)})/"

app_name = "comment_rules"
urlpatterns = [
    path("comment-rules/", public_views.rules, name="rules"),
    re_path(rf"^{_EDITION}comment-rules/$", public_views.rules, name="rules_language"),
    path("comment-figures/", public_views.figures, name="figures"),
    re_path(rf"^{_EDITION}comment-figures/$", public_views.figures, name="figures_language"),
]
