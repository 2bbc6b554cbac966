"""Addresses of the comment forms. None of these pages is kept by any cache."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "comments"
urlpatterns: list[URLPattern] = []
