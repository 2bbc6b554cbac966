"""``manage.py archive_found``: the archive knows every live article."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from articles import archive


class Command(BaseCommand):
    help = (
        "Records as found every live article that the archive does not know: run it once after the upgrade that brings "
        "the archive, and after an import. Can be stopped and run again at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        written = last = 0
        try:
            while batch := list(archive.unknown().filter(pk__gt=last).order_by("pk")[: archive.BATCH]):
                written += sum(archive.keep_found(article) for article in batch)
                last = batch[-1].pk
                self.stderr.write(f"{written} articles, up to number {last}")
        except KeyboardInterrupt:
            self.stdout.write("Stopped. Run it again to go on.")
            return
        self.stdout.write(f"{written} articles recorded as found.")
