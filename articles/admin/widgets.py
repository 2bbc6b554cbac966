"""Form parts that Django has not: an ordered choice, photo slides, a moment in the site's zone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles.content import SlideContent
from media.models import Photo
from newsroom.autocomplete import KnownSelect, is_id

MAX_SLIDES = 200
SPARE_INDEX = 999_999  # of the choice that adds a slide without JavaScript: after all others, never one of theirs
SPARE = 1  # empty choices offered without JavaScript


class OrderedSelects(KnownSelect):
    """One searchable select for each choice, in order, and a spare one. The value is the list of chosen keys."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        rows = [*(value or []), *[None] * SPARE]
        given = attrs or {}
        parts = []
        for number, one in enumerate(rows):
            label = _("Author %(number)s") % {"number": number + 1}
            ids = {"id": f"{given.get('id', name)}_{number}" if number else given.get("id", name), "aria-label": label}
            parts.append(super().render(name, one, {**given, **ids}, renderer))
        return mark_safe("".join(parts))  # joined from what Django rendered

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        values = data.getlist(name) if isinstance(data, MultiValueDict) else data.get(name, [])
        return [value for value in values if value]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data


class OrderedChoiceField(forms.ModelMultipleChoiceField[Any]):
    """Chosen objects of a model as a list of ids, in the order typed, each once."""

    def clean(self, value: Any) -> Any:
        if not all(is_id(pk) for pk in value or []):
            raise ValidationError(_("One of the choices is not known. Choose again."), code="unknown")
        chosen = {row.pk for row in super().clean(value)}
        wanted = [int(pk) for pk in value or []]
        return [pk for pk in dict.fromkeys(wanted) if pk in chosen]


class SlidesWidget(forms.Widget):
    """The photo slides as rows: photo, caption, alt text, place. Template: admin/articles/article/_slides.html."""

    template_name = "admin/articles/article/_slides.html"

    def __init__(self, photo_select: KnownSelect) -> None:
        super().__init__()
        self.photo_select = photo_select

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        slides: list[SlideContent] = value or []
        photos = Photo.objects.in_bulk([slide.photo_id for slide in slides])
        rows = [
            {"index": index, "slide": slide, "photo": photos[slide.photo_id], "position": index + 1}
            for index, slide in enumerate(slides)
            if slide.photo_id in photos
        ]
        context = super().get_context(name, value, attrs)
        spare = self.photo_select.render(
            f"{name}-{SPARE_INDEX}-photo", None, {"id": "id_slides_new", "aria-label": _("Photo to add")}
        )
        return {**context, "rows": rows, "name": name, "new_index": len(slides), "spare": spare}

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[dict[str, str]]:
        """The rows of the form in their order; the script may number new ones as it likes."""
        found = [re.fullmatch(rf"{name}-(\d{{1,6}})-photo", key, re.ASCII) for key in data]
        rows = []
        for index in sorted(int(match[1]) for match in found if match)[:MAX_SLIDES]:
            prefix = f"{name}-{index}-"
            if data.get(f"{prefix}photo") and not data.get(f"{prefix}remove"):
                rows.append({key: data.get(prefix + key, "") for key in ("photo", "caption", "alt", "position")})
        return rows

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return ""

    @property
    def media(self) -> forms.Media:
        return self.photo_select.media


class SlidesField(forms.Field):
    """The slides as a list of SlideContent, ordered by the numbers typed (equal ones keep their order)."""

    def clean(self, value: Any) -> list[SlideContent]:
        rows = self.prepare_value(value)
        known = set(Photo.objects.filter(pk__in=[row.photo_id for row in rows]).values_list("pk", flat=True))
        if any(row.photo_id not in known for row in rows):
            raise ValidationError(_("One of the photos was deleted meanwhile. Remove its row."), code="photo_gone")
        return rows

    def prepare_value(self, value: Any) -> list[SlideContent]:
        if not value or isinstance(value[0], SlideContent):
            return value or []
        rows = [row for row in value if is_id(row["photo"])]
        rows.sort(
            key=lambda row: int(row["position"]) if row["position"].isascii() and row["position"].isdigit() else 999
        )
        return list({int(r["photo"]): SlideContent(int(r["photo"]), r["caption"], r["alt"]) for r in rows}.values())


class Moment(forms.DateTimeField):
    """A date and time in the site's zone.

    An hour that the change of the clocks leaves out or brings twice is refused with a sentence, except that the moment
    which the form showed may come back as it was.
    """

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    shown: datetime | None = None

    def __init__(self, **kwargs: Any) -> None:
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"]
        super().__init__(required=False, input_formats=formats, **kwargs)

    def get_bound_field(self, form: Any, field_name: str) -> Any:
        shown = form.get_initial_for_field(self, field_name)
        self.shown = shown if isinstance(shown, datetime) and timezone.is_aware(shown) else None
        return super().get_bound_field(form, field_name)

    def to_python(self, value: Any) -> datetime | None:
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
        with timezone.override(UTC):  # which has every hour once: the digits as typed
            typed = super().to_python(value).replace(tzinfo=None)  # type: ignore[union-attr]  # it was no empty value
        if (
            self.shown is not None
            and timezone.localtime(self.shown).replace(second=0, microsecond=0, tzinfo=None) == typed
        ):
            return self.shown
        raise ValidationError(_clock_sentence(typed), code="clocks")


def _clock_sentence(typed: datetime) -> str:
    zone = timezone.get_current_timezone()
    there_and_back = typed.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    if there_and_back != typed:
        sentence = _("The clocks go forward that day and leave %(time)s out. Choose a time before or after that hour.")
    else:
        sentence = _("The clocks go back that day and %(time)s comes twice. Choose a time before or after that hour.")
    return sentence % {"time": f"{typed:%H:%M}"}
