"""What public forms know of who fills them in, without keeping anybody's address: how long a form was open, a keyed hash."""

from __future__ import annotations

import ipaddress

from django.core import signing
from django.core.cache import BaseCache, cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac


def address_of(request: HttpRequest) -> str:
    """The visitor's network address (newsroom.proxy sees to it behind a proxy)."""
    return str(request.META.get("REMOTE_ADDR", ""))


def network_of(request: HttpRequest) -> str:
    """What limits count as one visitor: the IPv4 address, or the /64 network of an IPv6 address, which one line has whole."""
    typed = address_of(request)
    try:
        address = ipaddress.ip_address(typed.partition("%")[0])
    except ValueError:
        return typed
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.IPv6Network((address, 64), strict=False))


def line_of(request: HttpRequest) -> str | None:
    """The first address of ``network_of``: what counts wrong passwords stores an address. None if there is none."""
    return network_of(request).partition("/")[0] or None


def hashed(kind: str, value: str) -> str:
    """A keyed hash of ``value`` (64 hex digits): comparable here, worthless elsewhere. Empty for an empty value."""
    return salted_hmac(kind, value, algorithm="sha256").hexdigest() if value else ""


def new_stamp(salt: str) -> str:
    """A signed note of this moment, for a form that opens now."""
    return signing.dumps(timezone.now().timestamp(), salt=salt)


def age_of(stamp: str, salt: str) -> float | None:
    """How many seconds old a stamp of ours is; None for any other text."""
    try:
        return max(0.0, timezone.now().timestamp() - float(signing.loads(stamp, salt=salt)))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def is_within_rate(key: str, *, most: int, seconds: int) -> bool:
    """Whether ``key`` may act once more: ``most`` times in ``seconds``. Counts in the cache, atomically."""
    return any(cache.add(f"rate-{key}-{n}", 1, timeout=seconds) for n in range(most))


def acts_of(key: str, counted_in: BaseCache, seconds: int) -> int:
    """How often ``key`` acted since its first act of the last ``seconds``, this one with it. One entry, two questions."""
    counted_in.add(key, 0, timeout=seconds)
    try:
        return counted_in.incr(key)
    except ValueError:  # it ended in between
        counted_in.set(key, 1, timeout=seconds)
        return 1
