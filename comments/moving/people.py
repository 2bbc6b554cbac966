"""Which accounts here the people of a file are. A file can say what it likes: by itself it binds nobody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from django.db.models import F
from django.db.models.functions import Lower

from comments.moving.rows import Incoming
from newsroom.models import User


class Binding(Enum):
    """Whom the import takes people of the file for."""

    GUESTS = "guests"  # nobody here
    READERS = "readers"  # the reader whose confirmed mail address it is; never staff
    RESTORE = "restore"  # whoever a copy of this newsroom's own names, moderators too


@dataclass(frozen=True)
class People:
    """The accounts that a batch of rows may be bound to."""

    binding: Binding
    mails: dict[str, int] = field(default_factory=dict)
    logins: dict[str, User] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[Incoming], binding: Binding) -> People:
        """Those behind ``rows``. One query at most."""
        rows = list(rows)
        if binding == Binding.READERS:
            return cls(binding, mails=_readers({row.email.lower() for row in rows} - {""}))
        if binding == Binding.RESTORE:
            return cls(binding, logins=named(login for row in rows for login in logins_in(row)))
        return cls(binding)

    def author(self, row: Incoming) -> int | None:
        """Who wrote ``row``; None for a guest. What the file names must have the same mail address here."""
        account = self.logins.get((row.more.get("author") or {}).get("username", ""))
        if account is not None and account.email.lower() == row.email.lower():
            return account.pk
        return self.mails.get(row.email.lower()) if row.email else None

    def login(self, name: str) -> User | None:
        """The account of that user name, None if there is none or none may be bound by name."""
        return self.logins.get(name)


def named(logins: Iterable[str]) -> dict[str, User]:
    """By user name, the accounts of ``logins``. One query, none without names."""
    names = set(logins) - {""}
    return {user.username: user for user in User.objects.filter(username__in=names)} if names else {}


def logins_in(row: Incoming) -> set[str]:
    """Every user name that ``row`` mentions."""
    more = row.more
    if not more:
        return set()
    appeal = more["appeal"] or {}
    return {
        (more["author"] or {}).get("username", ""),
        more["decided_by"],
        *(act["by"] for act in more["acts"]),
        *(report["reporter"] for report in more["reports"]),
        *(each["reader"] for each in more["recommendations"]),
        *(notice["reader"] for notice in more["notices"]),
        appeal.get("rejected_by", ""),
        appeal.get("decided_by", ""),
    }


def _readers(mails: set[str]) -> dict[str, int]:
    """By mail address, readers who have confirmed it. Nobody of the staff: a file puts no words in their mouths."""
    sure = User.objects.alias(mail=Lower("email")).filter(
        mail__in=mails, is_staff=False, is_superuser=False, emailaddress__verified=True, emailaddress__email__iexact=F("email")
    )  # fmt: skip
    return {mail.lower(): pk for pk, mail in sure.order_by("pk").values_list("pk", "email")}
