"""A migrated SQLite database, kept in `var/migrated/` from one run to the next as long as the migrations are the same.

Only what migrations made is in it. Django still looks for steps to take and makes permissions and roles anew, as after each.
"""

import hashlib
import re
import shutil
import sqlite3
from importlib.util import find_spec
from pathlib import Path

import django
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests import environment

FOLDER = environment.ROOT / "var" / "migrated"
OWN_MODULE = re.compile(r"^\s*(?:from|import) ((?:newsroom|articles|media|comments)[\w.]*)", re.MULTILINE)


def fingerprint():
    """Differs as soon as a migration, a module of ours that one imports, or Django differs."""
    found = hashlib.sha256(django.__version__.encode())
    files = [path for config in apps.get_app_configs() for path in sorted(_migrations(config).glob("*.py"))]
    modules = {name for path in files for name in OWN_MODULE.findall(path.read_text(encoding="utf-8"))}
    files += [Path(spec.origin) for name in sorted(modules) if (spec := find_spec(name)) and spec.origin]
    for path in files:
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()[:24]


def _migrations(config):
    name, _ = MigrationLoader.migrations_module(config.label)
    return Path(config.path) / name.rpartition(".")[2]


def bring(target):
    """The kept database is at ``target``; without one nothing is, and the migrations will make it."""
    kept = FOLDER / f"{fingerprint()}.sqlite3"
    if kept.is_file():
        shutil.copyfile(kept, target)


def keep():
    """What the connection's database holds, freshly migrated, is kept for the next run, in place of what was."""
    kept = FOLDER / f"{fingerprint()}.sqlite3"
    if kept.is_file():
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    half = environment.folder() / f"half-{Path(connection.settings_dict['NAME']).name}"
    with sqlite3.connect(half) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
    copy.close()
    for old in FOLDER.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    beside = shutil.copyfile(half, FOLDER / f"{half.name}.half")
    Path(beside).replace(kept)
