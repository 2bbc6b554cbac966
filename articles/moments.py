"""The moment that a page shows: now for readers, another for staff who look ahead or back."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone


def moment_of(request: HttpRequest) -> datetime:
    """The moment as which the page of ``request`` is made. Only articles.site_at sets another than now."""
    found: datetime | None = getattr(request, "site_at", None)
    return timezone.now() if found is None else found
