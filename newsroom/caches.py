"""Three caches, so that what anybody can write much of never pushes out what a promise rests on.

``default`` holds counters and marks: rates, proofs that were redeemed, attempts to sign in (django-allauth writes there
too). ``made`` holds what can be made anew, ``readings`` who read what. One Redis may hold all three.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import cast

from django.core.cache import BaseCache, caches
from django.core.cache.backends.locmem import LocMemCache
from django.utils.connection import ConnectionProxy

made = cast("BaseCache", ConnectionProxy(caches, "made"))
readings = cast("BaseCache", ConnectionProxy(caches, "readings"))


class SoonestOverCache(LocMemCache):
    """Local memory that, once full, drops what has ended or ends soonest, as Redis does with ``volatile-ttl``; Django's
    own drops whatever was written first, and so a day's mark before a minute's."""

    _cache: OrderedDict[str, bytes]
    _expire_info: dict[str, float | None]

    def _cull(self) -> None:
        for key in sorted(self._expire_info, key=self._ends)[: max(1, len(self._cache) // 3)]:
            del self._cache[key], self._expire_info[key]

    def _ends(self, key: str) -> float:
        end = self._expire_info[key]
        return float("inf") if end is None else end
