"""What the demo's readers have read: most of a story on its first day, every day a little of the rest."""

from __future__ import annotations

import random
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from articles.models import Article, PageViews

DAYS = 14


@transaction.atomic
def load() -> None:
    """Every public article was read in each of its hours of the last two weeks; where anything was read, nothing changes."""
    if PageViews.objects.exists():
        return
    dice, now = random.Random(7), timezone.now().replace(minute=0, second=0, microsecond=0)
    rows = []
    for article in Article.objects.public().order_by("pk").only("pk", "published_at"):
        liked, out = dice.uniform(0.3, 3), article.published_at
        for hours in range(0, DAYS * 24, 6):
            at = now - timedelta(hours=hours)
            age = (at - out).total_seconds() / 3600 if out else -1
            if age >= 0:
                rows.append(
                    PageViews(article=article, at=at, count=int(liked * 900 / (3 + age) * dice.uniform(0.6, 1.4)) + 1)
                )
    PageViews.objects.bulk_create(rows, batch_size=500)
