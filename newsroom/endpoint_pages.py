"""Endpoints and what they were told, on the desk of administrators."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from newsroom import outside
from newsroom.models import Delivery, DeliveryState, Endpoint, EndpointKind, Event
from newsroom.models.endpoint import new_secret


class EndpointForm(forms.ModelForm[Any]):
    """The events as boxes to tick."""

    url = forms.URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "vURLField"}),
        help_text=_("With https://. Private networks are refused."),
    )
    events = forms.MultipleChoiceField(
        label=_("Tell when an article is"),
        choices=Event.choices,
        initial=Event.values,
        widget=forms.CheckboxSelectMultiple,
    )
    typed_secret = forms.CharField(
        label=_("Secret"),
        required=False,
        min_length=16,
        max_length=32,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "class": "vTextField"}),
        help_text=_("16 to 32 characters that the receiver of a webhook knows too. It is never shown again."),
    )

    class Meta:
        model = Endpoint
        fields = ["name", "kind", "url", "events", "is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "typed_secret" in self.fields:
            field = self.fields["typed_secret"]
            field.label = _("Replace the secret")
            field.help_text = _("16 to 32 characters that the receiver knows too. Empty: the secret stays as it is.")

    def clean(self) -> dict[str, Any] | None:
        """A webhook that was none needs a secret of which the receiver knows: the key of another kind is no secret."""
        given = super().clean() or self.cleaned_data
        was_one = bool(self.instance.pk) and self.initial.get("kind") == EndpointKind.WEBHOOK
        needs_one = given.get("kind") == EndpointKind.WEBHOOK and not was_one
        if needs_one and not given.get("typed_secret") and "typed_secret" not in self.errors:
            self.add_error("typed_secret", forms.ValidationError(_("Type the secret of the webhook."), code="required"))
        return given

    def save(self, commit: bool = True) -> Any:
        is_hook = self.instance.kind == EndpointKind.WEBHOOK
        if is_hook and self.cleaned_data.get("typed_secret"):
            self.instance.secret = self.cleaned_data["typed_secret"]
        elif not is_hook and "kind" in self.changed_data:  # what signed webhooks is shown to nobody
            self.instance.secret = new_secret()
        return super().save(commit)


@admin.register(Endpoint)
class EndpointAdmin(admin.ModelAdmin[Endpoint]):
    """Who is told. The list says what was given up."""

    form = EndpointForm
    list_display = ["name", "kind", "url", "is_active", "trouble"]
    fields = ["name", "kind", "url", "events", "is_active", "typed_secret"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """With how many deliveries were given up."""
        dead = Count("deliveries", filter=Q(deliveries__state=DeliveryState.DEAD))
        return super().get_queryset(request).annotate(dead=dead)

    @admin.display(description=_("Deliveries"))
    def trouble(self, endpoint: Any) -> SafeString:
        """A link to its deliveries, with how many were given up."""
        number = endpoint.dead
        label = (
            ngettext("%(number)s given up", "%(number)s given up", number) % {"number": number} if number else _("All")
        )
        url = f"{reverse('admin:newsroom_delivery_changelist')}?endpoint__id__exact={endpoint.pk}"
        return format_html('<a href="{}">{}</a>', f"{url}&state=dead" if number else url, label)


@admin.register(Delivery)
class DeliveryAdmin(admin.ModelAdmin[Delivery]):
    """What endpoints were told and are to be told; read, and tried again."""

    list_display = ["event", "subject", "endpoint", "state", "attempts", "next_try_at", "decided_at", "last_error"]
    list_display_links = None
    list_filter = ["state", "endpoint", "event"]
    list_select_related = ["endpoint"]
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = ["try_again"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Delivery | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Delivery | None = None) -> bool:
        return False

    def has_retry_permission(self, request: HttpRequest) -> bool:
        """Who sets up endpoints sees to it that they are told."""
        return request.user.has_perm("newsroom.change_endpoint")

    @admin.action(description=_("Try again what was given up"), permissions=["retry"])
    def try_again(self, request: HttpRequest, queryset: Any) -> None:
        number = outside.try_again(queryset)
        said = ngettext("%(number)s delivery is due again.", "%(number)s deliveries are due again.", number)
        messages.success(request, said % {"number": number})
