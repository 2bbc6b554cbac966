"""Telling the outside: rows queued in an act's own transaction, delivered afterwards, tried again until they arrive.

A row is claimed before it is sent, so two processes do not send it at once; one that dies between the answer and the
mark sends it again, with the same key. What is told is asked for when it is sent: something that is not true any more
is dropped, and nothing is told before its minute.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from newsroom import notices, outgoing
from newsroom.models import Delivery, DeliveryState, Endpoint, EndpointKind

logger = logging.getLogger(__name__)
CLAIMED = timedelta(minutes=2)  # a process that dies holds a row no longer
FIRST, LONGEST, MOST = (
    timedelta(minutes=1),
    timedelta(hours=6),
    12,
)  # waits between tries, doubled; tries: about 20 hours
KEPT = timedelta(days=60)  # what was decided
BATCH = 100
Described = dict[str, Any]
_describers: list[Callable[[Delivery], Described | None]] = []


def describe_with(describer: Callable[[Delivery], Described | None]) -> None:
    """``describer`` says what a delivery tells now: ``urls``, ``feeds`` and a JSON ``payload``; None if it is not true
    any more."""
    _describers[:] = [describer]


def queue(event: str, *, key: str, subject: int | None, at: datetime, about: dict[str, Any] | None = None) -> None:
    """Every active endpoint that wants ``event`` is told from ``at`` on, once for ``key``. In the caller's transaction.

    One that is queued already and not sent is told at ``at`` instead. Three queries at most, one if nobody wants it.
    """
    if notices.is_quiet():
        return
    wanting = [endpoint for endpoint in Endpoint.objects.filter(is_active=True) if event in endpoint.events]
    if not wanting:
        return
    Delivery.objects.filter(key=key, state=DeliveryState.WAITING).update(next_try_at=at)
    rows = [
        Delivery(endpoint=endpoint, key=key, event=event, subject=subject, about=about or {}, next_try_at=at)
        for endpoint in wanting
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    if at <= timezone.now() and not settings.TASKS["default"]["BACKEND"].endswith("ImmediateBackend"):
        transaction.on_commit(partial(deliver.enqueue), robust=True)


def drop(subject: int, events: tuple[str, ...]) -> None:
    """What waits to be told of ``subject`` is not told. One query."""
    waiting = Delivery.objects.filter(subject=subject, state=DeliveryState.WAITING, event__in=events)
    waiting.update(state=DeliveryState.DROPPED, decided_at=timezone.now())


@task()
def deliver() -> None:
    """What is due has been tried."""
    deliver_due()


def deliver_due(at: datetime | None = None) -> int:
    """Everything due has been tried, in its order, each at its own moment (or at ``at``); how much arrived.

    An endpoint that failed is left alone until the next run. A row that cannot be told waits longer and longer, and
    keeps no other from being told.
    """
    arrived, failed = 0, set[int]()
    while True:
        due = Delivery.objects.filter(state=DeliveryState.WAITING, next_try_at__lte=_now(at))
        batch = list(due.exclude(endpoint__in=failed).select_related("endpoint").order_by("next_try_at", "pk")[:BATCH])
        if not batch:
            return arrived
        for row in batch:
            if row.endpoint_id not in failed and _claim(row, _now(at)):
                if _try(row, at):
                    failed.add(row.endpoint_id)
                arrived += row.state == DeliveryState.DELIVERED


def _now(at: datetime | None) -> datetime:
    return timezone.now() if at is None else at


def _claim(row: Delivery, now: datetime) -> bool:
    """Whether ``row`` is ours to send, for CLAIMED."""
    free = Delivery.objects.filter(pk=row.pk, state=DeliveryState.WAITING, next_try_at__lte=now)
    if not free.update(next_try_at=now + CLAIMED, attempts=F("attempts") + 1):
        return False
    row.attempts += 1
    return True


def _try(row: Delivery, at: datetime | None) -> bool:
    """Whether the endpoint failed; ``row`` says what became of it."""
    try:
        said = _describers[0](row) if _describers else None
    except Exception as error:  # whatever ails one row, the others are due
        logger.exception("What %s (%s) tells could not be said.", row.endpoint, row.key)
        _put_off(row, f"{type(error).__name__}: {error}", at)
        return False
    if said is None or not row.endpoint.is_active:
        _decide(row, DeliveryState.DROPPED, at)
        return False
    status, problem = _answer(row, said, at)
    if problem:
        _put_off(row, problem, at, is_over=status == http.client.GONE)
    else:
        _decide(row, DeliveryState.DELIVERED, at)
    return bool(problem)


def _answer(row: Delivery, said: Described, at: datetime | None) -> tuple[int, str]:
    """The status that the endpoint answered with, 0 for none, and what was wrong, if anything."""
    try:
        status = _send(row, said, _now(at))
    except (OSError, ValueError, http.client.HTTPException, outgoing.Barred) as error:
        return 0, str(error) or type(error).__name__
    except Exception as error:  # an endpoint that nobody thought of
        logger.exception("Telling %s (%s) failed.", row.endpoint, row.key)
        return 0, f"{type(error).__name__}: {error}"
    return status, "" if 200 <= status < 300 else f"HTTP {status}"


def _put_off(row: Delivery, problem: str, at: datetime | None, *, is_over: bool = False) -> None:
    """``row`` is tried again later, each time after a longer while; given up after its last try or if it ``is_over``."""
    if is_over or row.attempts >= MOST:
        logger.warning("%s was not told (%s): %s", row.endpoint, row.key, problem)
        _decide(row, DeliveryState.DEAD, at, problem)
        return
    row.next_try_at = _now(at) + min(FIRST * 2 ** (row.attempts - 1), LONGEST)
    row.last_error = _fit(problem)
    row.save(update_fields=["next_try_at", "last_error"])


def _decide(row: Delivery, state: DeliveryState, at: datetime | None, problem: str = "") -> None:
    row.state, row.decided_at, row.last_error = state, _now(at), _fit(problem)
    row.save(update_fields=["state", "decided_at", "last_error"])


def _fit(problem: str) -> str:
    return problem.replace("\x00", "").encode("utf-8", "replace").decode()[:300]


def try_again(rows: Any) -> int:
    """Of ``rows`` (a queryset), those that were given up are due now, with all their tries; how many."""
    found: int = rows.filter(state=DeliveryState.DEAD).update(
        state=DeliveryState.WAITING, attempts=0, next_try_at=timezone.now(), decided_at=None
    )
    return found


def dead() -> int:
    """How many deliveries were given up and wait for somebody to look. One query over their own index."""
    return Delivery.objects.filter(state=DeliveryState.DEAD).count()


def forget_old(at: datetime | None = None) -> int:
    """What was decided long ago is gone, except what was given up; how many rows."""
    end = (at or timezone.now()) - KEPT
    old = Delivery.objects.filter(decided_at__lt=end, state__in=[DeliveryState.DELIVERED, DeliveryState.DROPPED])
    total = 0
    while pks := list(old.values_list("pk", flat=True)[:BATCH]):
        total += Delivery.objects.filter(pk__in=pks).delete()[0]
    return total


# --- How each kind is spoken to ---------------------------------------------------------------------------------------


def _send(row: Delivery, said: Described, now: datetime) -> int:
    speak = {EndpointKind.WEBSUB: _websub, EndpointKind.INDEXNOW: _indexnow}.get(
        EndpointKind(row.endpoint.kind), _webhook
    )
    body, headers = speak(row, said, now)
    return outgoing.post(row.endpoint.url, body=body, headers=headers)


def _webhook(row: Delivery, said: Described, now: datetime) -> tuple[bytes, dict[str, str]]:
    """JSON with a signature over time and body, so that a copy cannot be sent again later."""
    told = {"id": row.key, "event": row.event, **said["payload"]}
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    stamp = str(int(now.timestamp()))
    return body, {
        "Content-Type": "application/json",
        "Idempotency-Key": row.key,
        "X-Newsroom-Event": row.event,
        "X-Newsroom-Timestamp": stamp,
        "X-Newsroom-Signature": f"sha256={signature(row.endpoint.secret, stamp, body)}",
    }


def signature(secret: str, stamp: str, body: bytes) -> str:
    """HMAC-SHA256 in hexadecimal, over the time, a full stop and the body."""
    return hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()


def _websub(row: Delivery, said: Described, now: datetime) -> tuple[bytes, dict[str, str]]:
    """Source: https://pubsubhubbub.github.io/PubSubHubbub/, section 7.1, which the WebSub hubs kept."""
    body = urlencode({"hub.mode": "publish", "hub.url": said["feeds"]}, doseq=True).encode()
    return body, {"Content-Type": "application/x-www-form-urlencoded"}


def _indexnow(row: Delivery, said: Described, now: datetime) -> tuple[bytes, dict[str, str]]:
    """Source: https://www.indexnow.org/documentation."""
    key = row.endpoint.secret
    told = {
        "host": urlsplit(settings.SITE_URL).netloc,
        "key": key,
        "keyLocation": settings.SITE_URL + reverse("indexnow_key", args=[key]),
        "urlList": said["urls"],
    }
    return json.dumps(told).encode(), {"Content-Type": "application/json; charset=utf-8"}
