"""Keeps a server's worker processes from outliving the process that started them."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time

PR_SET_PDEATHSIG = 1  # Source: linux/prctl.h
POLL_SECONDS = 0.5


def die_with_parent(parent: int) -> None:
    """This process is killed as soon as the process ``parent``, which started it, has ended, however that happened.

    On Linux the kernel does it; elsewhere a thread looks twice a second.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        _end_if_orphaned(parent)  # it may have ended before the line above
    else:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def stop_at_once_while_starting() -> None:
    """Until the server sets its own handlers, SIGTERM and SIGINT end this process.

    A forked worker inherits handlers of its parent that only set a flag there: told to stop while it was still
    importing, it used to go on for ever.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)


def _watch(parent: int) -> None:
    while True:
        _end_if_orphaned(parent)
        time.sleep(POLL_SECONDS)


def _end_if_orphaned(parent: int) -> None:
    if os.getppid() != parent:
        os._exit(1)
