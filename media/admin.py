"""The photo library and the streams on the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import quote
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from media import ingest, renditions, upload, usage
from media.forms import PhotoForm, StreamForm
from media.models import Photo, Stream
from media.picker import picker, thumbnail
from newsroom.autocomplete import KnownSelects


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
        return [("yes", _("May be shown")), ("no", _("Expired or barred"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Photo]) -> QuerySet[Photo]:
        usable = Photo.objects.usable().values("pk")
        if self.value() == "yes":
            return queryset.filter(pk__in=usable)
        return queryset.exclude(pk__in=usable) if self.value() == "no" else queryset


@admin.register(Photo)
class PhotoAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Upload goes through media.ingest; a used photo cannot be deleted."""

    form = PhotoForm
    list_display = ("thumb", "name", "shown_credit", "shape", "usable", "uploaded_by", "created_at")
    list_display_links = ("thumb", "name")
    list_filter = (CreditFilter, AltFilter, OrientationFilter, UsableFilter, "licence", "created_at")
    list_select_related = ("uploaded_by",)
    list_per_page = 40
    search_fields = ("title", "caption", "credit", "creator", "place")
    search_help_text = _("Title, caption, credit, photographer or place")
    ordering = ("-created_at", "-pk")
    readonly_fields = ("preview", "facts", "where_used")
    fieldsets = (
        (None, {"fields": ("preview", "image", "caption", "alt", "is_decorative", "credit")}),
        (
            _("Rights"),
            {"fields": ("creator", "copyright_notice", "licence", "usage_terms", "valid_until", "do_not_publish")},
        ),
        (_("Details"), {"fields": ("title", "taken_at", "place", "keywords", "digital_source_type")}),
        (_("Crop"), {"fields": (("focal_x", "focal_y"),)}),
        (_("File and use"), {"fields": ("facts", "where_used")}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Photo | None = None) -> Any:
        """A new photo asks for its file; an old one shows it instead: another file is another photo."""
        unwanted = {"preview", "facts", "where_used"} if obj is None else {"image"}
        groups = [
            (name, [field for field in options["fields"] if field not in unwanted]) for name, options in self.fieldsets
        ]
        return [(name, {"fields": fields}) for name, fields in groups if fields]

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("picker/", self.admin_site.admin_view(picker), name="media_photo_picker"),
            path("upload/", self.admin_site.admin_view(upload.upload), name="media_photo_upload"),
            path("<int:pk>/facts/", self.admin_site.admin_view(upload.facts), name="media_photo_facts"),
            path("<int:pk>/thumbnail/", self.admin_site.admin_view(thumbnail), name="media_photo_thumbnail"),
        ]
        return own + super().get_urls()

    def save_model(self, request: HttpRequest, obj: Photo, form: Any, change: bool) -> None:
        """A new photo is stored by ingest; a changed one gets new renditions if they would look or say something else."""
        if not change:
            obj.uploaded_by = request.user if request.user.is_authenticated else None
            ingest.store(obj, file=form.cleaned_data["image"], examined=form.examined)
            return
        super().save_model(request, obj, form, change)
        ingest.renew(obj)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """As Django's; if somebody else stored the same file in the same moment, leads to that photo."""
        try:
            return super().add_view(request, form_url, extra_context)
        except ingest.DuplicatePhoto as refusal:
            self.message_user(request, str(refusal), messages.WARNING)
            return HttpResponseRedirect(reverse("admin:media_photo_change", args=[quote(refusal.photo.pk)]))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """With the uses that no foreign key shows among what stands in the way."""
        deleted, counts, needed, protected = super().get_deleted_objects(objs, request)
        for photo in objs:
            protected += [_use_link(use) for use in usage.registered_uses(photo)]
        return deleted, counts, needed, protected

    @admin.display(description=_("photo"))
    def thumb(self, photo: Photo) -> SafeString:
        return _image(photo, 120, alt=photo.alt)

    @admin.display(description=_("name"), ordering="title")
    def name(self, photo: Photo) -> str:
        return str(photo)

    @admin.display(description=_("credit"), ordering="credit")
    def shown_credit(self, photo: Photo) -> str:
        return photo.credit_line or str(_("Missing"))

    @admin.display(description=_("pixels"), ordering="width")
    def shape(self, photo: Photo) -> str:
        return f"{photo.width}\u00a0×\u00a0{photo.height}"

    @admin.display(description=_("may be shown"), boolean=True)
    def usable(self, photo: Photo) -> bool:
        return photo.is_usable()

    @admin.display(description=_("photo"))
    def preview(self, photo: Photo) -> SafeString:
        return _image(photo, 480, alt=photo.alt)

    @admin.display(description=_("file"))
    def facts(self, photo: Photo) -> str:
        return f"{photo.format}, {photo.width} × {photo.height}, {photo.byte_size / 1024:.0f} kB"

    @admin.display(description=_("used in"))
    def where_used(self, photo: Photo) -> SafeString | str:
        found = usage.uses(photo)
        if not found:
            return str(_("Nowhere yet"))
        items = format_html_join("", "<li>{}</li>", ((_use_link(use),) for use in found))
        return format_html("<ul>{}</ul>", items)


def _image(photo: Photo, width: int, *, alt: str) -> SafeString:
    height = renditions.size(photo, "full", width)[1] if width > 120 else 80
    address = reverse("admin:media_photo_thumbnail", args=[photo.pk])
    ratio = "full" if width > 120 else "3x2"
    return format_html(
        '<img class="photo-thumb" src="{}?v={}&amp;ratio={}" width="{}" height="{}" alt="{}" loading="lazy">',
        address, photo.token[-8:], ratio, width, height, alt,
    )  # fmt: skip


def _use_link(use: usage.Use) -> SafeString:
    return format_html('<a href="{}">{}</a>', use.url, use.label) if use.url else format_html("{}", use.label)


@admin.register(Stream)
class StreamAdmin(KnownSelects, admin.ModelAdmin):  # type: ignore[type-arg]
    """What is on air stands in every page's header at once."""

    form = StreamForm
    list_display = ("title", "programme_title", "is_on_air", "language", "starts_at", "ends_at", "position")
    list_filter = ("is_on_air", "language")
    search_fields = ("title", "programme_title", "description")
    autocomplete_fields = ("poster",)
    fieldsets = (
        (None, {"fields": ("title", "label", "programme_title", "description", "language", "is_on_air", "position")}),
        (_("Picture"), {"fields": ("video_url", "video_file", "poster")}),
        (_("Sound"), {"fields": ("audio_url", "audio_file")}),
        (_("Time"), {"fields": ("starts_at", "ends_at")}),
    )
