"""A reader as moderators see them: record, comments, notes, standing with the acts that change it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comments import reader_file
from comments.admin.queue_views import shared
from comments.models import Comment, Standing
from comments.moderation import PERMISSION, NotAllowed
from comments.reader_file import NoteRefused, ReaderFile
from comments.reader_status import StandingRefused, set_status
from newsroom.models import User

MOST_DAYS = 3650


class StandingForm(forms.Form):
    """What a reader may do from now on, for how long, and why."""

    standing = forms.ChoiceField(label=gettext_lazy("Standing"), choices=Standing.choices)
    days = forms.IntegerField(
        label=gettext_lazy("For how many days"),
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        help_text=gettext_lazy("Empty: until somebody changes it. A suspension needs an end."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("The reader reads it when they try to write."),
    )


class NoteForm(forms.Form):
    """What the other moderators should know."""

    body = forms.CharField(
        label=gettext_lazy("Note for moderators"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


def reader(request: HttpRequest, site: AdminSite, pk: int) -> HttpResponse:
    """The file of who wrote comment ``pk``. Template: admin/comments/comment/reader.html.

    Context: file (ReaderFile), rows, note_form, standing_form and that of ``queue_views.shared``. A form that was not
    taken comes back filled in, with status 422.
    """
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied  # notes and addresses are for moderators
    comment = Comment.objects.select_related("author").filter(pk=pk).first() if pk < 2**63 else None
    if comment is None:
        raise Http404
    file = reader_file.open_file(comment)
    note_form, standing_form = NoteForm(), StandingForm(initial={"standing": file.standing})
    if request.method == "POST" and "note" in request.POST:
        note_form = NoteForm(request.POST)
        is_done = note_form.is_valid() and _noted(note_form, comment, request.user)
    elif request.method == "POST":
        standing_form = StandingForm(request.POST)
        is_done = standing_form.is_valid() and _stands(standing_form, file, request.user)
    else:
        return _page(request, site, file, note_form, standing_form)
    if not is_done:
        return _page(request, site, file, note_form, standing_form, status=422)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse("admin:comments_comment_reader", args=[pk]))


def _noted(form: NoteForm, comment: Comment, by: Any) -> bool:
    try:
        reader_file.add_note(comment=comment, body=form.cleaned_data["body"], by=by)
    except (NoteRefused, NotAllowed) as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _stands(form: StandingForm, file: ReaderFile, by: Any) -> bool:
    given = form.cleaned_data
    until = timezone.now() + timedelta(days=given["days"]) if given["days"] else None
    if file.reader is None:
        form.add_error(None, _("Nothing is known of this reader any more."))
        return False
    try:
        set_status(reader=file.reader, status=given["standing"], by=by, reason=given["reason"], until=until)
    except StandingRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _page(
    request: HttpRequest,
    site: AdminSite,
    file: ReaderFile,
    note_form: NoteForm,
    standing_form: StandingForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        **shared(request, site, title=file.comment.name, rows=file.rows),
        "file": file,
        "note_form": note_form,
        "standing_form": standing_form,
        "place": str(file.comment.pk),
        "tab": "reader",
        "is_staff_member": isinstance(file.reader, User) and file.reader.is_staff,
    }
    return TemplateResponse(request, "admin/comments/comment/reader.html", context, status=status)
