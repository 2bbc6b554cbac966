"""The way out leads to public hosts over https, or to those that the operator named, and nowhere else."""

import http.client
import socket
import threading
import time

import pytest

from newsroom import outgoing
from tests.listening import listening

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/", "https://127.0.0.1/", "https://[::1]/", "https://10.0.0.8/", "https://169.254.169.254/latest/",
        "https://[::ffff:127.0.0.1]/", "https://localhost/", "https://db.internal/", "https://user:word@example.org/", "ftp://example.org/",
        "file:///etc/passwd", "https://", "https://[", "https://example.org:99999/", "https://exam ple.org/", "https://example.org/\r\nX: y", "",
    ],
)  # fmt: skip
def test_addresses_that_are_not_spoken_to(url):
    with pytest.raises(outgoing.Barred):
        outgoing.check_address(url)


@pytest.mark.parametrize("url", ["https://example.org/told?a=b", "https://example.org:8443/", "https://93.184.215.14/"])
def test_public_hosts_over_https_are_spoken_to(url):
    assert outgoing.check_address(url).hostname


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True), ("2606:2800:21f::1", True), ("192.168.1.1", False), ("100.64.0.1", False), ("0.1.2.3", False),
        ("224.0.0.1", False), ("fe80::1%eth0", False), ("fd00::1", False), ("2002:7f00:1::", False), ("64:ff9b::7f00:1", False),
        ("64:ff9b:1::7f00:1", False), ("fec0::1", False), ("::7f00:1", False), ("::ffff:10.0.0.8", False), ("ff0e::1", False),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", False), ("::ffff:93.184.215.14", True), ("192.88.99.1", False), ("239.1.1.1", False),
    ],
)  # fmt: skip
def test_which_networks_are_public(address, public):
    assert outgoing.is_public(address) is public


def test_a_name_that_points_into_a_private_network_is_refused_before_anything_is_sent(monkeypatch):
    inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 443)) for ip in ("93.184.215.14", "10.0.0.8")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: inside)
    with pytest.raises(outgoing.Barred):
        outgoing.post("https://rebound.example.org/", body=b"", headers={})


def test_a_redirect_is_an_answer_and_not_followed(settings):
    with listening() as ear:
        settings.OUTGOING_HOSTS = [ear.host]
        ear.answers = [302]
        assert outgoing.post(ear.url, body=b"x", headers={}) == 302
        assert [path for path, _headers, _body in ear.heard] == ["/told?by=us"]


def test_a_name_server_that_never_answers_keeps_nobody_waiting(monkeypatch):
    silence = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: silence.wait(10))
    begun = time.monotonic()
    with pytest.raises(TimeoutError):
        outgoing.ask("https://example.org/", body=b"", headers={}, seconds=0.1)
    silence.set()
    assert time.monotonic() - begun < 5


def test_a_handshake_that_drags_on_keeps_nobody_waiting(settings, monkeypatch):
    """Each wait is short; only the whole is long."""
    monkeypatch.setattr(outgoing, "TIMEOUT", 10)
    settings.OUTGOING_HOSTS = ["127.0.0.1"]
    begun = time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises((OSError, http.client.HTTPException)):
        outgoing.ask(f"https://127.0.0.1:{server.getsockname()[1]}/", body=b"", headers={}, seconds=0.2)
    assert time.monotonic() - begun < 5


def test_who_never_answers_keeps_nobody_waiting(settings, monkeypatch):
    monkeypatch.setattr(outgoing, "TOTAL", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.OUTGOING_HOSTS = ["127.0.0.1"]
        with pytest.raises((OSError, http.client.HTTPException)):
            outgoing.post(f"http://127.0.0.1:{server.getsockname()[1]}/", body=b"", headers={})
