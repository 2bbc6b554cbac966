"""The one way out to addresses that somebody typed: public hosts over https, or those that the operator named.

The address is looked up once and connected to as looked up, so that no name can point elsewhere in between. Redirects
are not followed. Whatever the other side or a name server does, a call ends after TOTAL seconds, or those it is given.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from threading import Thread, Timer
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

TIMEOUT, TOTAL = 5.0, 15.0  # seconds without a byte, and altogether
# All public IPv6 lies in here; NAT64 (64:ff9b::/96, 64:ff9b:1::/48), fec0::/10 and ::/96 do not. Source: IANA registry.
UNICAST = ipaddress.ip_network("2000::/3")
RELAYS = ipaddress.ip_network("192.88.99.0/24")  # 6to4, RFC 7526


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
        if found.ipv4_mapped is None:
            return found in UNICAST and found.is_global and not (found.sixtofour or found.teredo)
        found = found.ipv4_mapped
    return found.is_global and not found.is_multicast and found not in RELAYS


def _is_private_literal(host: str) -> bool:
    try:
        return not is_public(host)
    except ValueError:
        return False


def post(url: str, *, body: bytes, headers: dict[str, str]) -> int:
    """The status with which ``url`` answers to ``body``. Raises Barred, OSError, http.client.HTTPException."""
    return ask(url, body=body, headers=headers, seconds=TOTAL)[0]


def ask(url: str, *, body: bytes, headers: dict[str, str], seconds: float, most: int = 0) -> tuple[int, bytes]:
    """Status and body (``most`` bytes at most) with which ``url`` answers to ``body``.

    Looking the name up, connecting, shaking hands and reading take ``seconds`` altogether. Raises Barred, OSError
    (TimeoutError when the time is over), http.client.HTTPException.
    """
    until = time.monotonic() + seconds
    parts = check_address(url)
    link = _connect(parts, until)
    end = Timer(max(0.0, until - time.monotonic()), _cut, [link])
    end.daemon = True
    end.start()
    call = http.client.HTTPConnection(parts.hostname or "", timeout=TIMEOUT)
    call.sock = link
    try:
        if isinstance(link, ssl.SSLSocket):
            link.do_handshake()
        target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        call.request("POST", target, body, {"Host": parts.netloc, "User-Agent": "Newsroom", **headers})
        response = call.getresponse()
        answer = response.read(most) if most else b""
    finally:
        end.cancel()
        call.close()
        link.close()
    _left(until)
    return response.status, answer


def _left(until: float) -> float:
    """The seconds that are left. Raises TimeoutError if there are none."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError(_("It took too long."))
    return left


def _connect(parts: SplitResult, until: float) -> socket.socket:
    """A connection, for TLS before the handshake. Raises Barred if the name leads, or may lead, into a private network."""
    host, is_tls = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if is_tls else 80)
    addresses = _look_up(host, port, until)
    if not is_trusted(host, parts.port) and not all(is_public(address) for address in addresses):
        raise Barred(_("This address lies in a private network."))
    link = socket.create_connection((addresses[0], port), min(TIMEOUT, _left(until)))
    if not is_tls:
        return link
    try:
        return ssl.create_default_context().wrap_socket(link, server_hostname=host, do_handshake_on_connect=False)
    except (OSError, ValueError):
        link.close()
        raise


def _look_up(host: str, port: int, until: float) -> list[str]:
    """The addresses of ``host``. A name server that is silent is waited for by a thread of its own, and no longer here."""
    found: list[list[str] | Exception] = []

    def ask_for_it() -> None:
        try:
            entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.append([str(entry[4][0]) for entry in entries])
        except Exception as error:  # noqa: BLE001  # it is raised where it was asked for
            found.append(error)

    asking = Thread(target=ask_for_it, daemon=True)
    asking.start()
    asking.join(_left(until))
    if not found:
        raise TimeoutError(_("It took too long."))
    if isinstance(found[0], Exception):
        raise found[0]
    return found[0]


def _cut(link: socket.socket) -> None:
    """Whoever waits on ``link`` waits no longer."""
    try:
        socket.socket.shutdown(link, socket.SHUT_RDWR)  # TLS or not
    except OSError:  # it ended by itself
        return
