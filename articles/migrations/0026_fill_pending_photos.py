from html.parser import HTMLParser

from django.db import migrations
from django.db.models import F, Q

BATCH = 500


class CitedPhotos(HTMLParser):
    """The photos of a body, as bodies were when this migration was written."""

    def __init__(self):
        super().__init__()
        self.found = set()

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "figure" and given.get("data-node") == "photo" and (given.get("data-id") or "").isdecimal():
            self.found.add(int(given["data-id"]))


def photos_in(content):
    parser = CitedPhotos()
    parser.feed(content.get("body", ""))
    parser.close()
    return parser.found | {slide["photo_id"] for slide in content.get("slides", [])}


def fill(apps, schema_editor):
    """The photos of versions that were on their way already are known as such."""
    article, photo = apps.get_model("articles", "Article"), apps.get_model("media", "Photo")
    pending = apps.get_model("articles", "PendingPhoto")
    waiting = Q(live_revision__isnull=False) & ~Q(latest_revision=F("live_revision"))
    rows = article.objects.filter(waiting | Q(update_revision__isnull=False)).select_related(
        "latest_revision", "update_revision"
    )
    for row in rows.iterator(chunk_size=BATCH):
        versions = [version for version in (row.latest_revision, row.update_revision) if version]
        wanted = set().union(*(photos_in(version.content) for version in versions))
        there = photo.objects.filter(pk__in=wanted).values_list("pk", flat=True)
        pending.objects.bulk_create(
            [pending(article_id=row.pk, photo_id=pk) for pk in there], ignore_conflicts=True
        )


class Migration(migrations.Migration):
    dependencies = [("articles", "0025_pending_photos")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
