"""An answer as bytes: compressed as the reader's browser likes it, or 304 if it is there already."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from functools import cached_property
from typing import Any

import brotli

Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
LEAST = 1000  # bytes; below that compressing costs more than it saves
TEXTS = ("text/", "application/json", "application/ld+json", "application/xml", "application/rss+xml", "image/svg+xml")
OF_THE_BODY = frozenset({"content-length", "content-type", "content-encoding", "content-language"})


class FinishedPage:
    """Headers and body of a page that is the same for everyone. Each encoding is made when it is first asked for."""

    def __init__(self, headers: Headers, body: bytes) -> None:
        self.headers = [(name, value) for name, value in headers if name.lower() not in {"content-length", "vary"}]
        self.body = body
        self.etag = self._header("etag")
        self.can_shrink = len(body) >= LEAST and self._header("content-type").startswith(TEXTS)

    @property
    def size(self) -> int:
        """Bytes that it takes, its encodings included, whether they are made yet or not (guessed at a third of the body)."""
        return len(self.body) + 2 * len(self.body) // 3 + 2000

    def answer(self, environ: dict[str, Any], start_response: StartResponse) -> list[bytes]:
        """What a WSGI application returns for GET and HEAD, conditional requests included (RFC 9110, 13)."""
        encoding = self._encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if self._is_there(environ):
            start_response("304 Not Modified", self._head(encoding, without=OF_THE_BODY))
            return []
        body = {"br": lambda: self._brotli, "gzip": lambda: self._gzip}.get(encoding, lambda: self.body)()
        start_response("200 OK", [*self._head(encoding), ("Content-Length", str(len(body)))])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    @cached_property
    def _brotli(self) -> bytes:
        return bytes(brotli.compress(self.body, quality=5))

    @cached_property
    def _gzip(self) -> bytes:
        return gzip.compress(self.body, compresslevel=6, mtime=0)

    def _header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")

    def _encoding(self, accepted: str) -> str:
        if not self.can_shrink:
            return ""
        return next((name for name in ("br", "gzip") if _accepts(accepted, name)), "")

    def _is_there(self, environ: dict[str, Any]) -> bool:
        asked = environ.get("HTTP_IF_NONE_MATCH")
        if asked is not None:
            tags = {tag.strip().removeprefix("W/") for tag in asked.split(",")}
            return bool(self.etag) and ("*" in tags or self.etag.removeprefix("W/") in tags)
        modified = self._header("last-modified")
        return bool(modified) and environ.get("HTTP_IF_MODIFIED_SINCE") == modified

    def _head(self, encoding: str, without: frozenset[str] = frozenset()) -> Headers:
        head = [(name, value) for name, value in self.headers if name.lower() not in without | {"etag"}]
        if self.etag:  # other bytes: the strong tag is the plain body's alone
            head.append(("ETag", f"W/{self.etag}" if encoding and not self.etag.startswith("W/") else self.etag))
        if encoding and "content-encoding" not in without:
            head.append(("Content-Encoding", encoding))
        return [*head, ("Vary", "Accept-Encoding")] if self.can_shrink else head


def _accepts(header: str, name: str) -> bool:
    """Whether ``header`` (Accept-Encoding) names ``name`` and does not forbid it."""
    for part in header.split(","):
        encoding, _, weight = part.partition(";")
        if encoding.strip().lower() == name:
            return weight.replace(" ", "").lower() not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False
