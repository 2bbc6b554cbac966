"""Finished pages: what is kept, for how long, and that nobody is given what was overtaken."""

import gzip
import threading
from collections import Counter
from datetime import timedelta
from io import BytesIO
from urllib.parse import unquote_to_bytes

import brotli
import pytest
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, connection
from django.utils import timezone

from articles import publishing
from articles.models import Article
from newsroom import page_stamp, page_store
from newsroom.finished_page import FinishedPage
from newsroom.models import SiteIdentity
from newsroom.page_store import PageStore
from tests.articles import stories
from tests.every_page import FORMS, STATUS, every_page

WRITER = {"HTTP_COOKIE": "csrftoken=x"}  # who may have written, and so is given nothing old
pytestmark = pytest.mark.django_db(transaction=True)
# PostgreSQL's stamp is that of the whole server, where other processes of the tests commit as well and make pages go.
counts_exactly = pytest.mark.once


class Reader:
    """Asks the store as a server does. ``made`` counts the pages that Django was asked for, by path."""

    def __init__(self):
        django, self.made, self.during = get_wsgi_application(), Counter(), lambda: None

        def application(environ, start_response):
            self.made[environ["PATH_INFO"]] += 1
            answer = django(environ, start_response)
            self.during()
            return answer

        self.store = PageStore(application, most=2**20)

    def ask(self, path, **given):
        """(status, headers, body) of an answer to GET ``path``."""
        said = []
        path, _, query = unquote_to_bytes(path).decode("latin-1").partition("?")  # as PEP 3333 has it
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "testserver", "SERVER_PORT": "80",
            "HTTP_HOST": "127.0.0.1", "wsgi.url_scheme": "http", "wsgi.input": BytesIO(), "wsgi.errors": BytesIO(), **given,
        }  # fmt: skip
        answer = self.store(environ, lambda status, headers: said.append((status, headers)))
        body = b"".join(answer)
        getattr(answer, "close", lambda: None)()
        status, headers = said[-1]
        return int(status.split()[0]), dict(headers), body

    def reads(self, path, **given):
        """The page as text."""
        return self.ask(path, **given)[2].decode()


@pytest.fixture
def reader(monkeypatch):
    """Asks a store in which an answer of the database counts for no time at all."""
    monkeypatch.setattr(page_stamp, "LATE", 0)
    SiteIdentity.load()  # the first page of a new site writes its row
    asking = Reader()
    yield asking
    asking.store.stamp.close()


@pytest.fixture
def story():
    return stories.live(headline="The harbour opened").get_absolute_url()


def test_a_page_is_kept_while_nothing_is_committed(reader, story):
    def is_kept():
        reader.ask(story)
        made = reader.made[story]
        reader.ask(story)
        return reader.made[story] == made

    assert any(is_kept() for _again in range(100))


