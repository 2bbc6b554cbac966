"""By what the photo library can be narrowed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from media import usage
from media.models import Collection, Photo

MOST_NAMES = 40  # photographers and collections offered; the others are found by the search


class CreditFilter(admin.SimpleListFilter):
    """Photos nobody is named for cannot be published."""

    title = _("credit")
    parameter_name = "credit"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("missing", _("Missing"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Photo]) -> QuerySet[Photo]:
        return queryset.filter(credit="", creator="") if self.value() == "missing" else queryset


class AltFilter(admin.SimpleListFilter):
    """Photos without alt text that are not decorative cannot be published either."""

    title = _("alt text")
    parameter_name = "alt"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("missing", _("Missing"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Photo]) -> QuerySet[Photo]:
        return queryset.filter(alt="", is_decorative=False) if self.value() == "missing" else queryset


class OrientationFilter(admin.SimpleListFilter):
    """By the shape of the upright picture."""

    title = _("shape")
    parameter_name = "shape"
    shapes = {
        "landscape": (_("Landscape"), Q(width__gt=F("height"))),
        "portrait": (_("Portrait"), Q(width__lt=F("height"))),
        "square": (_("Square"), Q(width=F("height"))),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(key, name) for key, (name, _condition) in self.shapes.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Photo]) -> QuerySet[Photo]:
        chosen = self.shapes.get(self.value() or "")
        return queryset.filter(chosen[1]) if chosen else queryset


class UsableFilter(admin.SimpleListFilter):
    """Whether the photo may be shown now."""

    title = _("rights")
    parameter_name = "usable"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("May be shown")), ("expiring", _("Ends in 14 days")), ("no", _("Expired or barred"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Photo]) -> QuerySet[Photo]:
        usable = Photo.objects.usable().values("pk")
        if self.value() == "expiring":
            return queryset.filter(pk__in=Photo.objects.expiring().values("pk"))
        if self.value() == "yes":
            return queryset.filter(pk__in=usable)
        return queryset.exclude(pk__in=usable) if self.value() == "no" else queryset


class UseFilter(admin.SimpleListFilter):
    """Whether a page, an author or a channel shows the photo."""

    title = _("use")
    parameter_name = "used"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Used")), ("no", _("Unused"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Photo]) -> QuerySet[Photo]:
        if self.value() == "yes":
            return queryset.filter(usage.is_used())
        return queryset.exclude(usage.is_used()) if self.value() == "no" else queryset


class ArchiveFilter(admin.SimpleListFilter):
    """Archived photos are out of sight unless asked for."""

    title = _("archive")
    parameter_name = "archive"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("only", _("Archived")), ("all", _("Both"))]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        yield {**first, "display": _("In the library")}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Photo]) -> QuerySet[Photo]:
        if self.value() == "only":
            return queryset.filter(is_archived=True)
        return queryset if self.value() == "all" else queryset.filter(is_archived=False)


class CreatorFilter(admin.SimpleListFilter):
    """By photographer, those with most photos."""

    title = _("photographer")
    parameter_name = "creator"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        named = Photo.objects.exclude(creator="").order_by().values("creator").annotate(n=Count("pk"))
        return [(row["creator"], row["creator"]) for row in named.order_by("-n", "creator")[:MOST_NAMES]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Photo]) -> QuerySet[Photo]:
        return queryset.filter(creator=self.value()) if self.value() else queryset


class CollectionFilter(admin.SimpleListFilter):
    """By collection, the newest."""

    title = _("collection")
    parameter_name = "collection"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(str(pk), name) for pk, name in Collection.objects.values_list("pk", "name")[:MOST_NAMES]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Photo]) -> QuerySet[Photo]:
        value = self.value() or ""
        is_number = value.isascii() and value.isdigit() and len(value) < 19
        return queryset.filter(collections=int(value)) if is_number else queryset
