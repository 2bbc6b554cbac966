"""Every comment that opened a thread knows how many published replies stand in it, and whether staff answered."""

from django.db import migrations
from django.db.models import Count, Exists, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce

BATCH = 5000


def count_replies(apps, schema_editor):
    Comment = apps.get_model("comments", "Comment")
    replies = Comment.objects.filter(thread=OuterRef("pk"), parent__isnull=False, status="published").order_by()
    number = Subquery(replies.values("thread").annotate(number=Count("pk")).values("number"))
    by_staff = Exists(replies.filter(author__is_staff=True))
    last = Comment.objects.aggregate(last=Max("pk"))["last"] or 0
    for start in range(0, last + 1, BATCH):
        openers = Comment.objects.filter(pk__gte=start, pk__lt=start + BATCH, parent__isnull=True)
        openers.update(reply_count=Coalesce(number, 0), is_answered=by_staff)


class Migration(migrations.Migration):
    dependencies = [("comments", "0008_readers")]

    operations = [migrations.RunPython(count_replies, migrations.RunPython.noop, elidable=True)]
