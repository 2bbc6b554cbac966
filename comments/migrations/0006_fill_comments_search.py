"""What is written already can be found."""

from django.db import migrations

from articles.search.query import for_porter, words

BATCH = 500


def fill(apps, schema_editor):
    comments, last = apps.get_model("comments", "Comment").objects, 0
    document = "to_tsvector('simple', %s)" if schema_editor.connection.vendor == "postgresql" else "%s"
    while batch := list(comments.filter(pk__gt=last).order_by("pk").select_related("author")[:BATCH]):
        rows = []
        for comment in batch:
            name = (comment.author.name or comment.author.username) if comment.author else comment.guest_name
            rows.append((comment.pk, for_porter(" ".join(words(f"{name}\n{comment.body}")))))
        with schema_editor.connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO comments_search (rowid, document) VALUES (%s, {document})", rows)  # noqa: S608  # constants
        last = batch[-1].pk


def empty(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("DELETE FROM comments_search")


class Migration(migrations.Migration):
    dependencies = [("comments", "0005_comments_search")]

    operations = [migrations.RunPython(fill, empty)]
