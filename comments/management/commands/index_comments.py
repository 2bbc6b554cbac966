"""``manage.py index_comments``: moderators find every comment by what it says now and by its author's name of today."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from comments import search
from comments.models import Comment
from comments.models.search_entry import TABLE

BATCH = 500


class Command(BaseCommand):
    help = "Writes the search index of comments anew, in batches. Can be stopped and run again; nobody notices."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--after", type=int, default=0, metavar="ID", help="go on after this comment")

    def handle(self, *args: Any, **options: Any) -> None:
        last, held = options["after"], 0
        try:
            while ids := list(Comment.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
                held += search.index(ids)
                last = ids[-1]
                self.stderr.write(f"{held} comments, up to number {last}")
        except KeyboardInterrupt:
            self.stdout.write(f"Stopped. Go on with: manage.py index_comments --after {last}")
            return
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE rowid NOT IN (SELECT id FROM comments_comment)")  # noqa: S608  # constants
        self.stdout.write(f"{held} comments can be found.")
