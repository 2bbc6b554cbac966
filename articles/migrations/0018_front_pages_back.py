from django.db import migrations


def leave_what_fits(apps, schema_editor):
    """Going back: one story at a place, one place a story. What the older form cannot hold goes."""
    slots = apps.get_model("articles", "FrontPageSlot")
    slots.objects.filter(article=None).delete()
    places, stories = set(), set()
    for slot in slots.objects.order_by("language", "position", "starts_at", "pk"):
        place, story = (slot.language, slot.position), (slot.language, slot.article_id)
        if place in places or story in stories:
            slot.delete()
        places.add(place)
        stories.add(story)


class Migration(migrations.Migration):
    dependencies = [("articles", "0017_front_pages")]
    operations = [migrations.RunPython(migrations.RunPython.noop, leave_what_fits)]
