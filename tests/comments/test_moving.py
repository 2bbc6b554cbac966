"""Comments come in from other systems and go out, and nothing is lost on the way."""

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import OldAddress
from comments import appeals, figures, guests, moderation, muting, reader_file
from comments.models import (
    Appeal,
    Comment,
    CommentReport,
    CommentVersion,
    GuestAddress,
    GuestWish,
    ModerationAction,
    MonthlyFigure,
    Mute,
    ReaderAct,
    ReaderChoice,
    ReaderNote,
    ReaderNotice,
    ReaderStatus,
    Recommendation,
    Standing,
    Status,
)
from comments.moving.bringing import Report, bring
from comments.moving.places import Places
from comments.moving.sources import csv_file
from comments.reader_status import GuestReader, set_status
from comments.recommending import recommend
from comments.reporting import report
from tests.factories import CommentFactory, LiveArticleFactory, PublishedCommentFactory, UserFactory

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).parent / "samples"
ANSWERED = """Does the article say who signs?

See the register (https://example.org/register) and https://example.org/a/long/address"""
FILES = {
    "disqus": ("disqus.xml", Status.SPAM, 2),
    "wordpress": ("wordpress.xml", Status.SPAM, 1),
    "remark42": ("remark42.jsonl", Status.REMOVED, 2),
    "csv": ("comments.csv", Status.SPAM, 2),
    "isso": (None, Status.REMOVED, 1),
}


