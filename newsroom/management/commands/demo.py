"""manage.py demo: an invented newsroom to look at and try things in."""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.module_loading import module_has_submodule

from newsroom.demo.context import Context
from newsroom.demo.loader import logins

PASSWORD = "newsroom-demo"  # noqa: S105  # printed, and only used with DEBUG on


class Command(BaseCommand):
    """Runs the demo part of every app that has one, in the order of INSTALLED_APPS."""

    help = "Fill an empty newsroom with invented people, sections, photos, articles and comments. Can be run again at any time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--password", default="", help="For all demo accounts. Needed where DEBUG is off.")
        parser.add_argument(
            "--if-empty", action="store_true", help="On a database with real content do nothing, without failing."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        parts = demo_parts()
        reason = next(filter(None, (part.refusal() for part in parts if hasattr(part, "refusal"))), "")
        if reason and options["if_empty"]:
            self.stdout.write(f"No demo: {reason}")
            return
        if reason:
            raise CommandError(f"The demo needs a newsroom without content of your own. {reason}")
        context = Context(say=self.stdout.write, password=_password(options["password"]))
        for part in parts:
            part.load(context)
        self._print_logins(options["password"])

    def _print_logins(self, given: str) -> None:
        self.stdout.write("\nStaff logins (at /admin/), as they were made:")
        for role, username in logins():
            self.stdout.write(f"  {role:<14} {username}")
        self.stdout.write("Readers (at /accounts/login/): ignacio, berta, lucia and others")
        self.stdout.write(f"Password of all: {'the one you gave' if given else PASSWORD}")


def demo_parts() -> list[ModuleType]:
    """The ``demo`` packages of the installed apps; each has ``load(context)``, some ``refusal()``."""
    return [
        importlib.import_module(f"{config.name}.demo")
        for config in apps.get_app_configs()
        if config.module is not None and module_has_submodule(config.module, "demo")
    ]


def _password(given: str) -> str:
    if given or settings.DEBUG:
        return given or PASSWORD
    raise CommandError("DEBUG is off: choose the demo accounts' password with --password.")
