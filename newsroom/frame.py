"""What stands round every page: site identity, social links, sections, streams on air.

Apps register their part in ``AppConfig.ready``. The parts are kept per process under the site row's stamp, so a page
asks one query for the whole frame; whoever changes a registered model changes the stamp in the same transaction.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest
from django.utils import timezone

from newsroom.models.site import SiteIdentity, new_stamp

Loader = Callable[[], Any]
logger = logging.getLogger(__name__)
_loaders: dict[str, Loader] = {}
_alarms: dict[str, Callable[[], Any]] = {}
_kept: dict[str, dict[str, Any]] = {}
KEPT_STAMPS = 4  # old stamps that running requests may still hold


@dataclass(frozen=True)
class Frame:
    """The site row and the registered parts, each an attribute: ``frame.sections``, ``frame.streams`` …"""

    site: SiteIdentity
    parts: dict[str, Any] = field(default_factory=dict)

    @property
    def next_alarm(self) -> datetime | None:
        """When the first of the registered alarms is due; None if none is."""
        return min((self.parts[name] for name in _alarms if self.parts.get(name) is not None), default=None)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.parts[name]
        except KeyError:
            raise AttributeError(name) from None


def register(name: str, loader: Loader, *, models: Iterable[type[models.Model]]) -> None:
    """``frame.<name>`` is what ``loader()`` returns, read anew after any of ``models`` is saved or deleted."""
    _loaders[name] = loader
    for model in models:
        uid = f"frame-{name}-{model._meta.label}"
        post_save.connect(_changed, sender=model, dispatch_uid=f"{uid}-save")
        post_delete.connect(_changed, sender=model, dispatch_uid=f"{uid}-delete")


def register_alarm(name: str, next_moment: Callable[[], datetime | None], act: Callable[[], Any]) -> None:
    """The first page after ``next_moment()`` calls ``act`` before it is made, in whatever process: no worker is needed.

    The moment is a part of the frame: whoever changes it calls ``bump``.
    """
    _loaders[name], _alarms[name] = next_moment, act


def current() -> Frame:
    """The frame as the database has it now. One query, plus one for each part when the stamp is new."""
    site = SiteIdentity.load()
    parts = _kept.get(site.stamp)
    if parts is None:
        parts = {name: loader() for name, loader in _loaders.items()}
        _keep(site.stamp, parts)
    for name, act in _alarms.items():
        moment = parts.get(name)
        if moment is not None and moment <= timezone.now():
            _ring(name, act)
            parts = {**parts, name: _loaders[name]()}
            _keep(site.stamp, parts)
    return Frame(site=site, parts=parts)


def _keep(stamp: str, parts: dict[str, Any]) -> None:
    while len(_kept) >= KEPT_STAMPS and stamp not in _kept:
        _kept.pop(next(iter(_kept)), None)
    _kept[stamp] = parts


def _ring(name: str, act: Callable[[], Any]) -> None:
    """A page is made all the same if ``act`` fails; the next one tries again."""
    try:
        act()
    except Exception:
        logger.exception("What was due at %s failed", name)


def for_request(request: HttpRequest) -> Frame:
    """The frame, read once for this request."""
    found: Frame | None = getattr(request, "_frame", None)
    if found is None:
        found = current()
        request._frame = found  # type: ignore[attr-defined]  # kept for the request
    return found


def bump() -> None:
    """Every process reads the frame anew from its next page on (after this transaction)."""
    SiteIdentity.objects.filter(pk=1).update(stamp=new_stamp())


def _changed(**_kwargs: Any) -> None:
    bump()
