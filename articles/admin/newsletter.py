"""Newsletters and who gets them, on the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.models import Newsletter, Subscription


@admin.register(Newsletter)
class NewsletterAdmin(admin.ModelAdmin[Any]):
    """One an edition."""

    list_display = ["title", "language", "hour", "is_active", "readers"]
    fields = ["title", "description", "language", "hour", "is_active"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Newsletter]:
        """With reader_count: those who confirmed."""
        confirmed = Q(subscriptions__confirmed_at__isnull=False)
        newsletters: QuerySet[Newsletter] = super().get_queryset(request)
        return newsletters.annotate(reader_count=Count("subscriptions", filter=confirmed))

    @admin.display(description=_("readers"), ordering="reader_count")
    def readers(self, newsletter: Any) -> int:
        return int(newsletter.reader_count)


@admin.register(Subscription)
class SubscriptionAdmin(admin.ModelAdmin[Any]):
    """Addresses of readers: looked up to help somebody, deleted when they ask. Readers sign up by themselves."""

    list_display = ["email", "newsletter", "asked_at", "confirmed_at"]
    list_filter = ["newsletter"]
    list_select_related = ["newsletter"]
    search_fields = ["email"]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
