"""Sends the letters to staff that a crash or a mail server left unsent. Safe to run at any time, also twice at once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from newsroom import notices


class Command(BaseCommand):
    help = "Sends the notices to staff that are still unsent."

    def handle(self, *args: Any, **options: Any) -> None:
        sent, failed = notices.send_unsent()
        self.stdout.write(f"{sent} sent, {failed} failed.")
