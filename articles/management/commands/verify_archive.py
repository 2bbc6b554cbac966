"""``manage.py verify_archive``: whether the archive of public pages is what was written, entry by entry."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles import archive
from articles.models import ArchiveEntry, ArchiveHead

QUIET = 2.0  # seconds without a word
SAID = {
    "content": "entry %s: its content is not what was written",
    "entry": "entry %s: a field besides the content is not what was written",
    "link": "entry %s: does not name the hash of the entry before",
    "missing": "entry %s: missing",
    "head": "entry %s: the head of the chain names another one as the newest",
}


class Command(BaseCommand):
    help = "Walks the chain of the archive and names every entry that is broken. Exit code 1 if there is one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", type=int, default=1, dest="start", metavar="NUMBER", help="begin at this entry")
        parser.add_argument("--head", default="", metavar="HASH", help="a head noted earlier: it must be in the chain")

    def handle(self, *args: Any, **options: Any) -> None:
        start = min(max(options["start"], 1), 2**62)
        noted, walked, broken = options["head"].strip().lower(), 0, 0
        spoken = begun = time.monotonic()
        last = start - 1
        try:
            for last, faults in archive.check(start):
                walked += 1
                broken += bool(faults)
                for fault in faults:
                    self.stdout.write(SAID[fault.kind] % fault.sequence)
                if time.monotonic() - spoken > QUIET:
                    spoken = time.monotonic()
                    self.stderr.write(f"entry {last}, {walked / (spoken - begun):.0f} a second")
        except KeyboardInterrupt:
            self.stdout.write(f"Stopped. Go on with: manage.py verify_archive --from {last + 1}")
            raise CommandError("not finished") from None
        if noted and not ArchiveEntry.objects.filter(hash=noted).exists():
            self.stdout.write("The noted head is not in the chain: entries were replaced or taken away.")
            broken += 1
        head = ArchiveHead.objects.filter(pk=1).first()
        if head:
            self.stdout.write(f"Head: entry {head.sequence}, {head.hash}")
        if broken:
            raise CommandError("The archive is not whole.")
        self.stdout.write(f"{walked} entries, all as they were written.")
