"""``manage.py import_addresses FILE.csv``: old addresses lead to what they are called here."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from articles.old_address_import import Report, bring

QUIET = 2.0  # seconds without a word


class Command(BaseCommand):
    help = (
        "Brings in old addresses from a table of two columns: the old address; the number or address of an article, or "
        "the address of another page of this site. Rows that cannot be taken are named with their line and left out. "
        "What is here already stays, so it can be stopped and run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--change", action="store_true", help="what leads elsewhere already is changed too")
        parser.add_argument("--dry-run", action="store_true", help="only count, and name what would be left out")

    def handle(self, *args: Any, **options: Any) -> None:
        spoken = begun = time.monotonic()

        def progress(report: Report) -> None:
            nonlocal spoken
            if time.monotonic() - spoken > QUIET:
                spoken = time.monotonic()
                seen = report.made + report.changed + report.known + report.left_out
                self.stderr.write(f"{seen} rows, {seen / (spoken - begun):.0f} a second")

        report = Report(tell=self.stdout.write, progress=progress)
        try:
            bring(options["file"], report=report, dry_run=options["dry_run"], change=options["change"])
        except KeyboardInterrupt:
            self._sum(report, would=options["dry_run"])
            self.stdout.write("Stopped. Run it again to go on.")
            return
        except OSError as error:
            self._sum(report, would=options["dry_run"])
            raise CommandError(f"The file cannot be read: {error}") from error
        except DatabaseError as error:
            self._sum(report, would=options["dry_run"])
            raise CommandError(f"The database stopped: {error}. Run it again to go on.") from error
        self._sum(report, would=options["dry_run"])

    def _sum(self, report: Report, *, would: bool) -> None:
        words = "would be " if would else ""
        self.stdout.write(
            f"{report.made} addresses {words}brought in, {report.changed} {words}changed, {report.known} were here, "
            f"{report.left_out} left out."
        )
