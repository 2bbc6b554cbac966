"""What allauth asks us while it makes accounts and sends mail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import user_username
from django import forms
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom import visitors
from newsroom.models import SiteIdentity, User

NOT_CORRECT = gettext_lazy("The address, the user name or the password is not correct.")
AGAIN = {
    "reauthenticate": gettext_lazy("Use the password"),
    "mfa_reauthenticate": gettext_lazy("Use a code"),
    "mfa_reauthenticate:webauthn": gettext_lazy("Use a passkey"),
}
EMAIL_MOST = 254  # characters, what the column holds


@dataclass(frozen=True)
class MailSite:
    """The sender as mails name it."""

    name: str
    domain: str


class AccountAdapter(DefaultAccountAdapter):
    """Keeps the shown name, makes the user name from it, and signs mails with the site's name."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": NOT_CORRECT,
        "username_password_mismatch": NOT_CORRECT,
        "enter_current_password": gettext_lazy("This is not the password you have now."),
        "incorrect_password": gettext_lazy("This password is not correct."),
        "account_inactive": gettext_lazy("This account is closed."),
        "duplicate_email": gettext_lazy("Your account has this address already."),
        "cannot_remove_primary_email": gettext_lazy("The main address stays. Make another one the main one first."),
    }

    def save_user(self, request: HttpRequest, user: User, form: forms.BaseForm, commit: bool = True) -> User:
        """``user`` is saved with what the sign-up form holds."""
        user.name = form.cleaned_data.get("name", "")
        if form.cleaned_data.get("rules"):
            user.rules_read_at = timezone.now()
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def populate_username(self, request: HttpRequest, user: User) -> None:
        """``user`` has a free user name, made from the shown name and never from the e-mail address."""
        if not user.username:
            user_username(user, self.generate_unique_username([slugify(user.name), "reader"]))

    def get_client_ip(self, request: HttpRequest) -> str:
        """What limits of sign-in, sign-up and reset count by: a line, not each of its addresses."""
        return visitors.line_of(request) or super().get_client_ip(request)

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        """The ways to confirm who one is, in our words."""
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [{**way, "description": AGAIN.get(way["id"], way["description"])} for way in ways]

    def clean_email(self, email: str) -> str:
        """``email`` if the database can hold it. Raises ValidationError."""
        if len(email) > EMAIL_MOST:
            raise ValidationError(
                _("An e-mail address has at most %(most)s characters."), code="too_long", params={"most": EMAIL_MOST}
            )
        return email

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The mail is on its way, from this newsroom by its name."""
        domain = self.request.get_host() if self.request else ""
        super().send_mail(
            template_prefix, email, {**context, "current_site": MailSite(SiteIdentity.load().name, domain)}
        )
