"""Reads the demo's article files: facts in TOML between two lines of dashes, then the body.

Bodies name photos and other articles by file name and key: ``{photo:port.jpg}`` and ``{article:port-strike}`` stand for
their numbers, ``{link:port-strike}`` for an article's address.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "articles"
_REFERENCE = re.compile(r"\{(article|link|photo):([\w.-]+)\}")


@dataclass(frozen=True)
class Story:
    """One article file. ``key`` is its name without the extension."""

    key: str
    facts: dict[str, Any]
    body: str

    @property
    def state(self) -> str:
        return str(self.facts.get("state", "live"))

    @cached_property
    def needs(self) -> set[str]:
        """Keys of the articles that must be there before this one."""
        cited = {name for kind, name in _REFERENCE.findall(self.body) if kind != "photo"}
        return cited | ({self.facts["translation_of"]} if "translation_of" in self.facts else set())

    def resolved_body(self, resolve: Callable[[str, str], str]) -> str:
        """The body with what ``resolve(kind, name)`` gives in the place of each name."""
        return _REFERENCE.sub(lambda found: resolve(found[1], found[2]), self.body)


def read(path: Path) -> Story:
    """The story in the file at ``path``. Raises ValueError if its facts are not between two lines of dashes."""
    _nothing, facts, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return Story(path.stem, tomllib.loads(facts), body.strip())


def all_stories() -> list[Story]:
    """Every story of the demo, each after those it refers to. Raises graphlib.CycleError if they refer in a circle."""
    found = {path.stem: read(path) for path in sorted(FOLDER.glob("*.html"))}
    return [
        found[key]
        for key in TopologicalSorter({key: sorted(story.needs) for key, story in found.items()}).static_order()
    ]


def markers() -> dict[str, str]:
    """The invented word in headline and body of each story that the public may not see, by key."""
    return {story.key: story.facts["marker"] for story in all_stories() if "marker" in story.facts}


PRIVATE_PHOTO = "ridge-morning.jpg"  # stands only in stories the public may not see
