"""What belongs to a person elsewhere: each app says what it knows of an account, how to forget it, and what is new."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from newsroom.models import User


@dataclass(frozen=True)
class Part:
    """``export`` gives plain JSON values, ``forget`` leaves nothing that names the person (in the transaction that deletes
    the account), ``unread`` counts what they have not read."""

    name: str
    export: Callable[[User], Any]
    forget: Callable[[User], None]
    unread: Callable[[User], int]


_parts: dict[str, Part] = {}


def register(part: Part) -> None:
    """``part`` is asked whenever somebody takes their data along or leaves."""
    _parts[part.name] = part


def all_parts() -> list[Part]:
    return list(_parts.values())


def unread(person: User) -> int:
    """How many things ``person`` has not read. One query a part."""
    return sum(part.unread(person) for part in _parts.values())
