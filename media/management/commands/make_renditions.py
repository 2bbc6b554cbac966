"""``manage.py make_renditions``: every photo has its common renditions."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from media import renditions
from media.models import Photo


class Command(BaseCommand):
    help = "Makes the common WebP and AVIF of every photo that lacks them. Can be stopped and run again at any time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--after", type=int, default=0, metavar="ID", help="go on after this photo")
        parser.add_argument(
            "--every-ratio",
            action="store_true",
            help="those of galleries, posters and portraits too, not the common ones alone",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        last, failed = options["after"], []
        try:
            while photo := Photo.objects.filter(pk__gt=last).order_by("pk").first():
                try:
                    renditions.make_common(photo)
                    for ratio in renditions.RATIOS if options["every_ratio"] else ():
                        renditions.make_ratio(photo, ratio)
                    if not photo.colour:
                        Photo.objects.filter(pk=photo.pk).update(colour=renditions.colour(photo))
                except renditions.CannotRender as error:
                    failed.append(photo.pk)
                    self.stderr.write(f"Photo {photo.pk} cannot be read: {error}")
                last = photo.pk
                if last % 50 == 0:
                    self.stdout.write(f"Done up to number {last}")
        except KeyboardInterrupt:
            self.stdout.write(f"Stopped. Go on with: manage.py make_renditions --after {last}")
            return
        self.stdout.write(f"Every photo has its renditions, except {len(failed)} that cannot be read.")
