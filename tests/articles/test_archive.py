"""The archive: what stood on a page at a moment, and a chain that shows every tampering."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from articles import corrections, publishing, updates
from articles.models import ArchiveEntry, ArchiveHead, Article
from articles.signals import act_done
from tests.articles.stories import content, draft, in_state, live, person

pytestmark = pytest.mark.django_db
OTHER_CONTENT = """UPDATE articles_archiveentry SET content =
(SELECT content FROM articles_archiveentry WHERE sequence = 1) WHERE sequence = 3"""


def entries(article):
    return ArchiveEntry.objects.filter(article_number=article.pk).order_by("sequence")


def acts(article):
    return list(entries(article).values_list("act", flat=True))


def rewrite(article, **said):
    publishing.save(article=article, content=content(**said), by=None, base=None)


def address(article):
    return reverse("admin:articles_article_archive", args=[article.pk])


def stood(client, article, moment):
    return client.get(address(article), {"at": moment.isoformat()})


def written(article, act):
    return entries(article).filter(act=act).get().written_at


def tamper(sql, *values):
    """As somebody with the database's password would: past the model and its trigger."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE articles_archiveentry DISABLE TRIGGER articles_archive_is_kept")
        else:
            cursor.execute("DROP TRIGGER IF EXISTS articles_archive_is_kept")
        cursor.execute(sql, values)


def verify(capsys, *options):
    """Whether the command finds the archive whole, and what it says."""
    try:
        call_command("verify_archive", *options)
    except CommandError:
        return False, capsys.readouterr().out
    return True, capsys.readouterr().out


@pytest.fixture
def story():
    """Published, updated, corrected, withdrawn, returned, killed."""
    article = live(headline="Boats", body="<p>Two boats.</p>")
    rewrite(article, headline="Boats return", body="<p>Three boats.</p>")
    publishing.update(article=article, by=None, material=False)
    corrections.publish(article=article, kind="correction", text="There were three.", by=None)
    publishing.withdraw(article=article, by=None, note="Doubts")
    publishing.publish(article=article, by=None)
    publishing.ask_kill(article=article, by=person("Publisher"), note="It was not true.")
    publishing.kill(article=article, by=person("Publisher"))
    return article


def test_every_act_that_changes_the_page_and_no_other_has_an_entry(story):
    expected = ["publish", "minor_update", "correct", "withdraw", "publish", "withdraw", "kill"]
    assert acts(story) == expected
    assert acts(in_state("approved")) == []


def test_staff_see_what_stood_here_at_each_moment(story, client):
    client.force_login(person("Publisher"))
    first = stood(client, story, written(story, "minor_update") - timedelta(microseconds=1)).text
    assert "Two boats." in first
    assert "Three boats." not in first
    second = stood(client, story, written(story, "correct")).text
    assert "Three boats." in second
    assert "There were three." in second
    assert "It is as it was written" in second
    gone = stood(client, story, written(story, "kill")).text
    assert "It was killed. Readers were told: “It was not true.”" in gone
    assert "Three boats." not in gone
    before = stood(client, story, written(story, "minor_update") - timedelta(days=400)).text
    assert "It had not been published yet." in before


@pytest.mark.parametrize("role", ["Reporter", "Editor", "Moderator"])
def test_others_see_nothing_of_it(story, client, role):
    client.force_login(person(role))
    assert client.get(address(story)).status_code == 403


def test_a_page_stands_between_its_embargo_and_its_expiry(client):
    now = timezone.now()
    article = live(
        headline="Later", embargo_until=now + timedelta(hours=2), expires_at=now + timedelta(hours=4), at=now
    )
    client.force_login(person("Publisher"))
    assert "It was to become public on" in stood(client, article, now + timedelta(hours=1)).text
    assert 'class="archived"' in stood(client, article, now + timedelta(hours=2)).text
    assert 'class="archived"' in stood(client, article, now + timedelta(hours=4, seconds=-1)).text
    assert "It had expired on" in stood(client, article, now + timedelta(hours=4)).text


def test_a_scheduled_article_and_one_taken_off_the_schedule(client):
    article = in_state("live", scheduled=True)
    publishing.unschedule(article=article, by=None)
    client.force_login(person("Publisher"))
    assert acts(article) == ["publish", "unschedule"]
    assert "It had not been published yet." in stood(client, article, timezone.now() + timedelta(days=900)).text


def test_a_late_scheduled_update_counts_from_when_it_really_stood_there():
    article = live(headline="Boats")
    rewrite(article, headline="Boats return")
    due = timezone.now() + timedelta(hours=1)
    updates.schedule_update(article=article, by=None, at=due)
    updates.apply_due(due + timedelta(days=2))
    entry = entries(article).last()
    assert (entry.act, entry.at, entry.headline) == ("update", due, "Boats return")
    assert entry.written_at != due


