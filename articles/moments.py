"""The moment that a page shows: now for readers, another for staff who look ahead or back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils import timezone

if TYPE_CHECKING:
    from django.db.models import Model, Q


def moment_of(request: HttpRequest) -> datetime:
    """The moment as which the page of ``request`` is made. Only articles.site_at sets another than now."""
    found: datetime | None = getattr(request, "site_at", None)
    return timezone.now() if found is None else found


def moment_is_set(request: HttpRequest) -> bool:
    """Whether the page of ``request`` is made as of another moment than now."""
    return getattr(request, "site_at", None) is not None


def next_turn(now: datetime) -> datetime | None:
    """When the clock alone changes next what ``public_condition`` or a front page says after ``now``; None: never.

    Four queries, each of one entry of an index.
    """
    from django.db.models import Q

    from articles.models import Article, FrontPageVersion

    is_live = Q(status="live")
    found = [
        _first(Article, "published_at", now, is_live),
        _first(Article, "embargo_until", now, Q()),
        _first(Article, "expires_at", now, Q()),
        _first(FrontPageVersion, "at", now, Q()),
    ]
    return min((moment for moment in found if moment is not None), default=None)


def _first(model: type[Model], field: str, now: datetime, condition: Q) -> datetime | None:
    rows = model._default_manager.filter(condition, **{f"{field}__gt": now}).order_by(field)
    found: datetime | None = rows.values_list(field, flat=True).first()
    return found
