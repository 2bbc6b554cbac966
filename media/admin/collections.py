"""Collections on the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from media.models import Collection


@admin.register(Collection)
class CollectionAdmin(admin.ModelAdmin[Any]):
    """Photos are put into a collection in the library, where they can be seen."""

    list_display = ["name", "description", "photos_link", "created_at"]
    search_fields = ["name", "description"]
    fields = ["name", "description"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Collection]:
        counted: QuerySet[Collection] = super().get_queryset(request).annotate(size=Count("photos"))
        return counted

    @admin.display(description=_("photos"), ordering="size")
    def photos_link(self, collection: Any) -> SafeString:
        address = reverse("admin:media_photo_changelist")
        return format_html('<a href="{}?collection={}">{}</a>', address, collection.pk, collection.size)
