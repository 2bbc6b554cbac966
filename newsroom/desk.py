"""The desk's navigation and tiles. Apps register theirs in ``AppConfig.ready``; people see only what they may do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from newsroom.models import User


@dataclass(frozen=True)
class Entry:
    """A line of the side navigation: where it leads, which right it needs, its drawing (see newsroom.templatetags.icons),
    a number to show in red if it is not 0."""

    label: str | _StrPromise
    url_name: str
    permission: str
    position: int
    is_setup: bool = False
    count: Callable[[], int] | None = None
    icon: str = "rows"


@dataclass(frozen=True)
class Panel:
    """A part of the dashboard: a template and the function that gives its context for a person."""

    template: str
    context: Callable[[Any], dict[str, Any]]
    permission: str
    position: int


@dataclass(frozen=True)
class Tile:
    """A number at the top of the dashboard with the list behind it. ``figures(user)`` gives (number, sentence, is_late).

    ``tone`` is the colour over it while the number is not 0: "warn", "bad", "accent" or "quiet".
    """

    label: str | _StrPromise
    url: Callable[[Any], str]
    figures: Callable[[Any], tuple[int, str, bool]]
    permission: str
    position: int
    tone: str = "accent"


_entries: list[Entry] = []
_panels: list[Panel] = []
_tiles: list[Tile] = []


def register(*parts: Entry | Panel | Tile) -> None:
    """The desk shows ``parts``, each at its position."""
    for part in parts:
        kept: list[Any] = _entries if isinstance(part, Entry) else _panels if isinstance(part, Panel) else _tiles
        kept.append(part)
        kept.sort(key=lambda known: known.position)


def navigation(user: User, path: str) -> list[dict[str, Any]]:
    """The lines that ``user`` may see: label, url, is_current, is_setup, count, icon. One query for each count."""
    seen = [(entry, reverse(entry.url_name)) for entry in _entries if user.has_perm(entry.permission)]
    here = max((url for _entry, url in seen if path.startswith(url)), key=len, default="")
    return [
        {
            "label": entry.label,
            "url": url,
            "is_current": url == here,
            "is_setup": entry.is_setup,
            "count": entry.count() if entry.count else 0,
            "icon": entry.icon,
        }
        for entry, url in seen
    ]


def tiles(user: User) -> list[dict[str, Any]]:
    """The tiles for ``user``: label, url, tone, number, sentence, is_late."""
    shown = []
    for tile in _tiles:
        if user.has_perm(tile.permission):
            number, sentence, is_late = tile.figures(user)
            what = {"label": tile.label, "url": tile.url(user), "tone": tile.tone}
            shown.append({**what, "number": number, "sentence": sentence, "is_late": is_late})
    return shown


def panels(user: User, counted: dict[str, int]) -> list[dict[str, Any]]:
    """The panels for ``user``: template, context, and ``all``, how many the list behind it holds (0 where ``counted``, numbers by
    address, does not say)."""
    shown = [{"template": p.template, **p.context(user)} for p in _panels if user.has_perm(p.permission)]
    return [{**panel, "all": counted.get(panel.get("all_url", ""), 0)} for panel in shown]
