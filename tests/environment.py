"""Sets the machine's variables for the tests before Django reads them; a pytest plugin, see pyproject.toml.

`TEST_DATABASE_URL` chooses the database, SQLite in a temporary folder otherwise. `.env` does not count here.
"""

import atexit
import os
import re
import shutil
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER_VARIABLE = "NEWSROOM_TEST_FOLDER"


def folder() -> Path:
    """The folder of this run, shared by its parallel processes and removed at its end."""
    if FOLDER_VARIABLE not in os.environ:
        path = tempfile.mkdtemp(prefix="newsroom-tests-")
        os.environ[FOLDER_VARIABLE] = path
        atexit.register(_remove, path, os.getpid())
    return Path(os.environ[FOLDER_VARIABLE])


def _remove(path: str, owner: int) -> None:
    if os.getpid() == owner:  # not in a forked child
        shutil.rmtree(path, ignore_errors=True)


def known_variables() -> list[str]:
    """The names in `.env.example`, in order."""
    return re.findall(r"^([A-Z][A-Z0-9_]*)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)


def prepare() -> None:
    """The variables are those of a test run, whatever the shell or `.env` says."""
    place = folder()
    fixed = {
        "DEBUG": "false",
        "HTTPS": "false",
        "SECRET_KEY": "a-key-for-tests-only-" * 3,
        "DATABASE_URL": os.environ.get("TEST_DATABASE_URL", "") or f"sqlite:///{place}/main.sqlite3",
        "DATABASE_POOL_SIZE": "12",
        "CACHE_URL": "locmemcache://tests",
        "PAGE_STORE_MEGABYTES": "0",  # its own tests keep pages
        "EMAIL_URL": "memorymail://",
        "UPLOADS_DIR": str(place / "uploads"),
        "ORIGINALS_DIR": str(place / "originals"),
        "LOG_LEVEL": "ERROR",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # Playwright's loop runs in the thread of the browser tests
    }
    os.environ.update(dict.fromkeys(known_variables(), "") | fixed)


prepare()
