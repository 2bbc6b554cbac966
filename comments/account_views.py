"""A reader's own comments with their state, notices and how they come, and whom they muted."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from comments import letters, muting, own, telling
from comments.forms import LettersForm
from comments.models import Comment, Letters, Mute, Status
from newsroom.frame import for_request
from newsroom.models import User

SHOWN = 20
NUMBER_DIGITS = 18


@never_cache
@login_required
@require_safe
def comments(request: HttpRequest) -> HttpResponse:
    """The reader's comments with their state, the newest first, ``?before=<id>`` older ones.

    Template: comments/account_comments.html, context: found, older (an id, or None). Three queries besides the frame's, four for an older page.
    """
    rows = Comment.objects.filter(author=_person(request)).exclude(status__in=(Status.DELETED, Status.SPAM))
    rows = rows.with_article_shown()
    last = rows.filter(pk=_number(request.GET.get("before", ""))).first() if "before" in request.GET else None
    if last is not None:
        rows = rows.filter(Q(created_at__lt=last.created_at) | Q(created_at=last.created_at, pk__lt=last.pk))
    found = list(rows.order_by("-created_at", "-pk")[: SHOWN + 1])
    for comment in found:
        comment.can_edit = own.may_edit(comment, for_request(request).site)
    older = found[SHOWN - 1].pk if len(found) > SHOWN else None
    return render(request, "comments/account_comments.html", {"found": found[:SHOWN], "older": older})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """What the reader should know, read from now on, and how letters come. Template: comments/account_notices.html.

    Context: found (sentence and notice), form.
    """
    reader = _person(request)
    form = LettersForm(
        request.POST if request.method == "POST" else None, initial={"letters": letters.choice_of(reader).letters}
    )
    if request.method == "POST" and form.is_valid():
        letters.choose(reader, form.cleaned_data["letters"])
        messages.success(request, _("Saved."))
        return redirect("account_notices")
    found = [(telling.sentence(notice), notice) for notice in telling.shown_to(reader)[:SHOWN]]
    if request.method == "GET":
        telling.mark_read(reader)
    return render(request, "comments/account_notices.html", {"found": found, "form": form})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def muted(request: HttpRequest) -> HttpResponse:
    """Whom the reader muted; a button for each takes it back (``who``). Template: comments/account_muted.html."""
    reader = _person(request)
    if request.method == "POST":
        muting.unmute(reader=reader, muted_id=_number(request.POST.get("who", "")))
        return redirect("account_muted")
    found = Mute.objects.filter(reader=reader).select_related("muted")
    return render(request, "comments/account_muted.html", {"found": found})


@csrf_exempt  # a mail program sends it without any cookie; the signed token is the right to do it
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """No more letters to whom ``token`` names, by one click (RFC 8058) or by the page's button.

    Template: comments/unsubscribe.html, context: reader (None for a token that is not ours, 404), is_done.
    """
    reader = letters.reader_of(token)
    is_done = reader is not None and request.method == "POST"
    if reader is not None and is_done:
        letters.choose(reader, Letters.NEVER)
    context = {"reader": reader, "is_done": is_done}
    return render(request, "comments/unsubscribe.html", context, status=200 if reader else 404)


def _person(request: HttpRequest) -> User:
    """The reader who is signed in. One query."""
    return User.objects.get(username=request.user.get_username())


def _number(text: str) -> int:
    """The id in ``text``; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= NUMBER_DIGITS else 0
