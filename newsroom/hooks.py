"""Signed messages to a program of the newsroom's own choice, by HTTP, within a time that holds to the millisecond.

``X-Newsroom-Signature: t=<seconds>,v1=<hex>``: HMAC-SHA256 of ``<seconds>.<body>`` with HOOK_SECRET.
They go where newsroom.outgoing lets them: public hosts over https, or those that OUTGOING_HOSTS names.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import time
from typing import Any

from django.conf import settings

from newsroom import outgoing

MAX_ANSWER = 64 * 1024  # bytes


class HookFailed(Exception):
    """The other side did not answer in time, not with success, or not with what was asked for."""


def signature(body: bytes, *, at: int) -> str:
    """The header that lets the other side know that ``body`` comes from here, and when."""
    mac = hmac.new(settings.HOOK_SECRET.encode(), f"{at}.".encode() + body, hashlib.sha256)
    return f"t={at},v1={mac.hexdigest()}"


def post(url: str, payload: dict[str, Any], *, seconds: float, message_id: str = "") -> dict[str, Any]:
    """The JSON object that ``url`` answers to ``payload``, {} if it answers nothing.

    ``message_id`` lets the other side know a message that it gets twice. Raises HookFailed, after ``seconds`` at the latest.
    """
    body = json.dumps(payload, ensure_ascii=False).encode("utf-8", "replace")
    headers = {"Content-Type": "application/json", "X-Newsroom-Signature": signature(body, at=int(time.time()))}
    if message_id:
        headers["Idempotency-Key"] = message_id
    try:
        status, answer = outgoing.ask(url, body=body, headers=headers, seconds=seconds, most=MAX_ANSWER + 1)
    except (OSError, http.client.HTTPException, ValueError, outgoing.Barred) as error:
        raise HookFailed(f"{type(error).__name__}: {error}") from error
    if len(answer) > MAX_ANSWER:
        raise HookFailed("Its answer is too long.")
    if not 200 <= status < 300:
        raise HookFailed(f"It answered {status}.")
    try:
        read = json.loads(answer) if answer.strip() else {}
    except ValueError as error:
        raise HookFailed("Its answer is no JSON.") from error
    if not isinstance(read, dict):
        raise HookFailed("Its answer is no JSON object.")
    return read