@counts_exactly
def test_the_second_reader_is_given_the_same_bytes_without_django(reader, story):
    first, second = reader.ask(story), reader.ask(story)
    assert first == second
    assert first[0] == 200 and b"The harbour opened" in first[2]
    assert first[1]["Content-Security-Policy"] and first[1]["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert reader.made[story] == 1


def test_whatever_is_committed_makes_the_page_anew(reader, story):
    reader.ask(story)
    Article.objects.update(headline="The harbour closed")
    assert "The harbour closed" in reader.reads(story)
    SiteIdentity.objects.update(name="Elsewhere")
    assert "Elsewhere" in reader.reads(story)
    assert reader.made[story] >= 3


def test_a_story_taken_back_is_gone_at_once(reader, story):
    reader.ask(story)
    publishing.withdraw(article=Article.objects.get(), by=stories.person("Publisher"), note="wrong")
    assert reader.ask(story)[0] == 404
    assert reader.ask(story)[0] == 404 and reader.made[story] >= 3  # errors are not kept


def test_who_only_reads_may_be_given_a_page_a_moment_old(reader, story, monkeypatch):
    monkeypatch.setattr(page_stamp, "LATE", 60)
    reader.ask(story)
    Article.objects.update(headline="The harbour closed")
    assert "The harbour opened" in reader.reads(story)
    assert "The harbour closed" in reader.reads(story, **WRITER)
    assert "The harbour closed" in reader.reads(story)


def test_a_page_overtaken_while_it_was_made_is_not_given_to_the_next(reader, story):
    def change():
        reader.during = lambda: None
        Article.objects.update(headline="The harbour closed")

    reader.during = change
    assert "The harbour opened" in reader.reads(story)
    assert "The harbour closed" in reader.reads(story)


def test_what_is_not_committed_yet_changes_nothing(reader, story):
    reader.ask(story)
    from django.db import transaction

    with transaction.atomic():
        Article.objects.update(headline="The harbour closed")
        answer = []
        asking = threading.Thread(target=lambda: answer.append(reader.reads(story)))
        asking.start()
        asking.join()
        assert "The harbour opened" in answer[0]
    assert "The harbour closed" in reader.reads(story)


@counts_exactly
@pytest.mark.parametrize(
    "turn",
    [
        lambda article, moment: Article.objects.filter(pk=article.pk).update(expires_at=moment),
        lambda article, moment: Article.objects.filter(pk=stories.live().pk).update(published_at=moment),
    ],
    ids=["expiry", "publication"],
)
def test_no_page_outlives_the_moment_at_which_the_clock_changes_it(reader, turn, monkeypatch):
    article = stories.live(headline="The harbour opened")
    turn(article, timezone.now() + timedelta(seconds=5))
    for path in ("/", article.get_absolute_url()):
        assert reader.ask(path) == reader.ask(path)
    later = timezone.now() + timedelta(seconds=6)
    monkeypatch.setattr(timezone, "now", lambda: later)
    reader.ask("/")
    assert reader.made["/"] == 2


def test_relative_times_go_on(reader, story, monkeypatch):
    reader.ask(story)
    monkeypatch.setattr(page_store, "KEPT", 0)
    SiteIdentity.objects.update(tagline="New")
    reader.ask(story)
    reader.ask(story)
    assert reader.made[story] >= 3


@pytest.mark.parametrize(("accepted", "open_up"), [("gzip, br;q=0", gzip.decompress), ("gzip, deflate, br, zstd", brotli.decompress), ("", bytes), ("identity", bytes)])  # fmt: skip
def test_the_page_comes_compressed_as_the_browser_likes_it(reader, story, accepted, open_up):
    plain = reader.ask(story)
    _status, headers, body = reader.ask(story, HTTP_ACCEPT_ENCODING=accepted)
    assert open_up(body) == plain[2] and headers["Content-Length"] == str(len(body))
    assert headers["Vary"] == "Accept-Encoding"
    assert headers["ETag"] == (plain[1]["ETag"] if open_up is bytes else f"W/{plain[1]['ETag']}")


@counts_exactly
def test_who_has_the_page_is_told_so_even_as_the_first(reader, story):
    tag = reader.ask(story)[1]["ETag"]
    Article.objects.update(edited_at=timezone.now())  # nothing of it shows
    for given in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        status, headers, body = reader.ask(story, HTTP_IF_NONE_MATCH=given)
        assert (status, body) == (304, b"") and "Content-Length" not in headers
    assert reader.made[story] == 2
    assert reader.ask(story, HTTP_IF_NONE_MATCH='"other"')[0] == 200


@counts_exactly
def test_a_question_for_the_head_is_answered_without_a_body(reader, story):
    length = len(reader.ask(story)[2])
    status, headers, body = reader.ask(story, REQUEST_METHOD="HEAD")
    assert (status, headers["Content-Length"], body) == (200, str(length), b"")
    assert reader.made[story] == 1


@counts_exactly
def test_labels_of_other_sites_ask_for_the_same_page(reader, story):
    plain = reader.ask(story)
    assert reader.ask(f"{story}?utm_source=letter&fbclid=abc") == plain
    assert reader.made[story] == 1


@pytest.mark.parametrize("path", ["/search/?q=harbour", "/?lang=es", "/accounts/login/", "/admin/login/", "/nowhere/", "/news/?page=2", "/?utm_source=x&q=1"])  # fmt: skip
def test_what_is_one_persons_or_one_questions_is_made_each_time(reader, story, path):
    reader.ask(path)
    reader.ask(path)
    assert reader.made[path.partition("?")[0]] == 2


def test_an_answer_with_a_cookie_a_nonce_or_a_vary_is_for_one():
    for header in (
        ("Set-Cookie", "a=b"),
        ("Content-Security-Policy", "script-src 'nonce-x'"),
        ("Vary", "Cookie"),
        ("Cache-Control", "max-age=0, private"),
    ):
        assert not page_store._is_for_all([header])
    assert page_store._is_for_all([("Content-Type", "text/html"), ("Vary", "Accept-Encoding")])


def test_the_page_nobody_asked_for_longest_makes_room():
    page = FinishedPage([], b"x" * 1_000_000)
    shelf = page_store.Shelf(8 * page.size)
    for name in "abcdefghi":
        shelf.put((name,), page_store.Kept(page, "1", 0, None))
        shelf.get(("a",))
    assert [name for name in "abcdefghi" if shelf.get((name,)) is None] == ["b"]
    shelf.put(("huge",), page_store.Kept(FinishedPage([], b"x" * 2_000_000), "1", 0, None))
    assert shelf.get(("huge",)) is None and shelf.get(("a",)) is not None


@counts_exactly
def test_while_the_database_is_away_pages_that_were_right_are_given_out(reader, story, monkeypatch):
    reader.ask(story)

    def away(_self):
        raise OperationalError("gone")

    with monkeypatch.context() as patched:
        patched.setattr(page_stamp.DatabaseStamp, "_answer", away)
        assert "The harbour opened" in reader.reads(story)
        patched.setattr(page_store, "KEPT", 0)
        assert "The harbour opened" in reader.reads(story)
        assert reader.made[story] == 1
        patched.setattr(page_stamp, "PAUSE", 0)
        patched.setattr(page_stamp, "OUTAGE", 0)
        reader.ask(story)  # Django, which would say what is wrong
        assert reader.made[story] == 2
    monkeypatch.setattr(page_stamp, "PAUSE", 0)
    Article.objects.update(headline="The harbour closed")
    assert "The harbour closed" in reader.reads(story)


def test_who_writes_never_reads_what_was_before(reader, story):
    """Six threads read while a seventh commits: every answer is as new as what was committed when it was asked for."""
    committed, faults, is_over = [0], [], threading.Event()

    def read():
        try:
            while not is_over.is_set():
                least = committed[0]
                body = reader.reads(story, **WRITER)
                number = int(body.partition("Version ")[2].partition(".")[0])
                if number < least:
                    faults.append((number, least))
        finally:
            connection.close()

    Article.objects.update(headline="Version 0.")
    threads = [threading.Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    for number in range(1, 16):
        Article.objects.update(headline=f"Version {number}.")
        committed[0] = number
    is_over.set()
    for thread in threads:
        thread.join()
    assert faults == []
    assert "Version 15." in reader.reads(story, **WRITER)


class Hanging:
    """A connection to a database that takes the question and says nothing until it is let go."""

    def __init__(self, connection):
        self.connection, self.asked, self.let_go = connection, threading.Event(), threading.Event()

    def __getattr__(self, name):
        return getattr(self.connection, name)

    def cursor(self):
        self.asked.set()
        assert self.let_go.wait(30)
        return self.connection.cursor()


def test_a_database_that_hangs_keeps_the_first_waiting_and_gives_the_others_kept_pages(reader, story, monkeypatch):
    monkeypatch.setattr(page_stamp, "PATIENCE", 0.05)
    kept, stamp, first = reader.reads(story), reader.store.stamp, []
    hanging = stamp._connection = Hanging(stamp._connection)
    waiting = threading.Thread(target=lambda: first.append(reader.reads(story)))
    waiting.start()
    assert hanging.asked.wait(30)
    assert stamp.seen(exactly=True).is_away
    made = reader.made[story]
    assert [reader.reads(story, **WRITER) for _again in range(5)] == [kept] * 5
    assert reader.made[story] == made and first == []
    hanging.let_go.set()
    waiting.join()
    assert not stamp.seen(exactly=True).is_away
    Article.objects.update(headline="The harbour closed")
    assert "The harbour closed" in reader.reads(story)


@pytest.mark.postgres
def test_every_public_page_is_kept_as_it_was_made(reader, administrator, client):
    addresses = every_page(administrator)
    client.defaults["HTTP_HOST"] = "127.0.0.1"
    for name in addresses.keys() - FORMS - STATUS.keys():
        address = addresses[name]
        made = client.get(address)
        for asked in (address, f"{address}{'&' if '?' in address else '?'}utm_medium=x"):
            status, headers, body = reader.ask(asked)
            assert (status, body) == (200, made.content), asked
            assert {key for key, value in made.items() if key != "Vary" and headers.get(key) != value} == set(), asked
