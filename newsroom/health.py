"""Is the process alive, and may it be sent readers?"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


class NotReady(Exception):
    """A part does not do its work."""


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all. No database, no cache."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 if every part works, else 503; JSON says which ones. Reasons are in the log, not in the answer."""
    parts = {name: _works(name, check) for name, check in CHECKS.items()}
    ready = all(parts.values())
    return JsonResponse(
        {
            "status": "ok" if ready else "failing",
            "checks": {name: "ok" if works else "failing" for name, works in parts.items()},
        },
        status=200 if ready else 503,
    )


def _works(name: str, check: Callable[[], None]) -> bool:
    try:
        check()
    except Exception:  # whatever keeps a part from working, the answer is the same
        logger.exception("Not ready: %s", name)
        return False
    return True


def database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()


def cached() -> None:
    """What is put into the cache comes out again."""
    key, value = f"readyz-{secrets.token_hex(8)}", secrets.token_hex(8)
    cache.set(key, value, 30)
    found = cache.get(key)
    cache.delete(key)
    if found != value:
        raise NotReady("The cache does not keep what it is given.")


def uploads() -> None:
    """Both folders (or buckets) of uploads take a file and let it go again."""
    for alias in ("default", "originals"):
        _takes_a_file(storages[alias])


def _takes_a_file(storage: Storage) -> None:
    name = storage.save(f".readyz-{secrets.token_hex(8)}", ContentFile(b"ok"))
    storage.delete(name)


def migrations() -> None:
    """Every migration of the code has been applied."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        raise NotReady(f"{len(missing)} migrations are to be applied, first {missing[0][0]}.")


CHECKS: dict[str, Callable[[], None]] = {
    "database": database,
    "cache": cached,
    "uploads": uploads,
    "migrations": migrations,
}
