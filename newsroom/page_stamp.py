"""What tells that anybody committed anything to the database, for a price that every page can pay.

SQLite counts what other connections commit (``PRAGMA data_version``); PostgreSQL says which transactions a statement
sees (``pg_current_snapshot()``), which changes with each that ends. Neither is a number that code must remember to raise.
"""

from __future__ import annotations

import logging
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connections

logger = logging.getLogger(__name__)
QUESTIONS = {"sqlite": "PRAGMA data_version", "postgresql": "SELECT pg_current_snapshot()::text"}
# Of the connection: none of the pool's, whose requests it would keep waiting, and no waiting for a machine that is gone.
IMPATIENT = {"sqlite": {}, "postgresql": {"pool": None, "connect_timeout": 2, "tcp_user_timeout": 3000}}
LATE = 0.3  # seconds for which an answer counts for those who wrote nothing themselves
PAUSE = 2.0  # seconds before a database that did not answer is asked again
PATIENCE = 2.0  # seconds after which one that was asked and says nothing counts as away
OUTAGE = 600.0  # seconds for which the last answer counts while the database is away


@dataclass(frozen=True)
class Seen:
    """A stamp, when it was read (monotonic seconds), and whether the database has been away since."""

    stamp: str
    at: float
    is_away: bool = False


class DatabaseStamp:
    """Asks on a connection of its own, which writes nothing; safe for threads, made at first use and so after a fork."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._connection: Any = None
        self._dialled = 0  # SQLite's numbers mean something on one connection only
        self._last: Seen | None = None
        self._asked_at: float | None = None  # since when a thread waits for an answer
        self._failed_at = self._told_at = float("-inf")

    def seen(self, *, exactly: bool) -> Seen | None:
        """The stamp now, or within the last LATE seconds unless ``exactly``. Everything committed before is in it.

        While the database is away, or hangs: the last one, for OUTAGE seconds. None if nothing can be said. Of those who ask
        one that hangs the first waits as long as it takes, so that it is noticed when it answers again.
        """
        last, now = self._last, time.monotonic()
        if not exactly and last is not None and not last.is_away and now - last.at < LATE:
            return last
        if not self._lock.acquire(timeout=self._patience(now)):
            self._tell(now)
            return self._while_away()
        try:
            self._ask()
            return self._last
        finally:
            self._lock.release()

    def close(self) -> None:
        """Hangs up; the next question dials again."""
        with self._lock:
            self._hang_up()

    def _ask(self) -> None:
        now = time.monotonic()
        if now - self._failed_at < PAUSE:
            return
        self._asked_at = now
        try:
            self._last = Seen(self._answer(), now)
        except (DatabaseError, InterfaceError):
            self._failed_at = time.monotonic()
            self._tell(self._failed_at)
            self._last = self._while_away()
            self._hang_up()
        finally:
            self._asked_at = None

    def _patience(self, now: float) -> float:
        """Seconds to wait for the thread that asks, if any does."""
        asked_at = self._asked_at
        return PATIENCE if asked_at is None else max(asked_at + PATIENCE - now, 0)

    def _tell(self, now: float) -> None:
        """The log says it, once in PAUSE seconds at most."""
        if now - self._told_at >= PAUSE:
            self._told_at = now
            logger.warning("The database does not answer; pages made before are given out for a while.")

    def _while_away(self) -> Seen | None:
        last = self._last
        if last is None or time.monotonic() - last.at > OUTAGE:
            return None
        return Seen(last.stamp, last.at, is_away=True)

    def _answer(self) -> str:
        if self._connection is None:
            self._connection = _dialled()
            self._dialled += 1
        with self._connection.cursor() as cursor:
            cursor.execute(QUESTIONS[self._connection.vendor])
            return f"{self._dialled} {cursor.fetchone()[0]}"

    def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(DatabaseError, InterfaceError):  # it may be gone already
                connection.close()


def _dialled() -> Any:
    """A connection that every thread may use, one at a time."""
    connection = connections[DEFAULT_DB_ALIAS].copy()
    given = connection.settings_dict.get("OPTIONS", {}) | IMPATIENT[connection.vendor]
    connection.settings_dict["OPTIONS"] = {name: value for name, value in given.items() if value is not None}
    connection.inc_thread_sharing()
    return connection
