"""Django's searchable select, proof against values that no row can have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models
from django.forms import ModelChoiceField
from django.http import HttpRequest

MAX_DIGITS = 18  # more do not fit the databases' 64 bits


def is_id(value: Any) -> bool:
    """Whether ``value``, as a form sends it, can be the number of a row."""
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS


class KnownSelect(AutocompleteSelect):
    """As Django's, which asks the database for whatever was sent and falls over text and huge numbers."""

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> Any:
        return super().optgroups(name, [one for one in value if not one or is_id(one)], attr)


class KnownSelects:
    """For a ModelAdmin with ``autocomplete_fields``: they are KnownSelects."""

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]  # ModelAdmin's
            kwargs.setdefault("widget", KnownSelect(db_field, self.admin_site))  # type: ignore[attr-defined]  # ModelAdmin's
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc,no-any-return]  # ModelAdmin's