def test_what_an_act_that_fails_wrote_is_gone_with_it(story):
    article = live(headline="Boats")

    def fail(sender, act, **kwargs):
        if act.act == "withdraw":
            raise RuntimeError

    act_done.connect(fail, dispatch_uid="test-fails")
    try:
        with pytest.raises(RuntimeError):
            publishing.withdraw(article=article, by=None, note="Doubts")
    finally:
        act_done.disconnect(dispatch_uid="test-fails")
    assert acts(article) == ["publish"]
    assert ArchiveHead.objects.get().sequence == ArchiveEntry.objects.count()


def test_the_archive_outlives_its_article(story, client):
    number, story_url = story.pk, address(story)
    Article.objects.filter(pk=number).update(latest_revision=None, live_revision=None)
    Article.objects.get(pk=number).delete()
    client.force_login(person("Publisher"))
    assert "Boats return" in client.get(story_url).text
    assert client.get(reverse("admin:articles_article_archive", args=[number + 999])).status_code == 404


def test_entries_are_neither_changed_nor_deleted(story):
    entry = ArchiveEntry.objects.first()
    for act in (entry.save, entry.delete, ArchiveEntry.objects.all().delete, lambda: entries(story).update(act="x")):
        with pytest.raises(TypeError):
            act()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE articles_archiveentry SET headline = 'x'")


def test_a_whole_chain_is_told_with_its_head(story, capsys):
    head = ArchiveHead.objects.get()
    is_whole, said = verify(capsys)
    assert is_whole
    assert f"Head: entry {head.sequence}, {head.hash}" in said
    live(headline="Another")
    assert verify(capsys, "--head", head.hash, "--from", "3")[0]
    assert not verify(capsys, "--head", "0" * 64)[0]


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (OTHER_CONTENT, "entry 3: its content"),
        ("UPDATE articles_archiveentry SET headline = 'Ships' WHERE sequence = 3", "entry 3: a field"),
        ("DELETE FROM articles_archiveentry WHERE sequence = 3", "entry 3: missing"),
        ("UPDATE articles_archiveentry SET previous_hash = 'x' WHERE sequence = 3", "entry 3: does not name"),
        ("DELETE FROM articles_archiveentry WHERE sequence = 7", "entry 7: missing"),
        ("UPDATE articles_archivehead SET sequence = 6", "entry 7: the head"),
    ],
)  # fmt: skip
def test_tampering_is_found_and_named(story, capsys, sql, said):
    tamper(sql)
    is_whole, told = verify(capsys)
    assert not is_whole
    assert said in told


def test_the_sheet_says_when_an_entry_was_tampered_with(story, client):
    tamper("UPDATE articles_archiveentry SET by_name = 'Nobody' WHERE sequence = 3")
    client.force_login(person("Publisher"))
    assert "It is not as it was written" in stood(client, story, written(story, "correct")).text


def test_articles_from_before_the_archive_are_recorded_as_found_once(client, capsys):
    article = live(headline="Old")
    tamper("DELETE FROM articles_archiveentry")
    ArchiveHead.objects.all().delete()
    call_command("archive_found")
    call_command("archive_found")
    assert acts(article) == ["found"]
    client.force_login(person("Publisher"))
    assert "The archive begins later" in stood(client, article, timezone.now() - timedelta(hours=1)).text


@pytest.mark.parametrize("typed", ["soon", "0001-01-01T00:00", "2026-13-40T99:99"])
def test_a_moment_that_is_none_gets_a_sentence(client, typed):
    client.force_login(person("Publisher"))
    page = client.get(address(live()), {"at": typed, "before": "9" * 40})
    assert page.status_code == 400
    assert "Type a date and a time" in page.text


def test_a_long_list_goes_on(client, monkeypatch, story):
    monkeypatch.setattr("articles.admin.archive.PAGE", 3)
    client.force_login(person("Publisher"))
    older = client.get(address(story), {"before": client.get(address(story)).context["older"]})
    assert [entry.sequence for entry in older.context["entries"]] == [4, 3, 2]


def test_a_draft_has_never_been_public(client):
    client.force_login(person("Publisher"))
    assert "It has never been public" in client.get(address(draft())).text


def test_the_sheet_leads_there_who_may_look(client):
    article = live()
    for role, is_led in [("Publisher", True), ("Editor", False)]:
        client.force_login(person(role))
        sheet = client.get(reverse("admin:articles_article_change", args=[article.pk]))
        assert (address(article) in sheet.text) is is_led
