"""manage.py recount_comments: every article's counter says what its published comments say."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Max, Min

from articles.models import Article
from comments.counter import recount


class Command(BaseCommand):
    """Goes through the articles by id in batches, each a transaction of its own."""

    help = "Count every article's comments again. Shows how far it is; can be stopped and run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=int, default=1000, help="Articles at a time.")

    def handle(self, *args: Any, **options: Any) -> None:
        ends = Article.objects.aggregate(first=Min("pk"), last=Max("pk"))
        if ends["first"] is None:
            self.stdout.write("There are no articles.")
            return
        batch = max(1, options["batch"])
        for start in range(ends["first"], ends["last"] + 1, batch):
            recount(Article.objects.filter(pk__gte=start, pk__lt=start + batch))
            self.stdout.write(f"Articles up to {min(start + batch - 1, ends['last'])} of {ends['last']} counted")
