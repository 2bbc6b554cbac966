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


def queue(event: str, *, key: str, subject: int, at: datetime, about: dict[str, Any] | None = None) -> None:
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
    """Everything due at ``at`` (default now) has been tried, in its order; how much arrived. An endpoint that failed is
    left alone until the next run."""
    now, arrived = at or timezone.now(), 0
    failed: set[int] = set()
    while True:
        due = Delivery.objects.filter(state=DeliveryState.WAITING, next_try_at__lte=now).exclude(endpoint__in=failed)
        batch = list(due.select_related("endpoint").order_by("next_try_at", "pk")[:BATCH])
        if not batch:
            return arrived
        for row in batch:
            if row.endpoint_id not in failed and _claim(row, now):
                arrived += _try(row, now)
                if row.state in {DeliveryState.WAITING, DeliveryState.DEAD}:
                    failed.add(row.endpoint_id)


def _claim(row: Delivery, now: datetime) -> bool:
    """Whether ``row`` is ours to send, for CLAIMED."""
    free = Delivery.objects.filter(pk=row.pk, state=DeliveryState.WAITING, next_try_at__lte=now)
    if not free.update(next_try_at=now + CLAIMED, attempts=F("attempts") + 1):
        return False
    row.attempts += 1
    return True


def _try(row: Delivery, now: datetime) -> bool:
    """Whether the endpoint took it; ``row`` says what became of it."""
    said = _describers[0](row) if _describers else None
    if said is None or not row.endpoint.is_active:
        _decide(row, DeliveryState.DROPPED, now)
        return False
    try:
        status = _send(row, said, now)
        problem = "" if 200 <= status < 300 else f"HTTP {status}"
    except (OSError, ValueError, http.client.HTTPException, outgoing.Barred) as error:
        status, problem = 0, str(error) or type(error).__name__
    if not problem:
        _decide(row, DeliveryState.DELIVERED, now)
        return True
    if status == http.client.GONE or row.attempts >= MOST:
        logger.warning("%s was not told (%s): %s", row.endpoint, row.key, problem)
        _decide(row, DeliveryState.DEAD, now, problem)
        return False
    row.next_try_at, row.last_error = now + min(FIRST * 2 ** (row.attempts - 1), LONGEST), problem[:300]
    row.save(update_fields=["next_try_at", "last_error"])
    return False


def _decide(row: Delivery, state: DeliveryState, now: datetime, problem: str = "") -> None:
    row.state, row.decided_at, row.last_error = state, now, problem[:300]
    row.save(update_fields=["state", "decided_at", "last_error"])


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
