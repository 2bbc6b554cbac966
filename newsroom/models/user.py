"""The one account model, for staff and readers alike."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser, Permission
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """An account. ``is_staff`` opens the desk; groups (see newsroom.roles) say what may be done there."""

    first_name = None  # type: ignore[assignment]  # one name field: names do not split the same way everywhere
    last_name = None  # type: ignore[assignment]  # as above
    name = models.CharField(_("name"), max_length=80, blank=True, help_text=_("Shown beside comments and on the desk."))
    email = models.EmailField(_("e-mail address"), blank=True)
    rules_read_at = models.DateTimeField(
        _("read the comment rules"), null=True, blank=True, help_text=_("When the box was ticked at sign-up.")
    )
    sees_other_sections = models.BooleanField(
        _("sees drafts of other sections"),
        default=True,
        help_text=_("For somebody whose roles are limited to sections: off hides what is not published elsewhere."),
    )

    class Meta(AbstractUser.Meta):
        abstract = False
        verbose_name = _("account")  # type: ignore[assignment]  # the stubs take the base's plain text for a rule
        verbose_name_plural = _("accounts")  # type: ignore[assignment]  # Django's is a plain text
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~models.Q(email=""),
                name="user_email_unique_in_any_case",
                violation_error_message=_("An account with this e-mail address already exists."),
            ),
            models.UniqueConstraint(
                Lower("username"),
                name="user_username_unique_in_any_case",
                violation_error_message=_("An account with this user name already exists."),
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """The name others see: the name given, else the user name."""
        return self.name or self.username

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Whether the account has the right, its own or by a role. One query, once for the object: Django would take two."""
        if self.is_active and not self.is_superuser and not hasattr(self, "_perm_cache"):
            self._read_rights()
        return super().has_perm(perm, obj)

    def _read_rights(self) -> None:
        """Django's backend finds the rights of the account and of its roles where it keeps them itself."""
        found: dict[str, set[str]] = {"user": set(), "group": set()}
        names = ("content_type__app_label", "codename")
        own = Permission.objects.filter(user=self).order_by().values_list(models.Value("user"), *names)
        roles = Permission.objects.filter(group__user=self).order_by().values_list(models.Value("group"), *names)
        for whose, app, codename in own.union(roles, all=True):
            found[whose].add(f"{app}.{codename}")
        self._user_perm_cache, self._group_perm_cache = found["user"], found["group"]

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.display_name
