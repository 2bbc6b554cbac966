"""A site of its own for a measurement: temporary folder, SQLite (or BENCH_DATABASE_URL), production settings over http."""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import tempfile
from pathlib import Path

FOLDER_VARIABLE = "NEWSROOM_BENCH_FOLDER"


def folder() -> Path:
    """The folder of this measurement, shared with the processes it starts; removed at the end."""
    if FOLDER_VARIABLE not in os.environ:
        path = tempfile.mkdtemp(prefix="newsroom-bench-")
        os.environ[FOLDER_VARIABLE] = path
        atexit.register(shutil.rmtree, path, ignore_errors=True)
    return Path(os.environ[FOLDER_VARIABLE])


def prepare() -> None:
    """Django is set up on an empty, migrated database."""
    place = folder()
    os.environ.update(
        {
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
            "DEBUG": "false",
            "HTTPS": "false",
            "SECRET_KEY": secrets.token_urlsafe(64),
            "DATABASE_URL": os.environ.get("BENCH_DATABASE_URL", "") or f"sqlite:///{place}/bench.sqlite3",
            "CACHE_URL": "",
            "UPLOADS_DIR": str(place / "uploads"),
            "ORIGINALS_DIR": str(place / "originals"),
            "LOG_LEVEL": "ERROR",
        }
    )
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
