"""Finished public pages, kept in this process and given out before Django is touched.

A page is kept under the stamp that the database had before it was made (newsroom.page_stamp). Whatever is committed by
whomever changes the stamp, so no act has to say which pages it changes, and none can forget one: a page is out of date
for page_stamp.LATE seconds at most, for whoever carries a cookie (and so may have written) not at all. It ends with the
next moment at which something turns public or stops being so, and after KEPT seconds.

Only pages that are the same for everyone are kept: a view says so with ``keep`` (see newsroom.public_page).
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import unquote_plus

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from newsroom import frame
from newsroom.finished_page import FinishedPage, Headers, StartResponse
from newsroom.languages import PERSONAL
from newsroom.page_stamp import DatabaseStamp, Seen

Environ = dict[str, Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Key = tuple[str, ...]
KEPT = 20.0  # seconds: “five minutes ago” must go on
TICKET = "newsroom.page_ticket"
ASKED_FOR = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
# What other sites hang onto our addresses to know where readers came from. No page looks at it.
LABELS = frozenset({"fbclid", "gclid", "dclid", "msclkid", "twclid", "igshid", "mc_cid", "mc_eid", "ref_src"})
_moments: list[Callable[[datetime], datetime | None]] = []


class NextTurn:
    """When the clock alone changes next what is public, asked once for each stamp."""

    def __init__(self) -> None:
        # Replaced whole: threads may do the work twice, never mix it.
        self._known: tuple[str, datetime | None] = ("", None)

    def after(self, stamp: str) -> datetime | None:
        """The first of the registered moments that lies ahead; None if none does."""
        known, moment = self._known
        now = timezone.now()
        if known != stamp or (moment is not None and moment <= now):
            found = [next_moment(now) for next_moment in _moments]
            moment = min((one for one in found if one is not None), default=None)
            self._known = (stamp, moment)
        return moment


@dataclass
class Ticket:
    """Lies in the request. ``keep`` fills in the stamp, without which nothing is kept."""

    ask: Callable[[], Seen | None]
    turn: NextTurn
    stamp: str = ""
    until: datetime | None = None


def register_moment(next_moment: Callable[[datetime], datetime | None]) -> None:
    """No page outlives ``next_moment(now)``: when the clock alone changes next what is public (None: never)."""
    _moments.append(next_moment)


def keep(request: HttpRequest) -> None:
    """The answer to ``request`` may be kept: it is the same for everyone. To be called before anything is read for it.

    Nothing happens where no page is kept. One query for each registered moment after something was committed, else none.
    """
    ticket: Ticket | None = request.META.get(TICKET)
    if ticket is None or hasattr(request, "site_at") or hasattr(request, "_frame"):
        return
    seen = ticket.ask()
    if seen is None or seen.is_away:
        return
    moments = ticket.turn.after(seen.stamp), frame.for_request(request).next_alarm
    ticket.stamp, ticket.until = seen.stamp, min((one for one in moments if one is not None), default=None)
    for name in ASKED_FOR:  # the whole page is wanted; the store compares
        request.META.pop(name, None)


@dataclass
class Kept:
    """A page on the shelf: under which stamp, until which monotonic second, and until which moment of the clock."""

    page: FinishedPage
    stamp: str
    fresh_until: float
    until: datetime | None

    def is_good(self, seen: Seen | None) -> bool:
        """Whether it may be given out after what the database said; while that is away age does not count."""
        if seen is None or self.stamp != seen.stamp or (self.until is not None and self.until <= timezone.now()):
            return False
        return seen.is_away or time.monotonic() < self.fresh_until


class Shelf:
    """Pages by key, ``most`` bytes of them; what nobody asked for longest goes first. Safe for threads."""

    def __init__(self, most: int) -> None:
        self._most, self._size = most, 0
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> Kept | None:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: Key, kept: Kept) -> None:
        with self._lock:
            self._take_out(key)
            if kept.page.size > self._most // 8:
                return
            self._kept[key] = kept
            self._size += kept.page.size
            while self._size > self._most:
                self._take_out(next(iter(self._kept)))

    def _take_out(self, key: Key) -> None:
        old = self._kept.pop(key, None)
        if old is not None:
            self._size -= old.page.size


class PageStore:
    """The WSGI application ``application`` behind a shelf of finished pages."""

    def __init__(self, application: Application, *, most: int) -> None:
        self.application, self.shelf = application, Shelf(most)
        self.stamp, self.turn = DatabaseStamp(), NextTurn()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        key = _key(environ)
        if key is None:
            return self.application(environ, start_response)
        ask = partial(self.stamp.seen, exactly=bool(environ.get("HTTP_COOKIE")))
        kept = self.shelf.get(key)
        if kept is not None and kept.is_good(ask()):
            return kept.page.answer(environ, start_response)
        if environ["REQUEST_METHOD"] == "HEAD":
            return self.application(environ, start_response)
        return self._make(key, Ticket(ask, self.turn), environ, start_response)

    def _make(self, key: Key, ticket: Ticket, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        asked: Environ = {name: environ[name] for name in ASKED_FOR if name in environ}
        said: list[tuple[str, Headers]] = []
        environ[TICKET] = ticket
        response = self.application(environ, lambda *answer: said.append(answer[:2]))
        status, headers = said[-1]
        if not ticket.stamp or not status.startswith("200 ") or not _is_for_all(headers):
            start_response(status, headers)
            return response
        try:
            page = FinishedPage(headers, b"".join(response))
        finally:
            getattr(response, "close", lambda: None)()
        self.shelf.put(key, Kept(page, ticket.stamp, time.monotonic() + KEPT, ticket.until))
        return page.answer({**environ, **asked}, start_response)


def around(application: Application) -> Application:
    """``application`` with pages kept in PAGE_STORE_MEGABYTES of this process's memory; itself if that is 0."""
    megabytes: int = settings.PAGE_STORE_MEGABYTES
    return PageStore(application, most=megabytes * 2**20) if megabytes else application


def _key(environ: Environ) -> Key | None:
    """What the answer depends on; None if it is none to keep: another method, somebody's own pages, a query."""
    path = environ.get("PATH_INFO", "")
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or path.startswith(PERSONAL):
        return None
    if not all(_is_label(part) for part in environ.get("QUERY_STRING", "").split("&")):
        return None
    return (
        path,
        environ.get("HTTP_HOST", ""),
        environ.get("wsgi.url_scheme", ""),
        environ.get("HTTP_X_FORWARDED_PROTO", ""),
    )


def _is_label(part: str) -> bool:
    name = unquote_plus(part.partition("=")[0])
    return not part or name in LABELS or name.startswith("utm_")


def _is_for_all(headers: Iterable[tuple[str, str]]) -> bool:
    """Whether nothing in ``headers`` is one reader's own: no cookie, no nonce, nothing private or that varies with who asks."""
    for name, value in headers:
        lower = name.lower()
        if lower == "set-cookie" or (lower == "content-security-policy" and "'nonce-" in value):
            return False
        if lower == "vary" and value.lower() != "accept-encoding":
            return False
        if lower == "cache-control" and any(word in value.lower() for word in ("private", "no-store", "no-cache")):
            return False
    return True
