"""What lies in the trash long enough and was never published is deleted; what was, stays; the acts stay in any case."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles import coverage, locking, notes, publishing, sharing, trash
from articles.models import Article, EditorialAct, OldAddress, Revision
from tests import factories
from tests.articles.sheets import change
from tests.articles.stories import draft, in_state, live

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _thirty_days(settings):
    settings.TRASH_DAYS = 30


def trashed(article):
    publishing.trash(article=article, by=None)
    return article


def left():
    return set(Article.objects.values_list("pk", flat=True))


def test_it_is_deleted_when_its_time_has_come_and_not_before():
    article = trashed(draft())
    end = Article.objects.get(pk=article.pk).status_since + 30 * DAY
    assert trash.purge_due(end - timedelta(seconds=1)) == 0
    assert trash.purge_due(end) == 1
    assert trash.purge_due(end) == 0
    assert left() == set()
    assert not Revision.objects.exists()


def test_whatever_hangs_on_it_goes_with_it(editor):
    article = draft(photos=[factories.PhotoFactory()], tags=["Rivers"], bylines=[factories.BylineFactory()])
    other = draft(translation_of_id=article.pk, headline="Otra")
    coverage.start_coverage(article=article, by=None)
    coverage.post(article=article, content=coverage.EntryContent(body="<p>A post.</p>"), by=None)
    sharing.share(article=article, revision=article.latest_revision, by=None, days=1)
    notes.write(article=article, body="Look at this.", by=editor)
    OldAddress.objects.create(path="/rivers.html", article=article)
    assert trash.purge_due(timezone.now() + 31 * DAY) == 0
    trashed(article)
    assert trash.purge_due(timezone.now() + 31 * DAY) == 1
    assert left() == {other.pk}


def test_what_was_once_live_stays_even_if_nobody_saw_it():
    kept = [live(), in_state("live", scheduled=True)]
    publishing.withdraw(article=kept[0], by=None, note="Wrong.")
    publishing.unschedule(article=kept[1], by=None)
    for article in kept:
        trashed(article)
    assert trash.purge_due(timezone.now() + 31 * DAY) == 0
    assert left() == {article.pk for article in kept}


def test_what_was_restored_meanwhile_stays():
    article = trashed(draft())
    pk, end = article.pk, timezone.now() + 31 * DAY
    publishing.restore(article=article, by=None)
    assert not trash._purge(pk, end)
    assert left() == {pk}


def test_the_audit_log_keeps_every_act_and_the_name(client, administrator, editor):
    article = draft(headline="The holiday rota")
    publishing.trash(article=article, by=editor, note="Not for readers.")
    Article.objects.filter(pk=article.pk).update(status_since=timezone.now() - 30 * DAY)
    call_command("upkeep")
    assert left() == set()
    assert set(EditorialAct.objects.values_list("act", flat=True)) == {"create", "trash", "purge"}
    client.force_login(administrator)
    page = client.get("/admin/newsroom/auditevent/").content.decode()
    assert "The holiday rota" in page
    assert "Not for readers." in page
    assert "Deleted from the trash for good" in page


def test_the_list_and_the_sheet_say_when(client, editor):
    young, old = trashed(draft()), live()
    publishing.withdraw(article=old, by=None, note="Wrong.")
    trashed(old)
    client.force_login(editor)
    page = client.get("/admin/articles/article/?state=trash").content.decode()
    assert "deleted for good on" in page
    assert "was published: stays here" in page
    assert "It is deleted for good on" in client.get(change(young)).content.decode()
    assert "It was published once" in client.get(change(old)).content.decode()


def test_a_locked_article_never_gets_there():
    article = draft()
    locking.lock(article=article, by=None, note="Evidence.")
    with pytest.raises(publishing.Locked):
        publishing.trash(article=article, by=None)
