"""The form over photos ticked in the library."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from media import bulk
from media.forms import WordsField
from media.models import Collection, Licence, Photo
from newsroom.text import clean_line

MOST = 1000
SHOWN = 60  # thumbnails over the form
UNCHANGED = ("", gettext_lazy("Leave as it is"))


class BulkForm(forms.Form):
    """What changes on every photo ticked. Empty fields change nothing."""

    credit = forms.CharField(label=gettext_lazy("Credit"), max_length=255, required=False)
    creator = forms.CharField(label=gettext_lazy("Photographer"), max_length=255, required=False)
    copyright_notice = forms.CharField(label=gettext_lazy("Copyright notice"), max_length=500, required=False)
    overwrites = forms.BooleanField(
        label=gettext_lazy("Also where there is one already"),
        required=False,
        help_text=gettext_lazy("Otherwise these three fill only what is empty."),
    )
    licence = forms.ChoiceField(label=gettext_lazy("Licence"), choices=[UNCHANGED, *Licence.choices], required=False)
    add_keywords = WordsField(
        label=gettext_lazy("Add keywords"), required=False, help_text=gettext_lazy("With commas between them.")
    )
    remove_keywords = WordsField(label=gettext_lazy("Remove keywords"), required=False)
    collection = forms.ModelChoiceField(
        label=gettext_lazy("Put into a collection"), queryset=Collection.objects.all(), required=False
    )
    new_collection = forms.CharField(label=gettext_lazy("Or into a new one named"), max_length=120, required=False)
    archived = forms.ChoiceField(
        label=pgettext_lazy("out of the library", "Archive"),
        choices=[
            UNCHANGED,
            ("yes", pgettext_lazy("out of the library", "Archive")),
            ("no", gettext_lazy("Back into the library")),
        ],
        required=False,
    )
    barred = forms.ChoiceField(
        label=gettext_lazy("Do not publish"),
        choices=[UNCHANGED, ("yes", gettext_lazy("Bar from publication")), ("no", gettext_lazy("Allow again"))],
        required=False,
    )

    def change(self) -> bulk.BulkEdit:
        """What a valid form asks for. A new collection is made; one of that name is taken."""
        data = self.cleaned_data
        name = clean_line(data["new_collection"])
        known = Collection.objects.filter(name__iexact=name).first() if name else data["collection"]
        plain = ("credit", "creator", "copyright_notice", "overwrites", "licence", "add_keywords", "remove_keywords")
        switch = {"yes": True, "no": False, "": None}
        return bulk.BulkEdit(
            **{key: data[key] for key in plain},
            is_archived=switch[data["archived"]],
            do_not_publish=switch[data["barred"]],
            collection=known or (Collection.objects.create(name=name) if name else None),
        )


@admin.action(description=gettext_lazy("Change the selected photos"), permissions=["change"])
def edit_selected(model_admin: Any, request: HttpRequest, queryset: QuerySet[Photo]) -> HttpResponse | None:
    """The form for the ticked photos, then the change itself. Template: admin/media/photo/bulk.html.

    Context: form, photos (at most SHOWN), ids, count.
    """
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    photos = list(queryset.order_by("-created_at", "-pk")[: MOST + 1])
    if len(photos) > MOST:
        messages.error(request, _("Tick at most %(most)s photos at once.") % {"most": MOST})
        return None
    form = BulkForm(request.POST if "apply" in request.POST else None)
    if form.is_bound and form.is_valid():
        count = bulk.edit(photos, form.change())
        sentence = ngettext("%(count)s photo was changed.", "%(count)s photos were changed.", count)
        messages.success(request, sentence % {"count": count})
        return None
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Change photos"),
        "opts": model_admin.opts,
        "form": form,
        "photos": photos[:SHOWN],
        "ids": [photo.pk for photo in photos],
        "count": len(photos),
        "checkbox": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/media/photo/bulk.html", context)
