"""Runs the tests with SQLite, then with PostgreSQL: `python -m tests.both [--all] [what to hand to pytest]`.

SQLite sees all but those marked ``postgres``, PostgreSQL those that `tests/cover.py` does not leave out after what the run with
SQLite asked of its database, and neither those marked ``whole``: under five minutes on two processors. With ``--all``, or where
some tests are named, all of them run on both.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests import cover

STATEMENTS, LEFT_OUT = "NEWSROOM_TEST_STATEMENTS", "NEWSROOM_TEST_LEFT_OUT"  # a folder; a file with a name a line
PROCESSES = len(os.sched_getaffinity(0)) + 1  # one of them waits for a browser or a server, as a rule
PYTEST = [sys.executable, "-m", "pytest", "-q", "-n", str(PROCESSES)]


def main(arguments):
    """0 if every test passed on both databases, else the exit code of the last run that failed."""
    everything = "--all" in arguments
    named = [each for each in arguments if each != "--all"]
    with tempfile.TemporaryDirectory(prefix="newsroom-statements-") as folder:
        chooses = not everything and not named
        print("With SQLite:", flush=True)
        marks = ["-m", "not whole and not postgres"] if chooses else []
        watched = {"TEST_DATABASE_URL": "", **({STATEMENTS: folder} if chooses else {})}
        status = _run([*PYTEST, *marks, *named], watched)
        left_out = _written(Path(folder)) if chooses else {}
        print("With PostgreSQL:", flush=True)
        marks = ["-m", "not whole"] if chooses else []
        return _run([sys.executable, "-m", "tests.postgres", *PYTEST, *marks, *named], left_out) or status


def _written(folder):
    """The variable that names a file with the tests that PostgreSQL need not see."""
    path = folder / "left-out"
    path.write_text("\n".join(sorted(cover.left_out(folder))), encoding="utf-8")
    return {LEFT_OUT: str(path)}


def _run(command, variables):
    """The exit code of ``command``. Ctrl-C reaches it too, and ends this one after it."""
    with subprocess.Popen(command, env={**os.environ, **variables}) as process:
        try:
            return process.wait()
        except KeyboardInterrupt:
            process.wait()
            raise SystemExit(130) from None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
