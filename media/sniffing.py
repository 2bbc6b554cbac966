"""What a file is, told by its bytes alone; nothing here decodes a picture."""

from __future__ import annotations

import re
import struct
from typing import BinaryIO

EXTENSIONS = {
    "JPEG": ("jpg", "jpeg", "jpe", "jfif"),
    "PNG": ("png",),
    "WEBP": ("webp",),
    "GIF": ("gif",),
    "AVIF": ("avif",),
    "TIFF": ("tif", "tiff"),
    "HEIC": ("heic", "heif", "hif"),
}
_STARTS = {
    "JPEG": (b"\xff\xd8\xff",),
    "PNG": (b"\x89PNG\r\n\x1a\n",),
    "GIF": (b"GIF87a", b"GIF89a"),
    "TIFF": (b"II*\x00", b"MM\x00*"),
}
_MARKUP = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<(?:!doctype|\?xml|\?php|!--|html|head|body|script|svg)", re.IGNORECASE)
# Whole words that no camera or agency writes, yet a browser or server would run if it took the picture for a page.
_SCRIPT = re.compile(rb"<script[\s>/]|<iframe[\s>]|<!doctype\s+html|<\?php\s|<svg\s[^>]{0,300}xmlns", re.IGNORECASE)
_CHUNK = 1024 * 1024
_OVERLAP = 400


def sniff(head: bytes) -> str | None:
    """The format whose first bytes ``head`` (32 or more) shows: a key of EXTENSIONS, "MARKUP" or None."""
    for kind, starts in _STARTS.items():
        if head.startswith(starts):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp":
        return _iso_brand(head[8:12])
    return "MARKUP" if _MARKUP.match(head) else None


def _iso_brand(brand: bytes) -> str | None:
    if brand in (b"avif", b"avis"):
        return "AVIF"
    return "HEIC" if brand in (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1") else None


def is_webvtt(data: bytes) -> bool:
    """``data`` is UTF-8 and begins as captions in WebVTT must.

    Source: W3C, WebVTT, section 4.1.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return re.match(r"WEBVTT(?:[ \t\r\n]|$)", text) is not None and "\x00" not in text


def webp_size(head: bytes) -> tuple[int, int] | None:
    """Width and height of a WebP file from its first 30 bytes. Pillow would set aside the whole canvas to tell.

    Source: WebP container specification, "VP8X", "VP8L" and RFC 6386 section 9.1.
    """
    kind, body = head[12:16], head[20:30]
    if len(body) < 10:
        return None
    if kind == b"VP8X":
        return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", body[6:10])
        return width & 0x3FFF, height & 0x3FFF
    return None


def carries_script(file: BinaryIO) -> bool:
    """The file holds text that a browser could run. Reads it once from the start, a megabyte at a time."""
    file.seek(0)
    tail = b""
    while chunk := file.read(_CHUNK):
        if _SCRIPT.search(tail + chunk):
            return True
        tail = chunk[-_OVERLAP:]
    return False
