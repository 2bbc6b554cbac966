"""The page on which a reader asks for a second look."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comments import appeals, guest_letters
from comments.appeals import MAX_CHARACTERS, AppealRefused
from comments.forms import CleanTextField
from comments.models import Comment
from comments.reader import posted_ids
from newsroom.languages import activate_for


class AppealForm(forms.Form):
    """Why the comment should be published."""

    text = CleanTextField(
        max_length=MAX_CHARACTERS, error_messages={"required": _("Say why the comment should be published.")}
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, pk: str) -> HttpResponse:
    """The visitor's appeal against the rejection of the own comment ``pk``, to make or to read. A guest whom a letter led
    here has ``key`` in the address.

    Template: comments/comment_appeal.html, context: comment, article (None unless readers see it), form, appeal (None before), may_appeal.
    """
    comment = _own_or_404(request, pk)
    activate_for(request, comment.article.language)
    form, status = AppealForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                appeals.appeal(comment=comment, text=form.cleaned_data["text"])
                return redirect(request.get_full_path())
            except AppealRefused as refusal:
                form.add_error("text", str(refusal))
    context = {
        "comment": comment,
        "article": comment.article if comment.is_on_shown_article else None,
        "form": form,
        "appeal": getattr(comment, "appeal", None),
        "may_appeal": appeals.may_appeal(comment),
        "limit": number_format(MAX_CHARACTERS, force_grouping=True),
    }
    return render(request, "comments/comment_appeal.html", context, status=status)


def _own_or_404(request: HttpRequest, pk: str) -> Comment:
    """The comment, if it is the visitor's and was turned down at some time: others do not learn that it exists."""
    found = Comment.objects.with_article_shown().filter(pk=int(pk)).first()
    if found is None:
        raise Http404
    is_guests = found.pk in posted_ids(request) or guest_letters.opens_appeal(found, request.GET.get("key", ""))
    is_own = request.user.pk == found.author_id if found.author_id else is_guests
    if not is_own or not (appeals.may_appeal(found) or hasattr(found, "appeal")):
        raise Http404
    return found
