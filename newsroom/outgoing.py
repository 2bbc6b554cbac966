"""The one way out to addresses that somebody typed: public hosts over https, or those that the operator named.

The address is looked up once and connected to as looked up, so that no name can point elsewhere in between. Redirects
are not followed. Whatever the other side does, a call ends after TOTAL seconds.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

TIMEOUT, TOTAL = 5.0, 15.0  # seconds without a byte, and altogether
EMBEDS_IPV4 = ipaddress.ip_network("64:ff9b::/96")  # NAT64, RFC 6052


class Barred(Exception):
    """An address that the site does not speak to. ``str()`` is the sentence for people."""


def check_address(url: str) -> SplitResult:
    """The parts of ``url`` if it may be spoken to, as far as it says itself. Raises Barred. Nothing is looked up."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Barred(_("This is no address.")) from error
    if not host or parts.username or parts.password or not url.isascii() or not url.isprintable() or " " in url:
        raise Barred(_("This is no address."))
    if is_trusted(host, port) and parts.scheme in {"http", "https"}:
        return parts
    if parts.scheme != "https":
        raise Barred(_("Only https:// addresses are spoken to."))
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")) or _is_private_literal(host):
        raise Barred(_("This address lies in a private network."))
    return parts


def is_trusted(host: str, port: int | None) -> bool:
    """Whether the operator named this host (OUTGOING_HOSTS), with or without its port."""
    return host in settings.OUTGOING_HOSTS or f"{host}:{port}" in settings.OUTGOING_HOSTS


def is_public(address: str) -> bool:
    """Whether the IP ``address`` is one of the open Internet, and not another one in disguise."""
    found = ipaddress.ip_address(address.split("%", 1)[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        elif found.sixtofour or found.teredo or found in EMBEDS_IPV4:
            return False
    return found.is_global and not found.is_multicast


def _is_private_literal(host: str) -> bool:
    try:
        return not is_public(host)
    except ValueError:
        return False


def post(url: str, *, body: bytes, headers: dict[str, str]) -> int:
    """The status with which ``url`` answers to ``body``. Raises Barred, OSError, http.client.HTTPException."""
    parts = check_address(url)
    host, is_tls = parts.hostname or "", parts.scheme == "https"
    link = _connect(host, parts.port or (443 if is_tls else 80), is_tls=is_tls, trusted=is_trusted(host, parts.port))
    end = Timer(TOTAL, _cut, [link])
    end.daemon = True
    end.start()
    call = http.client.HTTPConnection(host, timeout=TIMEOUT)
    call.sock = link
    try:
        target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        call.request("POST", target, body, {"Host": parts.netloc, "User-Agent": "Newsroom", **headers})
        return call.getresponse().status
    finally:
        end.cancel()
        call.close()
        link.close()


def _connect(host: str, port: int, *, is_tls: bool, trusted: bool) -> socket.socket:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    if not trusted and not all(is_public(address) for address in addresses):
        raise Barred(_("This address lies in a private network."))
    link = socket.create_connection((addresses[0], port), TIMEOUT)
    try:
        return ssl.create_default_context().wrap_socket(link, server_hostname=host) if is_tls else link
    except OSError:
        link.close()
        raise


def _cut(link: socket.socket) -> None:
    """Whoever waits on ``link`` waits no longer."""
    try:
        link.shutdown(socket.SHUT_RDWR)
    except OSError:  # it ended by itself
        return
