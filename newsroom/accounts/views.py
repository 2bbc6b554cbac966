"""The account page, the signed-in name for the top bar, and what a locked-out person is told."""

from __future__ import annotations

import math
from typing import Any

from allauth.account.decorators import reauthentication_required
from axes.helpers import get_cool_off
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from newsroom.accounts import leaving, parts
from newsroom.accounts.forms import AccountForm, DeleteForm
from newsroom.choices import FormerReaders
from newsroom.frame import for_request
from newsroom.models import User


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    """A person's own account, where the shown name can be changed. Template: account/overview.html, context: form."""
    own = User.objects.get(
        username=request.user.get_username()
    )  # not request.user: a refused name would show in the page
    form = AccountForm(request.POST or None, instance=own)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved. Your comments show this name from now on."))
        return redirect("account_overview")
    return render(request, "account/overview.html", {"form": form})


@never_cache
@require_safe
def state(request: HttpRequest) -> JsonResponse:
    """Who is signed in, for the top bar of pages that are the same for everyone: ``{"name": …, "url": …}``, or empty.

    With the number of unread notices behind the name, if there are any.
    """
    if not request.user.is_authenticated:
        return JsonResponse({})
    person = User.objects.get(username=request.user.get_username())
    new = parts.unread(person)
    home = "admin:index" if person.is_staff else "account_notices" if new else "account_overview"
    return JsonResponse(
        {"name": f"{person.display_name} ({new})" if new else person.display_name, "url": reverse(home)}
    )


@never_cache
@login_required
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """What is kept about a person, and the ways to take it along and to leave. Template: account/data.html."""
    return render(request, "account/data.html")


@never_cache
@login_required
@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """All that is kept about the person who asks, as a JSON file."""
    person = User.objects.get(username=request.user.get_username())
    answer = JsonResponse(leaving.everything(person), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer


@never_cache
@login_required
@reauthentication_required(enabled=lambda request: not request.user.is_staff)  # type: ignore[untyped-decorator]  # no types
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """The account is deleted once ``sure`` is ticked, then to the home page. Template: account/delete.html.

    Context: form, keeps_comments. Whoever is not staff gives the password or the passkey once more first. Staff: 403 with a sentence.
    """
    person = User.objects.get(username=request.user.get_username())
    form = DeleteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and not person.is_staff:
        leaving.leave(person)
        logout(request)
        messages.success(request, _("Your account is deleted."))
        return redirect("account_login")
    keeps = for_request(request).site.former_readers == FormerReaders.KEEP
    status = 403 if person.is_staff else 422 if form.errors else 200
    return render(request, "account/delete.html", {"form": form, "keeps_comments": keeps}, status=status)


def locked(request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None) -> HttpResponse:
    """429 after too many wrong passwords, saying when to try again. Template: 429.html, context: minutes."""
    pause = get_cool_off(request)
    minutes = math.ceil(pause.total_seconds() / 60) if pause else None
    answer = render(request, "429.html", {"minutes": minutes}, status=429)
    if pause:
        answer.headers["Retry-After"] = str(int(pause.total_seconds()))
    return answer
