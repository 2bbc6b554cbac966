from django.db import migrations
from django.db.models import F

BATCH = 500


def fill(apps, schema_editor):
    """The first article that names an original is its translation in that language, and says what it says now."""
    article, translation = apps.get_model("articles", "Article"), apps.get_model("articles", "Translation")
    rows = article.objects.filter(translation_of__isnull=False, translation_of__translation_of__isnull=True)
    rows = rows.exclude(status="killed").exclude(language=F("translation_of__language"))
    rows = rows.exclude(pk=F("translation_of")).select_related("translation_of").order_by("pk")
    made = []
    for row in rows.iterator(chunk_size=BATCH):
        original = row.translation_of
        seen = original.live_revision_id if original.status == "live" else original.latest_revision_id
        made.append(
            translation(
                article_id=row.pk,
                original_id=original.pk,
                language=row.language,
                seen_revision_id=seen,
                seen_at=row.edited_at,
            )
        )
        if len(made) >= BATCH:
            translation.objects.bulk_create(made, ignore_conflicts=True)
            made = []
    translation.objects.bulk_create(made, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("articles", "0037_translations")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
