"""The search index. Its table differs between the databases, so it is made by hand."""

import django.db.models.deletion
from django.db import migrations, models

import articles.models.search_entry

SNOWBALL = {"en": "english", "es": "spanish", "ar": "arabic"}
WORDS = "asciiword, word, numword, hword, asciihword, numhword, hword_part, hword_asciipart, hword_numpart"

SQLITE = [
    (
        "CREATE VIRTUAL TABLE articles_search USING fts5("
        "headline, standfirst, body, tokenize = 'porter unicode61 remove_diacritics 0')"
    ),
]
SQLITE_BACK = ["DROP TABLE articles_search"]

POSTGRESQL = [
    (
        "CREATE TABLE articles_search ("
        "rowid bigint PRIMARY KEY, language varchar(12) NOT NULL DEFAULT '', document tsvector NOT NULL)"
    ),
    "CREATE INDEX articles_search_document ON articles_search USING gin (document)",
]
for code, stemmer in SNOWBALL.items():
    POSTGRESQL += [
        f"CREATE TEXT SEARCH DICTIONARY newsroom_{code} (TEMPLATE = snowball, LANGUAGE = {stemmer})",
        f"CREATE TEXT SEARCH CONFIGURATION newsroom_{code} (COPY = simple)",
        f"ALTER TEXT SEARCH CONFIGURATION newsroom_{code} ALTER MAPPING FOR {WORDS} WITH newsroom_{code}",
    ]
POSTGRESQL_BACK = ["DROP TABLE articles_search"]
for code in SNOWBALL:
    POSTGRESQL_BACK += [
        f"DROP TEXT SEARCH CONFIGURATION newsroom_{code}",
        f"DROP TEXT SEARCH DICTIONARY newsroom_{code}",
    ]


def make(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    for statement in {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        db_column="rowid",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="search_entry",
                        serialize=False,
                        to="articles.article",
                    ),
                ),
                ("document", articles.models.search_entry.DocumentField()),
            ],
            options={
                "verbose_name": "search entry",
                "verbose_name_plural": "search entries",
                "db_table": "articles_search",
                "managed": False,
            },
        ),
        migrations.RunPython(make, remove),
    ]
