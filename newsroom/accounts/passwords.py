"""The rules of passwords, each saying in a sentence of its own what to do."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import password_validation as django_rules
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class LongEnough(django_rules.MinimumLengthValidator):
    """At least ``min_length`` characters."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < self.min_length:
            has = ngettext("This has %(n)d character.", "This has %(n)d characters.", len(password))
            asked = _("Use at least %(n)d.")
            said = f"{has % {'n': len(password)}} {asked % {'n': self.min_length}}"
            raise ValidationError(said, code="password_too_short")


class UnlikeTheirName(django_rules.UserAttributeSimilarityValidator):
    """Not the name or the e-mail address over again."""

    def get_error_message(self) -> str:
        return _("This is too much like your name or your mail address.")


class Uncommon(django_rules.CommonPasswordValidator):
    """None of those that are tried first."""

    def get_error_message(self) -> str:
        return _("Many people use this password. Choose another one.")


class NotOnlyDigits(django_rules.NumericPasswordValidator):
    """Something besides digits."""

    def get_error_message(self) -> str:
        return _("This has digits only. Add some words.")
