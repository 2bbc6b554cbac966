from django.db import migrations

BEFORE = ["published", "updated", "withdrawn", "killed", "expired"]
NEW = ["hidden", "shown"]


def add(apps, schema_editor):
    """Who was told of everything is told of sections too."""
    for endpoint in apps.get_model("newsroom", "Endpoint").objects.all():
        if set(BEFORE) <= set(endpoint.events):
            endpoint.events = [*endpoint.events, *(name for name in NEW if name not in endpoint.events)]
            endpoint.save(update_fields=["events"])


def remove(apps, schema_editor):
    for endpoint in apps.get_model("newsroom", "Endpoint").objects.all():
        endpoint.events = [name for name in endpoint.events if name not in NEW]
        endpoint.save(update_fields=["events"])
    apps.get_model("newsroom", "Delivery").objects.filter(event__in=NEW).delete()


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0008_taken_letters")]

    operations = [migrations.RunPython(add, remove)]
