"""The account page, the signed-in name for the top bar, and what a locked-out person is told."""

from __future__ import annotations

import math
from typing import Any

from axes.helpers import get_cool_off
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from newsroom.accounts.forms import AccountForm
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
    """Who is signed in, for the top bar of pages that are the same for everyone: ``{"name": …, "url": …}``, or empty."""
    if not request.user.is_authenticated:
        return JsonResponse({})
    home = "admin:index" if request.user.is_staff else "account_overview"
    return JsonResponse({"name": request.user.display_name, "url": reverse(home)})


def locked(request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None) -> HttpResponse:
    """429 after too many wrong passwords, saying when to try again. Template: 429.html, context: minutes."""
    pause = get_cool_off(request)
    minutes = math.ceil(pause.total_seconds() / 60) if pause else None
    answer = render(request, "429.html", {"minutes": minutes}, status=429)
    if pause:
        answer.headers["Retry-After"] = str(int(pause.total_seconds()))
    return answer
