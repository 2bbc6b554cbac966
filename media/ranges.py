"""Uploaded video and sound in pieces, as players ask for them (RFC 9110, section 14)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified, StreamingHttpResponse
from django.utils.http import http_date

CHUNK = 64 * 1024
# Types a browser may show in place; anything else is offered as a download, so that no upload is ever run as a page.
SHOWN = {
    ".mp4": "video/mp4", ".m4v": "video/mp4", ".webm": "video/webm", ".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".aac": "audio/aac",
    ".ogg": "audio/ogg", ".oga": "audio/ogg", ".opus": "audio/ogg", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png",
    ".webp": "image/webp", ".vtt": "text/vtt", ".m3u8": "application/vnd.apple.mpegurl", ".ts": "video/mp2t", ".m4s": "video/mp4",
}  # fmt: skip
_ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class OutsideFile(Exception):
    """The range asked for lies behind the end of the file."""


@dataclass(frozen=True)
class Stored:
    """A file wherever it lies: ``modified`` in seconds since 1970, ``pieces(first, last)`` reads these bytes and no others."""

    name: str
    size: int
    modified: float
    etag: str
    pieces: Callable[[int, int], Iterator[bytes]]


def on_disk(path: Path) -> Stored:
    """The file at ``path``. Raises OSError if there is none."""
    stat = path.stat()
    etag = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
    return Stored(path.name, stat.st_size, stat.st_mtime, etag, partial(_pieces, path))


def file_response(request: HttpRequest, stored: Stored) -> HttpResponseBase:
    """The file, the one range asked for (206), 304 if the visitor has it, or 416. Several ranges get the whole file."""
    etag, size = stored.etag, stored.size
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": "public, max-age=3600",
        "ETag": etag,
        "Last-Modified": http_date(stored.modified),
    }
    if etag in request.headers.get("If-None-Match", ""):
        return HttpResponseNotModified(headers=headers)
    try:
        wanted = _asked(request, etag=etag, modified=headers["Last-Modified"], size=size)
    except OutsideFile:
        return HttpResponse(status=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    first, last = (0, size - 1) if wanted is None else wanted
    shown = SHOWN.get(PurePosixPath(stored.name).suffix.lower())
    status = 200 if wanted is None else 206
    response: HttpResponseBase = HttpResponse(status=status, headers=headers)
    if request.method != "HEAD" and size:
        response = StreamingHttpResponse(stored.pieces(first, last), status=status, headers=headers)
    response["Content-Type"] = shown or "application/octet-stream"
    response["Content-Length"] = str(last - first + 1)
    if wanted is not None:
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    if shown is None:
        response["Content-Disposition"] = "attachment"
    return response


def _asked(request: HttpRequest, *, etag: str, modified: str, size: int) -> tuple[int, int] | None:
    """First and last byte, or None for the whole file. Raises OutsideFile for a range that begins after its end."""
    match = _ONE_RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if match is None or match.groups() == ("", "") or request.headers.get("If-Range", etag) not in (etag, modified):
        return None
    begin, end = match.groups()
    if not begin:
        begin, end = str(max(0, size - int(end))), ""
    first, last = int(begin), min(int(end), size - 1) if end else size - 1
    if end and int(end) < first:
        return None
    if first >= size:
        raise OutsideFile
    return first, last


def _pieces(path: Path, first: int, last: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (piece := file.read(min(CHUNK, left))):
            left -= len(piece)
            yield piece
