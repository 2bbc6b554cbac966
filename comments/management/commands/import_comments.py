"""``manage.py import_comments FORMAT FILE``: comments of another system are comments here."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from comments.moving.bringing import Report, bring
from comments.moving.people import Binding
from comments.moving.places import Places
from comments.moving.rows import Refused
from comments.moving.sources import READERS
from comments.moving.xml import NotReadable

OWN_FORMATS = ("newsroom", "wordpress")
QUIET = 2.0  # seconds without a word


class Command(BaseCommand):
    help = (
        "Brings in the comments of a file. What is here already stays as it is, so it can be stopped and run again. "
        "Rows that cannot be taken are named with their line and the reason, and left out."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("format", choices=sorted(READERS))
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--map",
            type=Path,
            metavar="CSV",
            help="two columns: the thread's old address or id, the article's number or address",
        )
        people = parser.add_mutually_exclusive_group()
        people.add_argument(
            "--readers",
            dest="binding",
            action="store_const",
            const=Binding.READERS,
            default=Binding.GUESTS,
            help="an author whose mail address a reader here has confirmed is that reader; never staff",
        )
        people.add_argument(
            "--restore",
            dest="binding",
            action="store_const",
            const=Binding.RESTORE,
            help="take everybody for whom the file names, moderators too: only for a copy that this newsroom made and kept",
        )
        parser.add_argument("--dry-run", action="store_true", help="only count, and name what would be left out")

    def handle(self, *args: Any, **options: Any) -> None:
        spoken = begun = time.monotonic()

        def progress(report: Report) -> None:
            nonlocal spoken
            if time.monotonic() - spoken > QUIET:
                spoken = time.monotonic()
                self.stderr.write(f"{report.made} comments, {report.made / (spoken - begun):.0f} a second")

        report = Report(tell=self._tell, progress=progress)
        if not options["file"].is_file():
            raise CommandError(f"There is no file {options['file']}.")
        if options["binding"] == Binding.RESTORE and options["format"] not in OWN_FORMATS:
            raise CommandError("--restore is for what export_comments wrote: newsroom or wordpress.")
        try:
            bring(
                source=options["format"],
                reader=READERS[options["format"]],
                file=options["file"],
                places=Places(options["map"]),
                report=report,
                dry_run=options["dry_run"],
                binding=options["binding"],
            )
        except KeyboardInterrupt:
            self._sum(report, would=options["dry_run"])
            self.stdout.write("Stopped. Run it again to go on.")
            return
        except (NotReadable, OSError) as error:
            self._sum(report, would=options["dry_run"])
            raise CommandError(f"The file breaks off: {error}") from error
        except DatabaseError as error:
            self._sum(report, would=options["dry_run"])
            raise CommandError(f"The database stopped: {error}. Run it again to go on.") from error
        self._sum(report, would=options["dry_run"])

    def _tell(self, refused: Refused) -> None:
        self.stdout.write(f"{refused.place}: left out, {refused.reason}")

    def _sum(self, report: Report, *, would: bool) -> None:
        words = "would be brought in" if would else "brought in"
        self.stdout.write(f"{report.made} comments {words}, {report.known} were here, {report.left_out} left out.")
        if report.beside:
            self.stdout.write(f"{report.beside} lines about readers and months {words}.")
        if report.orphans:
            self.stdout.write(f"{report.orphans} answers open a thread: what they answered is not in the file.")
