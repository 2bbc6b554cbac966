"""Forms of accounts: allauth's with our words and limits."""

from __future__ import annotations

from typing import Any

from allauth.account import fields as allauth_fields
from allauth.account import forms as allauth_forms
from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.models import EmailAddress
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, MaxLengthValidator
from django.db import transaction
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsroom.languages import edition_address
from newsroom.models import SiteIdentity, User
from newsroom.text import EMAIL_WRONG, WORD_CHARACTER, clean_line

LOGIN_MOST = 254
PASSWORD_MOST = 500
NAME_TOO_LONG = _("A name has at most 80 characters.")
NAME_HELP = _("Up to 80 characters. Your e-mail address is never shown.")
PASSKEY_NAME = _("What you call it")
PASSWORD_HELP = _("At least 10 characters. A few words work well.")


def clean_shown_name(name: str) -> str:
    """``name`` on one line. Raises ValidationError if nothing is left that could be read."""
    cleaned = clean_line(name)
    if not WORD_CHARACTER.search(cleaned):
        raise ValidationError(_("Type a name with at least one letter or number."), code="no_name")
    return cleaned


MISSING = {  # what is said under a field that was left empty
    "login": _("Enter your e-mail address or your user name."),
    "email": _("Enter your e-mail address."),
    "name": _("Enter the name to show with your comments."),
    "password": _("Enter your password."),
    "oldpassword": _("Enter the password you have now."),
    "password1": _("Enter a password."),
    "password2": _("Enter the new password once more."),
    "code": _("Enter the code."),
}


class OwnWords:
    """Labels without placeholders that say the same again, errors that say what to do, the password rule in one line, limits
    on what is sent."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in MISSING:
                field.error_messages["required"] = MISSING[name]
            if name == "code":
                field.label = _("Code")
            if isinstance(field, allauth_fields.PasswordField):
                field.label = capfirst(str(field.label).lower())  # allauth's labels Come Like This
                field.validators.append(MaxLengthValidator(PASSWORD_MOST))
            if name == "password1":
                field.help_text = PASSWORD_HELP
            if isinstance(field, forms.EmailField):
                field.label = _("E-mail address")
                field.error_messages["invalid"] = EMAIL_WRONG
                field.validators = [EmailValidator(EMAIL_WRONG)]


class LoginForm(OwnWords, allauth_forms.LoginForm):
    """User name or e-mail address, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.label = _("E-mail address or user name")
        login.widget.attrs.update(autocomplete="username", autocapitalize="none", maxlength=LOGIN_MOST)
        login.validators.append(MaxLengthValidator(LOGIN_MOST))
        self.fields["remember"].label = _("Keep me signed in on this device")

    def _clean_with_password(self, credentials: dict[str, Any]) -> dict[str, Any]:
        cleaned: dict[str, Any] = super()._clean_with_password(credentials)
        if self.user.is_staff:
            vouch_for(self.user)
            self._login.email_verification = EmailVerificationMethod.NONE
        return cleaned


class SignupForm(OwnWords, allauth_forms.SignupForm):
    """Shown name, e-mail address, password, the rules. An address that has an account already gets a mail, and no other answer."""

    name = forms.CharField(
        label=_("Name shown with comments"),
        max_length=80,
        error_messages={"max_length": NAME_TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    rules = forms.BooleanField(
        error_messages={"required": _("Read the comment rules, then tick this box.")},
    )
    field_order = ["name", "email", "password1", "rules"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        address = edition_address("comment_rules:rules", SiteIdentity.load())
        self.fields["rules"].label = format_html(
            gettext("I have read the <a {link}>comment rules</a>"), link=format_html('href="{}"', address)
        )

    def clean_name(self) -> str:
        return clean_shown_name(self.cleaned_data["name"])


class AddEmailForm(OwnWords, allauth_forms.AddEmailForm):
    """A further e-mail address."""


class ChangePasswordForm(OwnWords, allauth_forms.ChangePasswordForm):
    """The old password and the new one, twice."""


class SetPasswordForm(OwnWords, allauth_forms.SetPasswordForm):
    """The first password of an account without one, twice."""


class ResetPasswordForm(OwnWords, allauth_forms.ResetPasswordForm):
    """The address that gets the link."""


class ResetPasswordKeyForm(OwnWords, allauth_forms.ResetPasswordKeyForm):
    """The new password, twice."""


class ReauthenticateForm(OwnWords, allauth_forms.ReauthenticateForm):
    """The password once more, before something that matters."""


class SecondStepForm(OwnWords, mfa_forms.AuthenticateForm):
    """The code of the second step."""


class SecondStepAgainForm(OwnWords, mfa_forms.ReauthenticateForm):
    """The code once more, before something that matters."""


class ActivateCodesForm(OwnWords, totp_forms.ActivateTOTPForm):
    """The first code of an app, which proves that it is set up."""


class AddPasskeyForm(webauthn_forms.AddWebAuthnForm):
    """A new passkey, and whether it does without the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = PASSKEY_NAME
        self.fields["passwordless"].label = _("Sign in with it alone, without the password")
        self.fields["passwordless"].help_text = _("The device then asks for a finger, a face or a PIN.")


class RenamePasskeyForm(webauthn_forms.EditWebAuthnForm):
    """What its owner calls a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = PASSKEY_NAME
        self.fields["name"].error_messages["required"] = _("Enter a name for it.")


class AccountForm(forms.ModelForm[User]):
    """The part of an account that others see."""

    class Meta:
        model = User
        fields = ["name"]
        labels = {"name": _("Name shown with comments")}
        help_texts = {"name": NAME_HELP}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"})}
        error_messages = {"name": {"required": MISSING["name"], "max_length": NAME_TOO_LONG}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True

    def clean_name(self) -> str:
        return clean_shown_name(self.cleaned_data["name"])


class DeleteForm(forms.Form):
    """That somebody means it."""

    sure = forms.BooleanField(
        label=_("Delete my account for good"),
        error_messages={"required": _("Tick the box if you want to delete your account.")},
    )


@transaction.atomic
def vouch_for(user: User) -> None:
    """The address an administrator gave a member of staff is their confirmed, primary one, unless somebody else confirmed it."""
    if not user.email or EmailAddress.objects.filter(email__iexact=user.email, verified=True).exists():
        return
    own = EmailAddress.objects.filter(user=user)
    own.update(primary=False)
    address = own.filter(email__iexact=user.email).first() or EmailAddress(user=user, email=user.email.lower())
    address.verified = address.primary = True
    address.save()