def run(name, *args, **options):
    out = StringIO()
    call_command(name, *args, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


@pytest.fixture
def article():
    return LiveArticleFactory(slug="port-strike")


@pytest.fixture
def sample(tmp_path):
    """The sample file of a format; Isso's is a database, so it is made here."""

    def path(name):
        return SAMPLES / FILES[name][0] if FILES[name][0] else isso(tmp_path / "isso.db")

    return path


def isso(path):
    with closing(sqlite3.connect(path)) as made, made:
        made.execute("CREATE TABLE threads (id INTEGER PRIMARY KEY, uri TEXT, title TEXT)")
        made.execute(
            "CREATE TABLE comments (tid, id INTEGER PRIMARY KEY, parent, created, modified, mode, text, author, email)"
        )
        made.execute("INSERT INTO threads VALUES (1, '/2019/port-strike/', 'A port on strike')")
        rows = [
            (1, 1, None, 1556704800.0, 1, ANSWERED, "Wenzel", "wenzel@example.org"),
            (1, 2, 1, 1556791200.0, 1, "It does, later.", "Maren", "maren@example.org"),
            (1, 3, None, 1556877600.0, 4, "Cheap cranes", "deals", None),
            (1, 4, None, 1556877600.0, 1, "", "Lost", None),
        ]
        for tid, pk, parent, created, mode, text, author, email in rows:
            made.execute(
                "INSERT INTO comments VALUES (?, ?, ?, ?, NULL, ?, ?, ?, ?)",
                (tid, pk, parent, created, mode, text, author, email),
            )
    return path


@pytest.mark.parametrize("name", FILES)
def test_text_tree_states_and_dates_come_in_and_bad_rows_are_named(name, sample, article):
    _file, status, left_out = FILES[name]

    said = run("import_comments", name, str(sample(name)))

    first, reply, other = Comment.objects.order_by("created_at")
    assert (first.body, first.name, first.status) == (ANSWERED, "Wenzel", Status.PUBLISHED)
    assert (reply.parent, reply.thread_id, reply.body) == (first, first.pk, "It does, later.")
    assert f"{first.created_at:%Y-%m-%d %H:%M}" == "2019-05-01 10:00"
    assert (reply.author, reply.name) == (None, "Maren")
    assert other.status == status
    article.refresh_from_db()
    first.refresh_from_db()
    assert (article.comment_count, first.reply_count) == (2, 1)
    assert f"3 comments brought in, 0 were here, {left_out} left out." in said
    assert said.count("left out, ") == left_out


@pytest.mark.parametrize("name", FILES)
def test_a_second_time_changes_nothing_and_a_dry_run_neither(name, sample, article):
    file = str(sample(name))
    assert "3 comments would be brought in" in run("import_comments", name, file, "--dry-run")
    assert not Comment.objects.exists()
    run("import_comments", name, file)

    assert "0 comments brought in, 3 were here" in run("import_comments", name, file)
    article.refresh_from_db()
    assert (Comment.objects.count(), article.comment_count) == (3, 2)


def confirmed(**fields):
    user = UserFactory(**fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.mark.parametrize(("option", "is_bound"), [((), False), (("--readers",), True)])
def test_a_file_binds_readers_only_if_asked_to(option, is_bound, sample, article):
    maren = confirmed(email="maren@example.org")

    run("import_comments", "csv", str(sample("csv")), *option)

    reply = Comment.objects.exclude(parent=None).get()
    assert reply.author == (maren if is_bound else None)


def test_a_file_from_elsewhere_puts_no_words_in_the_mouth_of_staff(tmp_path, sample, article, moderator):
    confirmed(email="maren@example.org", is_staff=True)
    row = {"id": "newsroom:1", "article": article.pk, "body": "I resign.", "status": "rejected", "created_at": "2020-01-01T00:00:00Z"}  # fmt: skip
    row["author"] = {"username": moderator.username, "email": moderator.email, "name": "The moderator"}
    row["decided_by"] = moderator.username
    row["acts"] = [{"act": "reject", "from": "waiting", "to": "rejected", "by": moderator.username, "at": "2020-01-02T00:00:00Z", "reason": ""}]  # fmt: skip
    (tmp_path / "forged.jsonl").write_text(json.dumps(row))

    run("import_comments", "newsroom", str(tmp_path / "forged.jsonl"), "--readers")
    run("import_comments", "csv", str(sample("csv")), "--readers")

    assert not Comment.objects.exclude(author=None, decided_by=None).exists()
    assert not ModerationAction.objects.exclude(by=None).exists()
    with pytest.raises(CommandError, match="--restore is for"):
        run("import_comments", "csv", str(sample("csv")), "--restore")


def test_what_is_stopped_in_the_middle_goes_on_where_it_was(sample, article):
    def stop(_report):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring(source="csv", reader=csv_file, file=sample("csv"), places=Places(), report=Report(progress=stop), batch=1)
    assert Comment.objects.count() < 3
    run("import_comments", "csv", str(sample("csv")))

    article.refresh_from_db()
    assert (Comment.objects.count(), Comment.objects.exclude(parent=None).count(), article.comment_count) == (3, 1, 2)


ODD_ROWS = [
    {"article": "https://[bad/"},
    {"article": "https://old.example/%00/a%00b"},
    {"reason": "a\u0000b\ud800", "phase": "\u0000"},
    {"versions": [{"body": "a\u0000\udfff", "until": "2020-01-01T00:00:00Z"}]},
    {"acts": [{"act": "reject", "from": "waiting", "to": "rejected", "by": "a\u0000", "at": "2020-01-01T00:00:00Z", "reason": "\ud83d"}]},
    {"author": {"username": "\u0000", "email": "\ud800@example.org", "name": "\u0000"}},
    {"appeal": {"text": "x"}, "notices": [1], "reports": 7},
    {"parent": "newsroom:99999999999999999999", "decided_at": 1e308},
    {"kind": "standing", "reader": "\u0000"},
]  # fmt: skip


@pytest.mark.parametrize("option", [(), ("--restore",)])
def test_odd_rows_are_named_and_the_good_one_behind_them_comes_in(option, tmp_path, article):
    good = {"article": str(article.pk), "body": "Good", "status": "published", "created_at": "2020-01-01T00:00:00Z"}
    rows = [{**good, "id": f"newsroom:{n}", "body": "Odd", **odd} for n, odd in enumerate(ODD_ROWS, 1000)]
    rows.append({**good, "id": "newsroom:2000"})
    (tmp_path / "odd.jsonl").write_text("\n".join(json.dumps(row) for row in rows))

    said = run("import_comments", "newsroom", str(tmp_path / "odd.jsonl"), *option)

    assert Comment.objects.filter(body="Good").count() == 1
    assert said.count("left out, ") == len(rows) - Comment.objects.count() >= 4


def test_a_text_without_end_is_left_out_and_the_next_one_comes_in(tmp_path, article):
    rows = ["id,article,text,date", f"1,port-strike,{'a' * 140_000},2020-01-01T00:00:00", "2,port-strike,Good,2020-01-01T00:00:00"]  # fmt: skip
    (tmp_path / "c.csv").write_text("\n".join(rows))

    said = run("import_comments", "csv", str(tmp_path / "c.csv"))

    assert "line 2: left out, its text is longer" in said
    assert Comment.objects.get().body == "Good"


def test_broken_marks_are_text_and_an_odd_text_in_isso_too(tmp_path, article):
    file = isso(tmp_path / "isso.db")
    with closing(sqlite3.connect(file)) as made, made:
        made.execute("UPDATE comments SET text = CAST(X'FF41' AS TEXT) WHERE id = 2")
    line = json.dumps({"id": "1", "text": "<b>Hi</b> <![foo[ there", "time": "2020-01-01T00:00:00Z", "locator": {"url": "/port-strike/"}})  # fmt: skip
    (tmp_path / "remark.jsonl").write_text(line)

    assert "3 comments brought in" in run("import_comments", "isso", str(file))
    assert "1 comments brought in" in run("import_comments", "remark42", str(tmp_path / "remark.jsonl"))


def test_threads_are_found_by_a_map_old_and_own_addresses_and_by_a_slug_that_is_alone(tmp_path):
    mapped, own, moved, _twin, _other = (LiveArticleFactory(slug=slug) for slug in ("a", "b", "c", "twin", "twin"))
    OldAddress.objects.create(path=f"/el-niño-{own.pk}", article=moved)
    (tmp_path / "map.csv").write_text(f"https://www.old.example.org/x.html,{mapped.pk}\n")
    (tmp_path / "c.csv").write_text(
        "id,article,text,date\n"
        "1,http://old.example.org/x.html,By the map,2020-01-01\n"
        f"2,{own.get_absolute_url()},By the number,2020-01-01T00:00:00\n"
        "3,twin,By nothing,2020-01-01T00:00:00\n"
        f"4,https://old.example.org/el-ni%C3%B1o-{own.pk}/,By the old address,2020-01-01T00:00:00\n"
    )
    (tmp_path / "c.csv").write_text((tmp_path / "c.csv").read_text().replace("2020-01-01\n", "2020-01-01T00:00:00\n"))

    said = run("import_comments", "csv", str(tmp_path / "c.csv"), "--map", str(tmp_path / "map.csv"))

    found = {"By the map": mapped.pk, "By the number": own.pk, "By the old address": moved.pk}
    assert dict(Comment.objects.values_list("body", "article")) == found
    assert "line 4: left out, no article is known for “twin”" in said


def test_answers_in_a_circle_and_to_nothing_open_threads(tmp_path, article):
    lines = ["id,parent,article,text,date"]
    lines += [
        f"{pk},{parent},port-strike,Text {pk},2020-01-01T00:00:00" for pk, parent in ((1, 2), (2, 1), (3, 99), (4, 3))
    ]
    (tmp_path / "c.csv").write_text("\n".join(lines))

    run("import_comments", "csv", str(tmp_path / "c.csv"))

    parents = {c.body: c.parent and c.parent.body for c in Comment.objects.select_related("parent")}
    assert (parents["Text 3"], parents["Text 4"]) == (None, "Text 3")
    assert sorted(map(str, (parents["Text 1"], parents["Text 2"]))) in (
        ["None", "Text 1"],
        ["None", "Text 2"],
        ["None", "None"],
    )


@pytest.mark.parametrize("name", ["disqus", "wordpress", "remark42", "isso", "csv", "newsroom"])
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\xff{",
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]><rss><item><wp:comment>&a;</wp:comment></item></rss>',
        b"\x1f\x8bno gzip",
        b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + b"\xff" * 40,
        b"[1]\n" + b"[" * 5000,
    ],
)
def test_a_hostile_file_brings_nothing_and_no_traceback(name, data, tmp_path):
    file = tmp_path / "odd"
    file.write_bytes(data)
    try:
        said = run("import_comments", name, str(file))
    except CommandError as error:
        said = str(error)

    assert said
    assert not Comment.objects.exists()


