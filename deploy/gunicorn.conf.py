"""gunicorn instead of granian: `gunicorn -c deploy/gunicorn.conf.py newsroom.wsgi:application`."""

import os
from typing import Any

from newsroom.workers import die_with_parent

bind = "127.0.0.1:8000"
workers = 2 * (os.cpu_count() or 1)
worker_class = "gthread"
threads = 2
graceful_timeout = 10
max_requests = 20_000
max_requests_jitter = 2_000
control_socket_disable = True


def post_fork(server: Any, worker: Any) -> None:
    """A killed master takes its workers along at once."""
    die_with_parent(worker.ppid)
