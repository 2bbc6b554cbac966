"""What each test asks of the database, written down during the run with SQLite: `tests/cover.py` chooses from it.

One key is one thing that PostgreSQL could see otherwise: a statement's shape (its values folded) sent from a line of our code,
how it ended, how many rows it changed and whether it would lock them; a value of an unusual kind in it; and, for rows in the
order of a text or of a column with gaps, where data decide, the file of the test.
"""

import functools
import inspect
import json
import os
import re
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.backends.signals import connection_created

from tests.environment import ROOT

OWN_APPS = tuple(f"{ROOT / app}{os.sep}" for app in ("newsroom", "articles", "media", "comments"))
LONG_TEXTS, WIDE_NUMBER = (250, 120, 60), 2**31
FOLDED = (
    (re.compile(r"'(?:[^']|'')*'"), "%s"),
    (re.compile(r'"s\d+_x\d+"'), '"savepoint"'),
    (re.compile(r"\b\d+(?:\.\d+)?\b"), "%s"),
    (re.compile(r"%s(?:, %s)+"), "%s…"),
    (re.compile(r"\(%s…?\)(?:, \(%s…?\))+"), "(%s…)…"),
)
COMMITS = frozenset({"transactional_db", "live_server"})
JOURNEYS = (
    "tests/browser/test_journeys.py"  # of all in a browser; what the others do on the server has tests of its own
)
CRAWLS = "tests/test_crawl.py"  # it reads every list there is, and looks at no order
NAMED = re.compile(r"migrations|search|_(?:orders?|ordered|sorted|alphabet|oldest|newest|accents?|case)(?:_|$)")
SPEAKS = re.compile(
    r"\.vendor\b|on_postgres|connection\.cursor|\b(?:Integrity|Operational|Programming|Data|Database)Error\b"
)
ORDER = re.compile(r' ORDER BY ("(\w+)"\."(\w+)") (?:ASC|DESC)( NULLS)?')
SAME_EVERYWHERE = ("BEGIN", "SAVEPOINT", "RELEASE")


class Statements:
    """A wrapper of every connection: ``keys`` holds what was asked since they were emptied."""

    def __init__(self, folder):
        self.folder, self.tests, self.keys, self.failed = Path(folder), {}, set(), False
        self.file, self.seconds, self.passed = "", 0.0, True
        self._shapes, self._ordered, self._places = {}, {}, {}
        self._texts, self._gaps = set(), set()
        for model in apps.get_models(include_auto_created=True):
            for field in model._meta.local_concrete_fields:
                place = (model._meta.db_table, field.column)
                if isinstance(field, models.CharField | models.TextField):
                    self._texts.add(place)
                elif field.null:
                    self._gaps.add(place)

    def begin(self):
        """From now on, what migrations asked being done, every connection is listened to."""
        self.watch(connection)
        connection_created.connect(self.watch)

    def watch(self, connection, **_signal):
        if self not in connection.execute_wrappers:
            connection.execute_wrappers.append(self)

    def __call__(self, execute, sql, params, many, context):
        try:
            result = execute(sql, params, many, context)
        except Exception as error:
            self._note(sql, params, many, type(error).__name__)
            self.failed = True
            raise
        changed = "" if sql.startswith("SELECT") else min(context["cursor"].cursor.rowcount, 2)
        self._note(sql, params, many, changed)
        return result

    def _note(self, sql, params, many, end):
        shape = self._shapes.get(sql) or self._shapes.setdefault(sql, folded(sql))
        if shape.startswith(SAME_EVERYWHERE):
            return
        place, locks = self._sender()
        if place:  # what a test asks by itself says nothing about our code
            self.keys.add((shape, place, end, locks))
        if not many:
            self.keys.update((shape, kind) for kind in map(unusual, params or ()) if kind)
        if shape not in self._ordered:
            self._ordered[shape] = self._is_ordered_by_data(shape)
        if self._ordered[shape] and self.file:
            self.keys.add((shape, "ordered", self.file))

    def _is_ordered_by_data(self, shape):
        """Rows come in the order of a text, or of a column where some rows have nothing."""
        order = ORDER.match(shape, max(shape.rfind(" ORDER BY "), 0))
        if not order:
            return False
        column, place, says_where_gaps_go = order[1], (order[2], order[3]), order[4]
        if f"{column} = %s" in shape:
            return False  # all rows have the same there
        has_gaps = not any(f"{column} {limit}" in shape for limit in ("<", ">", "IS NOT NULL"))
        return place in self._texts or (place in self._gaps and has_gaps and not says_where_gaps_go)

    def _sender(self):
        """The line of our own code that asks, and whether it wants its rows locked, which SQLite leaves out."""
        frame, locks = sys._getframe(3), False
        while frame:
            code = frame.f_code
            file = code.co_filename
            if file not in self._places:
                self._places[file] = file[len(str(ROOT)) + 1 :] if file.startswith(OWN_APPS) else ""
            if place := self._places[file]:
                return f"{place}:{frame.f_lineno}", locks
            if code.co_name == "execute_sql":
                locks = locks or bool(getattr(frame.f_locals["self"].query, "select_for_update", False))
            frame = frame.f_back
        return "", locks

    # --- The plugin ---------------------------------------------------------------------------------------------------

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item):
        self.keys, self.failed, self.file = set(), False, "" if item.nodeid.startswith(CRAWLS) else file_of(item)
        self.seconds, self.passed = 0.0, True
        yield
        if self.passed and runs_with_postgres(item):
            why = "refused" if self.failed else always(item)
            is_browsed = item.get_closest_marker("browser") and not why
            self.tests[item.nodeid] = {
                "keys": set() if is_browsed else self.keys, "seconds": self.seconds, "always": why,
            }  # fmt: skip
        return True

    def pytest_runtest_logreport(self, report):
        self.seconds += report.duration
        self.passed = self.passed and report.outcome == "passed"

    def pytest_sessionfinish(self):
        numbers = {}
        for test in self.tests.values():
            test["keys"] = [numbers.setdefault(key, len(numbers)) for key in test["keys"]]
        written = {"keys": list(numbers), "tests": self.tests}
        (self.folder / f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}.json").write_text(json.dumps(written))


