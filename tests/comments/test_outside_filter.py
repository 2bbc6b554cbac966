"""A filter of the newsroom's own, on a real server: what it says holds, and what holds while it says nothing."""

import hashlib
import hmac
import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from comments.models import CommentRules, Status
from comments.own import edit
from comments.submission import submit
from newsroom.choices import CommentMode
from newsroom.models import SiteIdentity
from tests.factories import LiveArticleFactory

pytestmark = pytest.mark.django_db


@contextmanager
def filter_that(answer):
    """A server that answers with ``answer(handler)``; gives its address and what it was sent."""
    heard = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.append((body, self.headers["X-Newsroom-Signature"]))
            try:
                answer(self)
            except OSError:  # we hung up
                return

        def log_message(self, *args):
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/check", heard
    finally:
        server.shutdown()
        server.server_close()


def says(status=200, **answer):
    def send(handler):
        body = json.dumps(answer).encode()
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return send


def drips(handler):
    """One byte now and then: no single wait is long."""
    handler.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")
    for _n in range(30):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def post(url, reader, settings, milliseconds=300, **numbers):
    settings.HOOK_SECRET, settings.OUTGOING_HOSTS = "between us", ["127.0.0.1"]
    CommentRules(outside_url=url, outside_milliseconds=milliseconds, **numbers).save()
    return submit(article=LiveArticleFactory(comment_mode=CommentMode.OPEN), author=reader, body="Who did the sum?")


@pytest.mark.parametrize(
    ("answer", "status", "reason"),
    [
        (says(verdict="pass"), Status.PUBLISHED, ""),
        (says(verdict="hold", reason="Angry\nwords"), Status.WAITING, "Outside filter: Angry words"),
        (says(verdict="reject"), Status.REJECTED, "Outside filter"),
        (says(verdict="spam"), Status.SPAM, "Outside filter"),
        (says(verdict=["pass"]), Status.WAITING, "The outside filter gave no verdict"),
        (says(status=500, verdict="pass"), Status.WAITING, "The outside filter did not answer"),
        (says(status=302, verdict="pass"), Status.WAITING, "The outside filter did not answer"),
        (drips, Status.WAITING, "The outside filter did not answer"),
    ],
)
def test_what_the_filter_says_holds(answer, status, reason, reader, settings):
    with filter_that(answer) as (url, _heard):
        comment = post(url, reader, settings)

    assert (comment.status, comment.reason) == (status, reason)


@pytest.mark.parametrize(("failing", "status"), [("hold", Status.WAITING), ("pass", Status.PUBLISHED)])
def test_a_filter_that_is_not_there_holds_or_passes_as_the_rules_say(failing, status, reader, settings):
    assert post("http://127.0.0.1:9/", reader, settings, outside_failing=failing).status == status


def test_a_filter_in_a_private_network_is_spoken_to_only_if_the_operator_named_it(reader, settings):
    with filter_that(says(verdict="pass")) as (url, heard):
        settings.HOOK_SECRET, settings.OUTGOING_HOSTS = "between us", []
        with pytest.raises(ValidationError, match="https"):
            CommentRules(outside_url=url).full_clean()
        CommentRules(outside_url=url).save()
        article = LiveArticleFactory(comment_mode=CommentMode.OPEN)
        assert submit(article=article, author=reader, body="Who did the sum?").status == Status.WAITING
    assert heard == []


def test_the_message_is_signed_and_tells_no_address(reader, settings):
    with filter_that(says(verdict="pass")) as (url, heard):
        post(url, reader, settings)

    body, signature = heard[0]
    moment, mac = (part.partition("=")[2] for part in signature.split(","))
    assert mac == hmac.new(b"between us", f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    assert json.loads(body)["text"] == "Who did the sum?"
    assert reader.email not in body.decode()


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_filter_thinks(reader, settings):
    def writes(handler):
        """On SQLite it would wait for the end of a transaction of ours, longer than we wait for it."""
        try:
            SiteIdentity.objects.filter(pk=1).update(tagline="Meanwhile")
        finally:
            connection.close()
        says(verdict="pass")(handler)

    with filter_that(writes) as (url, heard):
        comment = post(url, reader, settings, milliseconds=2000)
        edit(comment=comment, body="Who did the sums?")

    assert (comment.status, SiteIdentity.load().tagline) == (Status.PUBLISHED, "Meanwhile")
    assert [json.loads(body)["text"] for body, _signature in heard] == ["Who did the sum?", "Who did the sums?"]
