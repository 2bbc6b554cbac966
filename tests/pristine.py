"""Puts the test database back as migrations left it, after a test that committed.

Django's own way empties every table and then makes content types, permissions and roles anew, which takes longer than most tests.
"""

import sqlite3
import time
from contextlib import suppress

from django.db import IntegrityError, connection, transaction
from django.test import TransactionTestCase

from tests import environment

KEPT = "pristine"  # the file beside the database, or the schema in it
PATIENCE_SECONDS = 20
_tables = {}  # with PostgreSQL: each table, and whether migrations left rows in it
_guarded = []  # with PostgreSQL: the tables with triggers of their own


def remember():
    """What the database holds now is what every committing test will leave behind. Call once, after the migrations."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(_file()) as kept:
            connection.connection.backup(kept)
        kept.close()
        TransactionTestCase._fixture_teardown = lambda _case: _bring_back_file()
    else:
        _remember_rows()
        TransactionTestCase._fixture_teardown = lambda _case: _bring_back_rows()


def _file():
    return environment.folder() / f"{KEPT}-{connection.settings_dict['NAME'].rpartition('/')[2]}"


def _bring_back_file():
    """Every page of the file is written again, in one transaction. Raises TimeoutError if another connection holds on."""
    started = time.monotonic()

    def watch(_status, _remaining, _total):
        if time.monotonic() - started > PATIENCE_SECONDS:
            raise TimeoutError("A connection of the test has not ended its transaction.")

    connection.ensure_connection()
    kept = sqlite3.connect(_file())
    try:
        kept.backup(connection.connection, progress=watch, sleep=0.02)
    finally:
        kept.close()


def _remember_rows():
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {KEPT}")
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {quote(table)})")
            _tables[table] = cursor.fetchone()[0]
            if _tables[table]:
                cursor.execute(f"CREATE TABLE {KEPT}.{quote(table)} AS TABLE {quote(table)}")
        cursor.execute(
            "SELECT DISTINCT relname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid WHERE NOT tgisinternal"
        )
        _guarded.extend(table for (table,) in cursor.fetchall())


def _bring_back_rows():
    """As ``_bring_back``, again if a request of the test's own server wrote in between."""
    for _again in range(3):
        with suppress(IntegrityError):
            return _bring_back()
    return _bring_back()


@transaction.atomic
def _bring_back():
    """Tables that differ from what is kept hold the same rows again; the others are not touched."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in _changed(cursor, _guarded):  # their triggers refuse DELETE
            cursor.execute(f"TRUNCATE {quote(table)} CASCADE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        changed = _changed(cursor, _tables)
        for table in changed:
            cursor.execute(f"DELETE FROM {quote(table)}")
        for table in changed:
            if _tables[table]:
                cursor.execute(f"INSERT INTO {quote(table)} SELECT * FROM {KEPT}.{quote(table)}")


def _changed(cursor, tables):
    """Those of ``tables`` that hold other rows than migrations left. One query."""
    cursor.execute(" UNION ALL ".join(_asks_for_change(table, filled=_tables[table]) for table in tables))
    return [table for (table,) in cursor.fetchall()]


def _asks_for_change(table, *, filled):
    now, then = connection.ops.quote_name(table), f"{KEPT}.{connection.ops.quote_name(table)}"
    if not filled:
        return f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {now})"
    return (
        f"SELECT '{table}' WHERE EXISTS (TABLE {now} EXCEPT TABLE {then}) OR EXISTS (TABLE {then} EXCEPT TABLE {now})"
    )