def file_of(item):
    return item.nodeid.partition("::")[0]


def runs_with_postgres(item):
    """A test marked ``once`` or that touches no database is left to the run with SQLite."""
    fixtures = {"db", "transactional_db", "live_server", "django_db_serialized_rollback"}
    touches = item.get_closest_marker("django_db") or fixtures.intersection(item.fixturenames)
    return bool(touches) and not item.get_closest_marker("once")


def always(item):
    """Why PostgreSQL must see this test whatever the others ask, or nothing."""
    marker = item.get_closest_marker("django_db")
    if item.get_closest_marker("browser"):
        return "journey" if item.nodeid.startswith(JOURNEYS) else ""
    if (marker and marker.kwargs.get("transaction")) or COMMITS.intersection(item.fixturenames):
        return "commits"
    if NAMED.search(item.nodeid.partition("[")[0]):
        return "order, search or migrations"
    return "knows the database" if _knows_the_database(item) else ""


def _knows_the_database(item):
    """Its source, or a function of its file that it names, speaks of the database itself."""
    speaking = [name for name, made in vars(item.module).items() if _is_own(made, item) and SPEAKS.search(source(made))]
    words = source(item.function)
    return "on_postgres" in item.fixturenames or SPEAKS.search(words) or any(f"{name}(" in words for name in speaking)


def _is_own(made, item):
    return (
        inspect.isfunction(made) and made.__module__ == item.module.__name__ and not made.__name__.startswith("test_")
    )


@functools.cache
def source(function):
    return inspect.getsource(function)


def folded(sql):
    """The statement without its values: two that differ in those alone are the same."""
    for pattern, instead in FOLDED:
        sql = pattern.sub(instead, sql)
    return sql.replace(" = NULL", " = %s") if sql.startswith("UPDATE") else sql


def unusual(value):
    """What is peculiar about a value, if anything is: PostgreSQL is stricter about types, lengths and letters."""
    if value is None:
        return "null"
    if isinstance(value, str):
        if not value.isascii():
            return "letters"
        if longer := [length for length in LONG_TEXTS if len(value) > length]:
            return f"over {longer[0]}"
        return "" if value and "\\" not in value else "empty or escaping"
    if isinstance(value, int):
        return "wide" if abs(value) >= WIDE_NUMBER else ""
    return type(value).__name__
