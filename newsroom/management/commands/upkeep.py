"""``manage.py upkeep``: everything that is due is done. For a timer, every minute."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from newsroom import upkeep

QUIET = 2.0  # seconds without a word


class Command(BaseCommand):
    help = (
        "Does what is due: scheduled updates, unsent letters. Safe at any time, twice at once, and when it is stopped."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        begun, failed = time.monotonic(), []
        try:
            for name, done in upkeep.run():
                if done is None:
                    failed.append(name)
                elif done or time.monotonic() - begun > QUIET:
                    self.stdout.write(f"{name}: {done}")
        except KeyboardInterrupt:
            raise CommandError("Stopped. The next run goes on.") from None
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}. The log says why; the next run tries again.")
