"""Backwards, the acts of articles that are gone go too: before, an act had its article."""

from django.db import migrations


def forget(apps, schema_editor):
    acts = apps.get_model("articles", "EditorialAct").objects.filter(article=None)
    while pks := list(acts.values_list("pk", flat=True)[:1000]):
        acts.filter(pk__in=pks).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0034_trash_purge'),
    ]

    operations = [migrations.RunPython(migrations.RunPython.noop, forget)]
