"""Writes down what happens on the desk: sign-ins, roles, settings. Connected in NewsroomConfig.ready."""

from __future__ import annotations

import ipaddress
from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_save
from django.http import HttpRequest

from newsroom.models import AuditEvent, Happening, User
from newsroom.visitors import address_of


def note(
    act: Happening,
    *,
    by: Any = None,
    request: HttpRequest | None = None,
    name: str = "",
    subject: str = "",
    detail: str = "",
) -> AuditEvent:
    """The event is written down. Text is cut to what its column holds, characters that no database holds are left out."""
    person = by if isinstance(by, User) and by.pk else None
    return AuditEvent.objects.create(
        act=act,
        by=person,
        name=_fit(name, 254),
        subject=_fit(subject, 200),
        detail=_fit(detail, 4000),
        address=_address(request),
    )


def _fit(text: str, most: int) -> str:
    return text.replace("\x00", "").encode("utf-8", "replace").decode()[:most]


def _address(request: HttpRequest | None) -> str | None:
    try:
        return str(ipaddress.ip_address(address_of(request))) if request is not None else None
    except ValueError:
        return None


def connect() -> None:
    """From now on sign-ins and what belongs to them are written down. Connecting twice changes nothing."""
    for signal, receiver in (
        (user_logged_in, _signed_in),
        (user_logged_out, _signed_out),
        (user_login_failed, _failed),
        (user_locked_out, _locked),
        (account.password_changed, _password),
        (account.password_set, _password),
        (account.password_reset, _password),
        (mfa.authenticator_added, _added),
        (mfa.authenticator_removed, _removed),
        (mfa.authentication_failed, _wrong_code),
    ):
        signal.connect(receiver, dispatch_uid=f"audit-{receiver.__name__}")
    post_save.connect(_logged, sender="admin.LogEntry", dispatch_uid="audit-logged")


def _signed_in(sender: Any, request: Any, user: Any, **_kwargs: Any) -> None:
    if user.is_staff:
        note(Happening.SIGNED_IN, by=user, request=request)


def _signed_out(sender: Any, request: Any, user: Any, **_kwargs: Any) -> None:
    if user is not None and user.is_staff:
        note(Happening.SIGNED_OUT, by=user, request=request)


def _failed(sender: Any, credentials: dict[str, Any], request: Any = None, **_kwargs: Any) -> None:
    """Also for names that nobody has: they show an attack. Readers' mistakes are nobody's business but theirs."""
    name = str(credentials.get("username") or credentials.get("email") or "")
    person = _person(name)
    if person is None or person.is_staff:
        note(Happening.SIGN_IN_FAILED, by=person, request=request, name=name)


def _person(name: str) -> User | None:
    clean = _fit(name, 254)
    return (
        User.objects.filter(username__iexact=clean).first() or User.objects.filter(email__iexact=clean or "-").first()
    )


def _locked(sender: Any, request: Any = None, username: str = "", **_kwargs: Any) -> None:
    note(Happening.LOCKED, by=_person(username or ""), request=request, name=username or "")


def _password(sender: Any, request: Any, user: Any, **_kwargs: Any) -> None:
    if user.is_staff:
        note(Happening.PASSWORD_CHANGED, by=user, request=request, subject=str(user))


def _added(sender: Any, request: Any, user: Any, authenticator: Any, **_kwargs: Any) -> None:
    if user.is_staff:
        note(Happening.SECOND_STEP_ADDED, by=user, request=request, subject=str(authenticator.get_type_display()))


def _removed(sender: Any, request: Any, user: Any, authenticator: Any, **_kwargs: Any) -> None:
    if user.is_staff:
        note(Happening.SECOND_STEP_REMOVED, by=user, request=request, subject=str(authenticator.get_type_display()))


def _wrong_code(sender: Any, request: Any, user: Any, **_kwargs: Any) -> None:
    if user.is_staff:
        note(Happening.CODE_FAILED, by=user, request=request)


def _logged(sender: Any, instance: Any, created: bool, **_kwargs: Any) -> None:
    """What the desk's ordinary forms did: front page, sections, settings, accounts, photos."""
    if created:
        kinds = {1: Happening.ADDED, 2: Happening.CHANGED, 3: Happening.DELETED}
        model = instance.content_type.model_class() if instance.content_type else None
        kind = f"{model._meta.verbose_name}: " if model else ""
        message = instance.get_change_message()
        note(kinds[instance.action_flag], by=instance.user, subject=f"{kind}{instance.object_repr}", detail=message)
