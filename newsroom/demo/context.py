"""What the demo command hands from one app's part to the next."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

if TYPE_CHECKING:
    from newsroom.models import User

_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_OFFSET = re.compile(r"([+-])(\d+)([mhd])")


@dataclass
class Context:
    """One run of the command. Each part adds what later parts refer to; ``now`` is the moment all offsets count from."""

    say: Callable[[str], None]
    password: str
    now: datetime = field(default_factory=timezone.now)
    users: dict[str, User] = field(default_factory=dict)  # by user name
    photos: dict[str, Any] = field(default_factory=dict)  # media.models.Photo by file name
    articles: dict[str, Any] = field(default_factory=dict)  # articles.models.Article by key

    def progress(self, words: str) -> None:
        """A line for the person who waits."""
        self.say(words)

    def moment(self, offset: str) -> datetime:
        """The time that lies ``offset`` from now: "-40m", "+5h", "-2d". Raises ValueError for anything else."""
        found = _OFFSET.fullmatch(offset)
        if found is None:
            raise ValueError(f"{offset!r} is no offset such as -40m, +5h or -2d.")
        sign, number, unit = found.groups()
        return self.now + timedelta(**{_UNITS[unit]: int(sign + number)})
