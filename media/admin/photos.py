"""The photo library on the desk."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import quote
from django.db.models import ProtectedError, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from media import ingest, renditions, upload, usage
from media.admin import bulk, filters
from media.forms import PhotoForm
from media.models import Photo
from media.picker import picker, thumbnail
from newsroom.roles import is_guest


@admin.register(Photo)
class PhotoAdmin(admin.ModelAdmin[Any]):
    """Upload goes through media.ingest; a used photo cannot be deleted."""

    form = PhotoForm
    list_display = ("name", "credit", "created_at")
    change_list_template = "admin/media/photo/library.html"
    list_filter = (
        filters.CreditFilter, filters.AltFilter, filters.UsableFilter, filters.UseFilter, filters.OrientationFilter,
        filters.CollectionFilter, filters.CreatorFilter, "licence", filters.ArchiveFilter,
    )  # fmt: skip
    list_per_page = 60
    show_full_result_count = False
    search_fields = ("title",)  # what is searched is PhotoQuerySet.matching
    search_help_text = _("Caption, credit, photographer, place, keyword or file name")
    actions = (bulk.edit_selected,)
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
        (_("File and use"), {"fields": ("facts", "where_used", "replacement", "is_archived")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Photo]:
        return super().get_queryset(request).offered_to(request.user)  # type: ignore[attr-defined,no-any-return]  # Photo's own queryset

    def get_fieldsets(self, request: HttpRequest, obj: Photo | None = None) -> Any:
        """A new photo asks for its file; an old one shows it instead: another file is another photo."""
        unwanted = {"preview", "facts", "where_used", "replacement", "is_archived"} if obj is None else {"image"}
        if is_guest(request.user):
            unwanted.add("where_used")  # it names drafts
        groups = [
            (name, [field for field in options["fields"] if field not in unwanted]) for name, options in self.fieldsets
        ]
        return [(name, {"fields": fields}) for name, fields in groups if fields]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Photo], search_term: str
    ) -> tuple[QuerySet[Photo], bool]:
        """Photos that hold every word, accents and case aside."""
        return queryset.filter(
            pk__in=Photo.objects.matching(search_term).values("pk")
        ) if search_term else queryset, False

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Photo | None:
        """The photo, which knows for whom its page is made."""
        photo = super().get_object(request, object_id, from_field)
        if photo is not None:
            photo._viewer = request.user  # where_used reads it
        return photo

    def get_inlines(self, request: HttpRequest, obj: Photo | None) -> Any:
        """What other apps say about a photo is asked for once it is there."""
        return self.inlines if obj else []

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("picker/", self.admin_site.admin_view(picker), name="media_photo_picker"),
            path("upload/many/", self.admin_site.admin_view(upload.upload_many), name="media_photo_upload_many"),
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
        if form.cleaned_data.get("replacement"):
            ingest.replace(obj, file=form.cleaned_data["replacement"], examined=form.examined)
            return
        super().save_model(request, obj, form, change)
        ingest.renew(obj)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """As Django's; a photo that is used leads to its page, where it can be archived or replaced."""
        photo = self.get_object(request, object_id)
        if photo is None or not self.has_delete_permission(request, photo):
            return super().delete_view(request, object_id, extra_context)
        if not usage.uses(photo):
            with suppress(ProtectedError):  # it was given a place in this moment
                return super().delete_view(request, object_id, extra_context)
        self.message_user(
            request,
            _("This photo is used and cannot be deleted. Archive it, or give it another file."),
            messages.WARNING,
        )
        return HttpResponseRedirect(reverse("admin:media_photo_change", args=[quote(photo.pk)]) + "#id_is_archived")

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
            protected += [_use_link(use) for use in usage.shown_to(request.user, usage.registered_uses(photo))]
        return deleted, counts, needed, protected

    @admin.display(description=_("name"), ordering="title")
    def name(self, photo: Photo) -> str:
        return str(photo)

    @admin.display(description=_("photo"))
    def preview(self, photo: Photo) -> SafeString:
        return _image(photo, 480, alt=photo.alt)

    @admin.display(description=_("file"))
    def facts(self, photo: Photo) -> str:
        return f"{photo.format}, {photo.width} × {photo.height}, {photo.byte_size / 1024:.0f} kB"

    @admin.display(description=_("used in"))
    def where_used(self, photo: Photo) -> SafeString | str:
        found = usage.shown_to(photo._viewer, usage.uses(photo))  # type: ignore[attr-defined]  # get_object sets it
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
