"""Migrations: complete, and every one can be taken back."""

from importlib import import_module
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

OWN = ["comments", "articles", "media", "newsroom"]


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("app", OWN)
def test_what_stands_for_many_migrations_names_each_of_them(app):
    """An older database is known by these names: one left out would be run again."""
    files = sorted(path.stem for path in Path(import_module(f"{app}.migrations").__file__).parent.glob("0*.py"))
    one = next(name for name in files if name.startswith("0001_squashed_"))
    files.remove(one)
    last = one.removeprefix("0001_squashed_")
    replaced = import_module(f"{app}.migrations.{one}").Migration.replaces
    assert replaced == [(app, name) for name in files[: files.index(last) + 1]]


@pytest.mark.whole
@pytest.mark.django_db(transaction=True)
def test_own_apps_migrate_to_nothing_and_back():
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    try:
        MigrationExecutor(connection).migrate([(app, None) for app in OWN])  # in one go, which reads the models once
        assert not [key for key in MigrationRecorder(connection).applied_migrations() if key[0] in OWN]
    finally:
        MigrationExecutor(connection).migrate(leaves)
    assert set(leaves) <= set(MigrationRecorder(connection).applied_migrations())
