"""The choice of what PostgreSQL sees: nothing that was asked is lost, and what says nothing new is left out."""

import json

import pytest

from tests import cover
from tests.statements import folded, unusual

pytestmark = pytest.mark.once


@pytest.fixture
def written(tmp_path):
    """``written(a=(keys, seconds, why))``: the folder where one process wrote that down."""

    def write(process="gw0", **tests):
        keys = sorted({key for asked, _seconds, _why in tests.values() for key in asked})
        found = {
            name: {"keys": [keys.index(key) for key in asked], "seconds": seconds, "always": why}
            for name, (asked, seconds, why) in tests.items()
        }
        (tmp_path / f"{process}.json").write_text(json.dumps({"keys": keys, "tests": found}))
        return tmp_path

    return write


def test_what_asks_for_nothing_new_is_left_out(written):
    folder = written(broad=("abc", 1, ""), narrow=("ab", 1, ""), silent=("", 1, ""))
    assert cover.left_out(folder) == {"narrow", "silent"}


def test_quick_tests_are_taken_rather_than_a_slow_one(written):
    assert cover.left_out(written(slow=("abc", 60, ""), one=("ab", 0.1, ""), other=("c", 0.1, ""))) == {"slow"}


def test_one_that_always_runs_counts_for_the_others(written):
    assert cover.left_out(written(commits=("ab", 60, "commits"), quick=("ab", 0.1, ""))) == {"quick"}


def test_the_same_key_of_two_processes_is_one(written):
    written("gw0", one=("ab", 0.1, ""))
    assert cover.left_out(written("gw1", other=("bc", 0.1, ""), third=("c", 0.1, ""))) == {"third"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SELECT a WHERE b IN (%s, %s, %s) LIMIT 21", "SELECT a WHERE b IN (%s, %s) LIMIT 5"),
        ("INSERT INTO a VALUES (%s, %s), (%s, %s)", "INSERT INTO a VALUES (%s, %s), (%s, %s), (%s, %s)"),
        ('SAVEPOINT "s140_x1"', 'SAVEPOINT "s8_x22"'),
        ("UPDATE a SET b = 'it''s'", "UPDATE a SET b = 'x'"),
        ("UPDATE a SET b = NULL WHERE c = %s", "UPDATE a SET b = %s WHERE c = %s"),
    ],
)
def test_statements_that_differ_in_values_alone_are_the_same(one, other):
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (None, "null"), ("", "empty or escaping"), ("a\\b", "empty or escaping"), ("añb", "letters"), ("x", ""), ("x" * 61, "over 60"),
        ("x" * 300, "over 250"), (7, ""), (2**31, "wide"), (1.5, "float"),
    ],
)  # fmt: skip
def test_values_that_postgresql_may_see_otherwise_are_told_apart(value, kind):
    assert unusual(value) == kind
