"""A locked article stays as it is until somebody unlocks it; what takes it away from readers stays possible."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import calendar, corrections, coverage, locking, publishing, updates
from articles.models import Article
from tests.articles.sheets import buttons_of, change, fields_of, fill
from tests.articles.stories import content, draft, in_state, live, person, section

pytestmark = pytest.mark.django_db
AHEAD = timezone.now() + timedelta(hours=2)


def locked(article):
    locking.lock(article=article, by=None, note="The lawyers read it.")
    return article


def with_update(**given):
    """A live article with a newer version."""
    article = live(headline="As it is", **given)
    publishing.save(article=article, content=content(headline="As it will be"), by=None, base=None)
    return article


REFUSED = {
    "edit": (draft, lambda a: publishing.save(article=a, content=content(headline="New"), by=None, base=None)),
    "autosave": (
        draft,
        lambda a: publishing.save(article=a, content=content(headline="New"), by=None, base=None, auto=True),
    ),
    "move": (
        draft,
        lambda a: publishing.save(article=a, content=content(section_id=section("sport").pk), by=None, base=None),
    ),
    "plan": (draft, lambda a: publishing.plan(article=a, by=None, publish_at=AHEAD)),
    "times": (live, lambda a: publishing.set_times(article=a, by=None, embargo_until=None, expires_at=AHEAD)),
    "trash": (draft, lambda a: publishing.trash(article=a, by=None)),
    "publish": (draft, lambda a: publishing.publish(article=a, by=None)),
    "update": (with_update, lambda a: publishing.update(article=a, by=None)),
    "submit update": (with_update, lambda a: updates.submit_update(article=a, by=None)),
    "schedule update": (with_update, lambda a: updates.schedule_update(article=a, by=None, at=AHEAD)),
    "reschedule": (
        lambda: in_state("live", scheduled=True),
        lambda a: calendar.reschedule(article=a, by=None, at=AHEAD),
    ),
    "correct": (live, lambda a: corrections.publish(article=a, kind="correction", text="It was Tuesday.", by=None)),
    "coverage": (live, lambda a: coverage.start_coverage(article=a, by=None)),
}


@pytest.mark.parametrize("act", REFUSED)
def test_nothing_changes_it_until_it_is_unlocked(act):
    make, do = REFUSED[act]
    article = locked(make())
    before = Article.objects.values().get(pk=article.pk)
    with pytest.raises(publishing.Locked, match=r"The lawyers read it\."):
        do(article)
    assert Article.objects.values().get(pk=article.pk) == before

    locking.unlock(article=article, by=None)
    do(article)


def test_it_can_still_be_withdrawn_and_killed():
    article = locked(live())
    publishing.ask_kill(article=article, by=person("Publisher"), note="It was wrong.")
    publishing.kill(article=article, by=person("Publisher"))
    assert Article.objects.get(pk=article.pk).status == "killed"


def test_a_scheduled_update_is_held_and_waits_for_somebody():
    article = with_update()
    updates.schedule_update(article=article, by=None, at=AHEAD)
    locked(article)
    updates.apply_due(AHEAD)
    article = Article.objects.get(pk=article.pk)
    assert (article.headline, article.update_state, article.update_at) == ("As it is", "approved", None)
    assert article.acts.first().act == "hold_update"

    locking.unlock(article=article, by=None)
    updates.apply_due(AHEAD)
    assert Article.objects.get(pk=article.pk).headline == "As it is"


def test_a_post_under_it_can_be_removed_and_nothing_else():
    article = live()
    coverage.start_coverage(article=article, by=None)
    said = coverage.EntryContent(body="<p>Wrong.</p>")
    entry = coverage.post(article=article, content=said, by=None)
    locked(article)
    for act in (coverage.pin, coverage.mark_key):
        with pytest.raises(publishing.Locked):
            act(entry=entry, by=None)
    with pytest.raises(publishing.Locked):
        coverage.post(article=article, content=said, by=None)
    coverage.remove(entry=entry, by=None)
    with pytest.raises(publishing.Locked):
        coverage.put_back(entry=entry, by=None)


@pytest.mark.parametrize("role", ["Reporter", "Photo editor", "Editor", "Publisher"])
def test_locking_and_unlocking_need_the_right_and_a_reason(role):
    article, who = draft(), person(role)
    if role in {"Reporter", "Photo editor"}:
        with pytest.raises(publishing.NotAllowed):
            locking.lock(article=article, by=who, note="No reason.")
        with pytest.raises(publishing.NotAllowed):
            locking.unlock(article=locked(article), by=who)
        return
    with pytest.raises(publishing.NoteMissing):
        locking.lock(article=article, by=who, note=" ")
    locking.lock(article=article, by=who, note="Final.")
    with pytest.raises(publishing.WrongState, match="locked already"):
        locking.lock(article=article, by=None, note="Again.")
    locking.unlock(article=article, by=who)
    assert [act.act for act in article.acts.all()[:2]] == ["unlock", "lock"]


def test_the_sheet_and_the_list_say_who_locked_it_and_why(client, editor):
    article = draft(headline="The ferry")
    client.force_login(editor)
    page = fill(client, change(article), "lock", note="Waits for the court.")
    assert page.status_code == 302
    sheet = client.get(change(article))
    assert "Waits for the court." in sheet.content.decode()
    assert editor.display_name in sheet.content.decode()
    assert buttons_of(sheet) == ["unlock"]
    assert "Locked" in client.get("/admin/articles/article/?state=locked").content.decode()

    fill(client, change(article), "unlock")
    assert "submit" in buttons_of(client.get(change(article)))


def test_text_typed_into_a_sheet_opened_before_the_lock_comes_back(client, editor):
    article = draft(headline="The ferry")
    client.force_login(editor)
    opened = fields_of(client.get(change(article)))
    locked(article)
    answer = client.post(change(article), {**opened, "headline": "The ferry returns", "act": ""})
    assert "The ferry returns" in answer.content.decode()
    assert "The lawyers read it." in answer.content.decode()
    assert Article.objects.get(pk=article.pk).headline == "The ferry"


def test_a_locked_article_is_withdrawn_from_its_sheet(client, editor):
    article = locked(live())
    client.force_login(editor)
    fill(client, change(article), "withdraw", note="Wrong photo.")
    assert Article.objects.get(pk=article.pk).status == "withdrawn"
