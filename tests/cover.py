"""Which tests PostgreSQL need not see again, after what `tests/statements.py` wrote down in the run with SQLite.

Those that fail, that refuse, commit or migrate, that look at order, search or the database itself, are always run, and so are
the journeys. Of all others as few as together ask for everything that was asked.
"""

import heapq
import json
from pathlib import Path


def left_out(folder):
    """The tests, by their names, that say nothing new after the others. A test that was not written down is no member."""
    tests = _read(folder)
    needed = {name for name, test in tests.items() if test["always"]}
    return tests.keys() - needed - _cover(tests, needed)


def _read(folder):
    """{name: its keys, its seconds, why it is always run}, of all processes that wrote."""
    tests = {}
    for path in sorted(Path(folder).glob("*.json")):
        written = json.loads(path.read_text(encoding="utf-8"))
        keys = [json.dumps(key) for key in written["keys"]]
        for name, test in written["tests"].items():
            tests[name] = {**test, "keys": {keys[number] for number in test["keys"]}}
    return tests


def _cover(tests, needed):
    """Few and quick tests that, with those ``needed``, have every key: the most that is new for a second comes first."""
    open_keys = set().union(*(test["keys"] for test in tests.values()))
    open_keys -= set().union(*(tests[name]["keys"] for name in needed))
    chosen, queue = set(), []
    for name in sorted(tests.keys() - needed):
        _weigh(queue, name, tests[name], open_keys)
    while open_keys:
        worth, name = heapq.heappop(queue)
        new = tests[name]["keys"] & open_keys
        if _worth(new, tests[name]) > worth:  # others took of its keys since it was weighed
            _weigh(queue, name, tests[name], open_keys)
            continue
        chosen.add(name)
        open_keys -= new
    return chosen


def _weigh(queue, name, test, open_keys):
    new = test["keys"] & open_keys
    if new:
        heapq.heappush(queue, (_worth(new, test), name))


def _worth(new, test):
    return -len(new) / (test["seconds"] + 0.02)
