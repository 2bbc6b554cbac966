"""The search index of comments. Its table differs between the databases, so it is made by hand."""

from django.db import migrations

SQLITE = ["CREATE VIRTUAL TABLE comments_search USING fts5(document, tokenize = 'unicode61 remove_diacritics 0')"]
POSTGRESQL = [
    "CREATE TABLE comments_search (rowid bigint PRIMARY KEY, document tsvector NOT NULL)",
    "CREATE INDEX comments_search_document ON comments_search USING gin (document)",
]
BACK = "DROP TABLE comments_search"


def make(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    schema_editor.execute(BACK)


class Migration(migrations.Migration):
    dependencies = [("comments", "0004_moderators_tools")]

    operations = [migrations.RunPython(make, remove)]
