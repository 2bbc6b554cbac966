"""Other sites' players: which hosts a page may embed, and the address that is put into the frame.

Nothing here asks another site. The settings take the hosts of the frames for the content security policy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qs, urlsplit

HOSTS = ["www.youtube.com", "vimeo.com", "archive.org"]
MOST = 500  # characters of an address
# Other names under which a host of the list is known.
ALIASES = {
    "youtube.com": "www.youtube.com",
    "m.youtube.com": "www.youtube.com",
    "youtu.be": "www.youtube.com",
    "www.youtube-nocookie.com": "www.youtube.com",
    "www.vimeo.com": "vimeo.com",
    "player.vimeo.com": "vimeo.com",
    "www.archive.org": "archive.org",
}
# Where the frames of a host come from, if not from the host itself.
FRAMES = {"www.youtube.com": "www.youtube-nocookie.com", "vimeo.com": "player.vimeo.com"}
_YOUTUBE = re.compile(r"/(?:shorts|live|embed|v)/([\w-]{6,20})")
_VIMEO = re.compile(r"/(?:video/)?(\d{4,15})")
_ARCHIVE = re.compile(r"/(?:details|embed)/([\w.-]{1,100})")


def address(typed: str) -> str | None:
    """``typed`` as an https address of at most MOST characters without a user or a port; None if it is not one."""
    text = typed.strip()
    if len(text) > MOST or re.search(r"[\x00-\x20\"'<>\\`]", text):
        return None
    try:
        parts = urlsplit(text)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.port:
            return None
    except ValueError:
        return None
    return parts._replace(scheme="https", netloc=parts.hostname).geturl()


def host(url: str) -> str:
    """The name of the host of ``url``, under which the list knows it."""
    name = urlsplit(url).hostname or ""
    return ALIASES.get(name, name)


def player(url: str, allowed: Iterable[str]) -> str | None:
    """What a frame shows for ``url``; None if its host is not ``allowed`` or there is nothing to play at it."""
    name, parts = host(url), urlsplit(url)
    if name not in set(allowed):
        return None
    if name == "www.youtube.com":
        short = parts.path[1:] if parts.hostname == "youtu.be" else parse_qs(parts.query).get("v", [""])[0]
        found = _YOUTUBE.match(parts.path)
        key = found[1] if found else short
        return f"https://{FRAMES[name]}/embed/{key}" if re.fullmatch(r"[\w-]{6,20}", key) else None
    if name == "vimeo.com":
        found = _VIMEO.match(parts.path)
        return f"https://{FRAMES[name]}/video/{found[1]}?dnt=1" if found else None
    if name == "archive.org":
        found = _ARCHIVE.match(parts.path)
        return f"https://archive.org/embed/{found[1]}" if found else None
    return url


def frame_sources(allowed: Iterable[str]) -> list[str]:
    """The hosts that frames come from, as the content security policy writes them."""
    return sorted({f"https://{FRAMES.get(name, name)}" for name in allowed})
