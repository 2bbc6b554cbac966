"""`manage.py serve`: the production server."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from granian.constants import Interfaces, Loops
from granian.log import LogLevels
from granian.server import Server

from newsroom.workers import die_with_parent, stop_at_once_while_starting

WORKERS_PER_CORE = 2
KILL_AFTER_SECONDS = 10  # a worker that does not stop when told to, in a request or while starting


class Command(BaseCommand):
    help = "Serves the site with granian, for production; stops with Ctrl-C or SIGTERM and leaves no process behind."
    requires_system_checks: list[str] = []  # run by `make check`; a start should be quick

    def add_arguments(self, parser: CommandParser) -> None:
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default: %(default)s)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen at (default: %(default)s)")
        parser.add_argument(
            "--workers", type=int, default=WORKERS_PER_CORE * cores, help="processes (default: %(default)s)"
        )
        parser.add_argument(
            "--threads", type=int, default=2, help="requests at once in a process (default: %(default)s)"
        )

    def handle(self, *, host: str, port: int, workers: int, threads: int, **_options: Any) -> None:
        refuse_taken_port(host, port)
        server = Server(
            "newsroom.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            loop=Loops.asyncio,
            workers=max(1, workers),
            blocking_threads=max(1, threads),
            websockets=False,
            respawn_failed_workers=True,
            workers_kill_timeout=KILL_AFTER_SECONDS,
            log_level=LogLevels.info,
        )
        logging.getLogger("_granian").addFilter(_without_core_warning)
        server.serve(target_loader=partial(load_application, os.getpid()), wrap_loader=False)


def load_application(master: int) -> Callable[..., Any]:
    """The site, loaded in a worker that will not outlive ``master``."""
    die_with_parent(master)
    stop_at_once_while_starting()
    from newsroom.wsgi import application

    return application


def refuse_taken_port(host: str, port: int) -> None:
    """Returns if nobody listens there. Raises CommandError otherwise.

    Workers share their port (SO_REUSEPORT), so a second server would quietly take half of the first one's requests.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as plug:
        plug.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            plug.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Cannot listen at {host}:{port} ({error.strerror}): choose another with --port."
            ) from error


def _without_core_warning(record: logging.LogRecord) -> bool:
    """Two workers a core is what was measured to be best here; the server's warning about it is left out."""
    return "higher than the amount of CPU cores" not in record.getMessage()
