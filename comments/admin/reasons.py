"""The prewritten reasons on the desk."""

from __future__ import annotations

from django.contrib import admin

from comments.models import CannedReason


@admin.register(CannedReason)
class CannedReasonAdmin(admin.ModelAdmin[CannedReason]):
    """One sentence for each reason and language; what is not written here is said in the built-in words."""

    list_display = ["sentence", "rejection", "language"]
    list_filter = ["language"]
    fields = ["rejection", "language", "sentence"]