BESIDE = (ReaderStatus, ReaderAct, ReaderNote, Mute, ReaderChoice, MonthlyFigure)  # in JSON lines alone
TABLES = (Comment, ModerationAction, CommentReport, CommentVersion, Recommendation, Appeal, ReaderNotice)
NOT_KEPT = {
    "id",
    "status_id",
    "origin",
    "address_hash",
    "fingerprint",
    "words_hash",
    "reader_key",
}  # numbers, what is made of the text, what expires


def stored(model):
    """What a table holds, comments named by their text."""
    texts = dict(Comment.objects.values_list("pk", "body"))
    of_comments = {field.attname for field in model._meta.concrete_fields if field.related_model is Comment}
    rows = [
        sorted(
            (name, str(texts.get(value) if name in of_comments else value))
            for name, value in row.items()
            if name not in NOT_KEPT
        )
        for row in model.objects.order_by("pk").values()
    ]
    return sorted(rows)


@pytest.fixture
def lively(article, moderator, reader):
    """A newsroom in which something of everything has happened."""
    first = PublishedCommentFactory(article=article, author=moderator, body="Über <b> & “so”\n\nhttps://example.org/x", is_pick=True)  # fmt: skip
    reply = CommentFactory(article=article, parent=first, author=reader, body="A reply")
    guest = CommentFactory(
        article=article, author=None, guest_name="Ana", guest_email="ana@example.org", body="A guest"
    )
    other = UserFactory(is_staff=True, is_superuser=True)
    for comment, grant in ((reply, False), (guest, True)):
        moderation.reject(comment=comment, by=moderator, reason="insult")
        made = appeals.appeal(comment=comment, text="Why?\n\nIt is true.")
        appeals.decide(appeal=made, by=other, grant=grant, answer="Read again")
    report(comment=first, reason="spam", reporter=reader, address="")
    report(comment=first, reason="insult", reporter=None, address="192.0.2.1")
    recommend(comment=first, reader=reader)
    CommentVersion.objects.create(comment=first, body="Before")
    until = timezone.now() + timedelta(days=3)
    set_status(reader=reader, status=Standing.SUSPENDED, by=moderator, reason="Insults", until=until)
    set_status(reader=GuestReader("ana@example.org"), status=Standing.TRUSTED, by=moderator, reason="")
    reader_file.add_note(comment=guest, body="Writes from the port", by=moderator)
    muting.mute(reader=reader, muted=moderator)
    ReaderChoice.objects.create(reader=reader, letters="daily")
    CommentFactory(article=LiveArticleFactory(), status=Status.DELETED, body="Gone")
    guests.wish(guest)
    GuestAddress.objects.update(confirmed_at=timezone.now())
    figures.fold()
    return article


@pytest.mark.parametrize("name", ["newsroom", "wordpress"])
def test_a_round_trip_loses_nothing(name, tmp_path, lively):
    tables = (*TABLES, *BESIDE) if name == "newsroom" else TABLES
    before = {model.__name__: stored(model) for model in tables}
    file = str(tmp_path / "copy")
    run("export_comments", name, file)
    assert all(before.values())
    assert "0 comments brought in" in run("import_comments", name, file, "--restore")
    assert {model.__name__: stored(model) for model in tables} == before

    for model in tables:
        model.objects.all().delete()
    type(lively).objects.update(comment_count=0)
    run("import_comments", name, file, "--restore")

    assert {model.__name__: stored(model) for model in tables} == before
    assert not GuestWish.objects.exists()  # a file cannot say that somebody agreed to letters
    lively.refresh_from_db()
    assert lively.comment_count == 2
