"""What has to be done now and then: each app registers its chores, ``manage.py upkeep`` does them all."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

from newsroom import notices, outside

logger = logging.getLogger(__name__)
_chores: dict[str, Callable[[], int]] = {}


def register(name: str, chore: Callable[[], int]) -> None:
    """``chore`` is one of them. It returns how many things it did, is right when it runs twice at once, and loses
    nothing when it is stopped in the middle."""
    _chores[name] = chore


def run() -> Iterator[tuple[str, int | None]]:
    """Each chore has been done: its name and how many things it did, None if it failed. One that fails is logged and
    keeps no other from its work."""
    for name, chore in _chores.items():
        try:
            yield name, chore()
        except Exception:  # whatever ails one chore, the others are due
            logger.exception("The chore “%s” failed.", name)
            yield name, None


def send_notices() -> int:
    """The unsent letters to staff have been tried again; how many went out. Raises OSError if one was refused."""
    sent, failed = notices.send_unsent()
    if failed:
        raise OSError(f"{failed} letters to staff were refused.")
    return sent


def register_own() -> None:
    """The newsroom's own chores are among them."""
    register("letters to staff", send_notices)
    register("told to the outside", outside.deliver_due)
    register("old deliveries forgotten", outside.forget_old)
