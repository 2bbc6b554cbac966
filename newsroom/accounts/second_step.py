"""The second step of signing in, where the site asks it of a role."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from newsroom.frame import for_request
from newsroom.models import SiteIdentity, User

STEPS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]  # recovery codes alone are none
DESK = "/admin/"


def must_have(user: Any, site: SiteIdentity) -> bool:
    """Whether ``site`` asks a second step of one of the roles of ``user``; superusers count as administrators. One query."""
    return _asks(user, site) and User.objects.filter(_asked(site), pk=user.pk).exists()


def is_missing(user: Any, site: SiteIdentity) -> bool:
    """Whether ``user`` must have a second step and has none. One query if the site asks it of any role, else none."""
    steps = Authenticator.objects.filter(user=OuterRef("pk"), type__in=STEPS)
    return _asks(user, site) and User.objects.filter(_asked(site), ~Exists(steps), pk=user.pk).exists()


def _asks(user: Any, site: SiteIdentity) -> bool:
    return bool(site.second_step_roles and user.is_staff)


def _asked(site: SiteIdentity) -> Q:
    roles = site.second_step_roles
    return Q(groups__name__in=roles) | (Q(is_superuser=True) if "Administrator" in roles else Q(pk__in=[]))


class SecondStepFirst:
    """The desk stays closed to staff who must have a second step and have none: they are led to where they set it up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.path_info.startswith(DESK) and request.user.is_authenticated
        if not asked or not is_missing(request.user, for_request(request).site):
            return self.get_response(request)
        wanted = {"next": request.get_full_path()} if request.method == "GET" else {}
        return HttpResponseRedirect(f"{reverse('account_second_step')}?{urlencode(wanted)}")


@never_cache
@login_required
@require_safe
def second_step(request: HttpRequest) -> HttpResponse:
    """Why the desk is closed and how to open it; to the desk once it is. Template: account/second_step.html."""
    if is_missing(request.user, SiteIdentity.load()):
        return render(request, "account/second_step.html")
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return redirect(wanted if is_ours and wanted.startswith(DESK) else "admin:index")


class MFAAdapter(DefaultMFAAdapter):
    """The last second step of somebody who must have one stays; the app names the account by the site's name."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("This code is not correct. Wait for the next one and try again."),
        "cannot_delete_authenticator": gettext_lazy("Your role asks for a second step, and this is your last one."),
        "unverified_email": gettext_lazy("Confirm your e-mail address first."),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        if authenticator.type not in STEPS or not must_have(authenticator.user, SiteIdentity.load()):
            return True
        others = Authenticator.objects.filter(user=authenticator.user, type__in=STEPS).exclude(pk=authenticator.pk)
        return bool(others.exists())

    def get_totp_issuer(self) -> str:
        return SiteIdentity.load().name
