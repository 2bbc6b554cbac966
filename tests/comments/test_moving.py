"""Comments come in from other systems and go out, and nothing is lost on the way."""

import json
import sqlite3
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from comments import moderation
from comments.models import Comment, CommentVersion, Status
from comments.moving import bringing
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
    maren = UserFactory(email="maren@example.org", is_staff=True)
    _file, status, left_out = FILES[name]

    said = run("import_comments", name, str(sample(name)))

    first, reply, other = Comment.objects.order_by("created_at")
    assert (first.body, first.name, first.status) == (ANSWERED, "Wenzel", Status.PUBLISHED)
    assert (reply.parent, reply.thread_id, reply.body) == (first, first.pk, "It does, later.")
    assert f"{first.created_at:%Y-%m-%d %H:%M}" == "2019-05-01 10:00"
    assert reply.author == (maren if name != "remark42" else None)
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


def test_what_is_stopped_in_the_middle_goes_on_where_it_was(sample, article, monkeypatch):
    monkeypatch.setattr(bringing, "BATCH", 1)
    real, calls = bringing.store, []

    def stopped(*args, **kwargs):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*args, **kwargs)

    monkeypatch.setattr(bringing, "store", stopped)
    assert "Stopped. Run it again to go on." in run("import_comments", "csv", str(sample("csv")))
    run("import_comments", "csv", str(sample("csv")))

    article.refresh_from_db()
    assert (Comment.objects.count(), Comment.objects.exclude(parent=None).count(), article.comment_count) == (3, 1, 2)


def test_threads_are_found_by_a_map_by_our_own_address_and_by_a_slug_that_is_alone(tmp_path):
    mapped, own, _twin, _other = (LiveArticleFactory(slug=slug) for slug in ("a", "b", "twin", "twin"))
    (tmp_path / "map.csv").write_text(f"https://www.old.example.org/x.html,{mapped.pk}\n")
    (tmp_path / "c.csv").write_text(
        "id,article,text,date\n"
        "1,http://old.example.org/x.html,By the map,2020-01-01\n"
        f"2,{own.get_absolute_url()},By the number,2020-01-01T00:00:00\n"
        "3,twin,By nothing,2020-01-01T00:00:00\n"
    )
    (tmp_path / "c.csv").write_text((tmp_path / "c.csv").read_text().replace("2020-01-01\n", "2020-01-01T00:00:00\n"))

    said = run("import_comments", "csv", str(tmp_path / "c.csv"), "--map", str(tmp_path / "map.csv"))

    assert set(Comment.objects.values_list("body", "article")) == {("By the map", mapped.pk), ("By the number", own.pk)}
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


@pytest.mark.parametrize("name", ["newsroom", "wordpress"])
def test_a_round_trip_loses_nothing(name, tmp_path, moderator, article):
    reader = UserFactory(email="lucia@example.org", is_staff=True)
    first = PublishedCommentFactory(
        article=article, author=reader, body="Über <b> & “so”\n\nhttps://example.org/x", is_pick=True
    )
    reply = CommentFactory(article=article, parent=first, author=None, guest_name="Ana", guest_email="ana@example.org")
    moderation.reject(comment=reply, by=moderator, reason="insult")
    moderation.approve(comment=reply, by=moderator)
    report(comment=first, reason="spam", reporter=moderator, address="")
    recommend(comment=first, reader=moderator)
    CommentVersion.objects.create(comment=first, body="Before")
    CommentFactory(article=LiveArticleFactory(), status=Status.DELETED)
    run("export_comments", name, str(tmp_path / "before"))
    run("export_comments", "newsroom", str(tmp_path / "before.jsonl"))
    assert "0 comments brought in, 3 were here" in run("import_comments", name, str(tmp_path / "before"))

    Comment.objects.all().delete()
    type(article).objects.update(comment_count=0)
    run("import_comments", name, str(tmp_path / "before"))
    run("export_comments", "newsroom", str(tmp_path / "after.jsonl"))

    def lines(file):
        return sorted(json.loads(line)["id"] + line for line in (tmp_path / file).read_text().splitlines())

    assert lines("after.jsonl") == lines("before.jsonl")
    article.refresh_from_db()
    assert (article.comment_count, Comment.objects.filter(is_pick=True).get().reply_count) == (2, 1)
