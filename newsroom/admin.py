"""People and the identity of the site, on the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from newsroom import audit
from newsroom.audit_page import AuditLogAdmin  # noqa: F401  # registers itself
from newsroom.endpoint_pages import DeliveryAdmin, EndpointAdmin  # noqa: F401  # register themselves
from newsroom.models import Happening, SiteIdentity, SocialLink, User
from newsroom.roles import ROLES, is_last_administrator


class NewUserForm(AdminUserCreationForm[Any]):
    """A new account."""

    class Meta:
        model = User
        fields = ("username", "email", "name")


class KnownUserForm(UserChangeForm[Any]):
    """An account."""

    class Meta:
        model = User
        fields = "__all__"

    def clean(self) -> dict[str, Any] | None:
        """Raises ValidationError if nobody could administer the site any more."""
        data = super().clean() or self.cleaned_data
        stays = data.get("is_active", self.instance.is_active) and data.get("is_staff", self.instance.is_staff)
        roles = {group.name for group in data["groups"]} if "groups" in data else {"Administrator"}
        stays = stays and (data.get("is_superuser", self.instance.is_superuser) or "Administrator" in roles)
        if not stays and is_last_administrator(self.instance):
            raise ValidationError(_("This is the last administrator. Make somebody else one first."), code="last")
        return data


@admin.register(User)
class NewsroomUserAdmin(UserAdmin[Any]):
    """Accounts of staff and readers. Roles are groups."""

    form = KnownUserForm
    add_form = NewUserForm
    list_display = ["username", "name", "email", "is_staff", "is_active", "last_login"]
    list_filter = ["is_staff", "is_active", "groups"]
    search_fields = ["username", "name", "email"]
    ordering = ["username"]
    fieldsets = [
        (None, {"fields": ["username", "password", "name", "email"]}),
        (_("Roles"), {"fields": ["is_active", "is_staff", "groups", "sees_other_sections"]}),
        (
            _("More"),
            {"classes": ["collapse"], "fields": ["is_superuser", "rules_read_at", "last_login", "date_joined"]},
        ),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "email", "name", "usable_password", "password1", "password2"]}),
    ]
    readonly_fields = ["rules_read_at", "last_login", "date_joined"]
    filter_horizontal = ()  # six roles: boxes to tick say more than two lists

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Only a superuser makes superusers, and nobody but one edits one's rights."""
        fixed = list(super().get_readonly_fields(request, obj))
        if not request.user.is_superuser:
            fixed += ["is_superuser"]
            if obj is not None and obj.is_superuser:
                fixed += ["username", "email", "is_active", "is_staff", "groups"]
        return fixed

    def get_inlines(self, request: HttpRequest, obj: User | None) -> Any:
        """What other apps say about a person is asked for once the account is there."""
        return self.inlines if obj else []

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """As Django's; which roles came and went is written down by name."""
        person = form.instance
        before = set(person.groups.values_list("name", flat=True))
        super().save_related(request, form, formsets, change)
        after = set(person.groups.values_list("name", flat=True))
        if before != after:
            moved = [f"+{name}" for name in sorted(after - before)] + [f"-{name}" for name in sorted(before - after)]
            audit.note(
                Happening.CHANGED, by=request.user, request=request, subject=str(person), detail=", ".join(moved)
            )

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:  # noqa: A002  # Django's name
        """Raises PermissionDenied for a superuser's password unless a superuser asks."""
        target = self.get_object(request, id)
        if target is not None and target.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return super().user_change_password(request, id, form_url)


class SocialLinkInline(admin.StackedInline[Any, Any]):
    """The links of the top bar, in the order of their positions."""

    model = SocialLink
    extra = 1
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}


class SiteIdentityForm(forms.ModelForm[Any]):
    """The languages as boxes to tick."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    second_step_roles = forms.MultipleChoiceField(
        label=_("Second step for"),
        choices=[(role, role) for role in ROLES],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Who has one of these roles signs in with an app or a passkey besides the password."),
    )

    class Meta:
        model = SiteIdentity
        fields = [
            "name",
            "tagline",
            "logo",
            "about",
            "contact_email",
            "language",
            "languages",
            "comment_mode",
            "guest_comments",
            "comment_days",
            "comments_paused",
            "comments_pause_note",
            "comment_edit_minutes",
            "former_readers",
            "show_changes",
            "second_step_roles",
        ]


@admin.register(SiteIdentity)
class SiteIdentityAdmin(admin.ModelAdmin[Any]):
    """One row: the list leads straight to its form."""

    form = SiteIdentityForm
    inlines = [SocialLinkInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SiteIdentity | None = None) -> bool:
        return False

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> SiteIdentity | None:
        """The row, made if the site is new."""
        return SiteIdentity.load() if object_id == "1" else None

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:newsroom_siteidentity_change", args=[1]))
