"""Signed messages to a program of the newsroom's own choice, by HTTP, within a time that holds to the millisecond.

``X-Newsroom-Signature: t=<seconds>,v1=<hex>``: HMAC-SHA256 of ``<seconds>.<body>`` with HOOK_SECRET. Redirects are not followed.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import socket
import time
from contextlib import suppress
from threading import Timer
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

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
        status, answer = _exchange(url, body, headers, seconds)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise HookFailed(f"{type(error).__name__}: {error}") from error
    if not 200 <= status < 300:
        raise HookFailed(f"It answered {status}.")
    try:
        read = json.loads(answer) if answer.strip() else {}
    except ValueError as error:
        raise HookFailed("Its answer is no JSON.") from error
    if not isinstance(read, dict):
        raise HookFailed("Its answer is no JSON object.")
    return read


def _exchange(url: str, body: bytes, headers: dict[str, str], seconds: float) -> tuple[int, bytes]:
    """Status and body. A timeout of the socket starts anew with every byte; the timer does not."""
    parts = urlsplit(url)
    kind = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}.get(parts.scheme)
    if kind is None or not parts.hostname:
        raise ValueError("no web address")
    begun = time.monotonic()
    connection = kind(parts.hostname, parts.port, timeout=seconds)
    connection.connect()
    timer = Timer(max(0.001, seconds - (time.monotonic() - begun)), _hang_up, [connection.sock])
    timer.daemon = True
    timer.start()
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path, body, headers)
        response = connection.getresponse()
        answer = response.read(MAX_ANSWER + 1)
    finally:
        timer.cancel()
        connection.close()
    if len(answer) > MAX_ANSWER or time.monotonic() - begun > seconds:
        raise ValueError("the answer is too long or too late")
    return response.status, answer


def _hang_up(sock: socket.socket) -> None:
    """Whoever reads from it is told that nothing more comes."""
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)
