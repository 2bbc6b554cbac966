"""For somebody who lost phone and recovery codes."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import Q

from newsroom import audit
from newsroom.models import Happening, User


class Command(BaseCommand):
    """The person signs in with the password alone, until they set up a second step again."""

    help = "Removes apps, passkeys and recovery codes of an account. Be sure who asks before you run it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user", help="user name or e-mail address")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError if nobody has that name or address."""
        typed = options["user"]
        person = User.objects.filter(Q(username__iexact=typed) | Q(email__iexact=typed)).first()
        if person is None:
            raise CommandError(f"Nobody has the user name or e-mail address {typed}.")
        number, _kinds = Authenticator.objects.filter(user=person).delete()
        audit.note(Happening.SECOND_STEP_REMOVED, subject=person.username, detail="reset_second_factor")
        self.stdout.write(f"{person.username}: {number} removed. The password alone signs in now.")
