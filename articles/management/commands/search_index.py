"""``manage.py search_index``: the search index holds every live article and nothing else."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from articles import search
from articles.models import Article
from articles.models.search_entry import TABLE


class Command(BaseCommand):
    help = "Builds the search index anew, in batches. Can be stopped and run again at any time; readers notice nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--after", type=int, default=0, metavar="ID", help="go on after this article")
        parser.add_argument("--batch", type=int, default=200, help="articles in one transaction (default 200)")

    def handle(self, *args: Any, **options: Any) -> None:
        last, seen, held = options["after"], 0, 0
        total = Article.objects.filter(pk__gt=last).count()
        size = min(max(options["batch"], 1), 500)
        try:
            while ids := list(Article.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:size]):
                held += search.index(ids)
                last, seen = ids[-1], seen + len(ids)
                self.stdout.write(f"{seen} of {total} articles, up to number {last}")
        except KeyboardInterrupt:
            self.stdout.write(f"Stopped. Go on with: manage.py search_index --after {last}")
            return
        if not options["after"]:
            self._remove_orphans()
        self.stdout.write(f"{held} live articles can be found.")

    def _remove_orphans(self) -> None:
        """Entries of articles that are gone from the database are removed."""
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE rowid NOT IN (SELECT id FROM articles_article)")  # noqa: S608
