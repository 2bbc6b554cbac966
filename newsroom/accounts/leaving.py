"""Taking one's data along, and going for good."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.db import models, transaction

from newsroom.accounts.parts import all_parts
from newsroom.models import AuditEvent, User


class StaffStays(Exception):
    """Accounts of staff are closed by an administrator."""


def everything(person: User) -> dict[str, Any]:
    """All that is kept about ``person``, as plain JSON values."""
    addresses = EmailAddress.objects.filter(user=person).order_by("pk")
    return {
        "account": {
            "user_name": person.username,
            "name": person.name,
            "e_mail": person.email,
            "addresses": list(addresses.values("email", "verified", "primary")),
            "joined": person.date_joined.isoformat(),
            "rules_read": person.rules_read_at.isoformat() if person.rules_read_at else None,
            "last_signed_in": person.last_login.isoformat() if person.last_login else None,
        },
        **{part.name: part.export(person) for part in all_parts()},
    }


@transaction.atomic
def leave(person: User) -> None:
    """The account is gone, and with it every trace of its name and addresses. Raises StaffStays for staff."""
    locked = User.objects.select_for_update().get(pk=person.pk)
    if locked.is_staff or locked.is_superuser:
        raise StaffStays
    for part in all_parts():
        part.forget(locked)
    known = {locked.username, locked.email, *EmailAddress.objects.filter(user=locked).values_list("email", flat=True)}
    for name in filter(None, known):
        for log in (AccessAttempt, AccessFailureLog, AccessLog):
            log.objects.filter(username__iexact=name).delete()
        # Audit events are written once; what somebody typed to sign in goes all the same when they go.
        models.QuerySet(AuditEvent).filter(name__iexact=name).update(name="")
    locked.delete()
