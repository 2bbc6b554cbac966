"""A live article stands still while its next version is written, reviewed, approved and waits for its time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import publishing, updates
from articles.content import Content
from articles.models import Article, Status, UpdateState
from newsroom import frame
from newsroom.roles import GUEST, ROLES
from tests.articles.stories import draft, live, person
from tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db
ACTS = {
    "submit_update": lambda a, by: updates.submit_update(article=a, by=by),
    "ask_update_changes": lambda a, by: updates.ask_update_changes(article=a, by=by, note="Name the source."),
    "approve_update": lambda a, by: updates.approve_update(article=a, by=by),
    "schedule_update": lambda a, by: updates.schedule_update(article=a, by=by, at=in_hours(1)),
    "cancel_update": lambda a, by: updates.cancel_update(article=a, by=by),
}
ROADS = {
    UpdateState.NONE: (),
    UpdateState.IN_REVIEW: ("submit_update",),
    UpdateState.CHANGES_WANTED: ("submit_update", "ask_update_changes"),
    UpdateState.APPROVED: ("submit_update", "approve_update"),
    UpdateState.SCHEDULED: ("schedule_update",),
}


def in_hours(hours):
    return timezone.now() + timedelta(hours=hours)


def write(article, headline, **given):
    """The newest version has ``headline``; the public page does not."""
    article.refresh_from_db()
    content = Content.from_json({**article.latest_revision.content, "headline": headline, **given})
    publishing.save(article=article, content=content, by=None, base=None)


def edited(state=UpdateState.NONE):
    """A live article "Before" whose newest version "After" is in ``state``."""
    article = live(headline="Before", body="<p>One.</p>")
    write(article, "After")
    for act in ROADS[state]:
        ACTS[act](article, None)
    return article


def stored(article):
    return Article.objects.get(pk=article.pk)


def shown(client, article):
    return client.get(article.get_absolute_url(), follow=True).text


def let_time_pass(article):
    """The update's time has come."""
    Article.objects.filter(pk=article.pk).update(update_at=timezone.now() - timedelta(seconds=1))
    frame.bump()


def test_every_act_of_the_table_has_a_function():
    assert set(ACTS) == set(updates.TRANSITIONS)


@pytest.mark.parametrize("state", UpdateState.values)
@pytest.mark.parametrize("act", ACTS)
def test_an_act_succeeds_from_its_states_only(state, act, client):
    article, step = edited(state), updates.TRANSITIONS[act]
    if state in step.sources:
        ACTS[act](article, None)
        assert stored(article).update_state == step.target
    else:
        with pytest.raises(publishing.WrongState):
            ACTS[act](article, None)
        assert stored(article).update_state == state
    assert "Before" in shown(client, article)
    assert "After" not in shown(client, article)


@pytest.mark.parametrize("role", [role for role in ROLES if role != GUEST])
@pytest.mark.parametrize("act", ACTS)
def test_an_act_needs_the_right_of_its_row(role, act):
    step = updates.TRANSITIONS[act]
    state = min(step.sources)
    article, who = edited(state), person(role)
    if step.permission in ROLES[role]:
        ACTS[act](article, who)
        assert article.acts.filter(act=act, by=who).exists()
    else:
        with pytest.raises(publishing.NotAllowed):
            ACTS[act](article, who)
        assert stored(article).update_state == state


@pytest.mark.parametrize("act", ACTS)
def test_a_draft_has_no_update(act):
    with pytest.raises(publishing.WrongState):
        ACTS[act](draft(), None)


@pytest.mark.parametrize("act", ["submit_update", "schedule_update"])
def test_what_the_public_sees_already_is_no_update(act):
    with pytest.raises(publishing.WrongState, match="no newer version"):
        ACTS[act](live(), None)


def test_an_update_at_once_ends_the_review(client):
    article = edited(UpdateState.APPROVED)
    publishing.update(article=article, by=None)
    assert stored(article).update_state == UpdateState.NONE
    assert "After" in shown(client, article)


def test_a_scheduled_update_is_public_at_its_minute_without_a_worker(client):
    article = edited()
    when = in_hours(1)
    updates.schedule_update(article=article, by=None, at=when)
    assert "After" not in shown(client, article)
    let_time_pass(article)
    planned = stored(article).update_at
    assert "After" in shown(client, article)
    after = stored(article)
    assert (after.update_state, after.update_at, after.updated_at) == (UpdateState.NONE, None, planned)
    assert after.acts.filter(act="update").get().at == planned


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["/", "/news/", "/feeds/all.xml", "/search/?q=after"])
def test_every_surface_notices_the_time(client, address):
    article = edited()
    ACTS["schedule_update"](article, None)
    client.get(address)
    let_time_pass(article)
    assert "After" in client.get(address).text


def test_an_update_happens_once_and_by_who_planned_it():
    article, editor = edited(), person("Editor")
    updates.schedule_update(article=article, by=editor, at=in_hours(1))
    let_time_pass(article)
    assert (updates.apply_due(), updates.apply_due()) == (1, 0)
    assert article.acts.get(act="update").by == editor


def test_a_later_draft_does_not_slip_out_with_the_scheduled_version(client):
    article = edited()
    ACTS["schedule_update"](article, None)
    write(article, "Not ready yet")
    let_time_pass(article)
    assert "After" in shown(client, article)
    assert "Not ready yet" not in shown(client, article)
    assert stored(article).has_unpublished_changes


def test_a_minor_scheduled_update_shows_no_update_time():
    article = edited()
    updates.schedule_update(article=article, by=None, at=in_hours(1), material=False)
    let_time_pass(article)
    updates.apply_due()
    assert stored(article).updated_at is None
    assert article.acts.filter(act="minor_update").exists()


def test_a_cancelled_update_does_not_happen(client):
    article = edited(UpdateState.SCHEDULED)
    updates.cancel_update(article=article, by=None)
    assert updates.apply_due(in_hours(48)) == 0
    assert "Before" in shown(client, article)


def test_a_withdrawn_article_loses_its_scheduled_update():
    article = edited(UpdateState.SCHEDULED)
    publishing.withdraw(article=article, by=None, note="Wrong.")
    assert stored(article).update_at is None
    assert updates.apply_due(in_hours(48)) == 0


def test_a_time_that_has_passed_is_refused():
    with pytest.raises(publishing.WrongState, match="has passed"):
        updates.schedule_update(article=edited(), by=None, at=timezone.now())


def test_an_update_that_is_no_longer_fit_to_print_leaves_the_page_and_is_told(client):
    photo = PhotoFactory()
    article = live(headline="Before")
    write(article, "After", slides=[{"photo_id": photo.pk, "caption": "", "alt": ""}])
    ACTS["schedule_update"](article, None)
    type(photo).objects.filter(pk=photo.pk).update(do_not_publish=True)
    let_time_pass(article)
    assert "Before" in shown(client, article)
    assert "After" not in shown(client, article)
    after = stored(article)
    assert (after.update_state, after.status) == (UpdateState.NONE, Status.LIVE)
    assert after.acts.filter(act="update_failed").get().note


def test_two_days_of_downtime_lose_nothing_and_keep_the_order(client):
    first, second = edited(), edited()
    for article in (first, second):
        ACTS["schedule_update"](article, None)
    now = timezone.now()
    Article.objects.filter(pk=first.pk).update(update_at=now - timedelta(hours=20))
    Article.objects.filter(pk=second.pk).update(update_at=now - timedelta(hours=44))
    frame.bump()
    client.get("/")
    assert stored(first).updated_at == now - timedelta(hours=20)
    assert stored(second).updated_at == now - timedelta(hours=44)


def test_a_page_costs_no_query_more_when_nothing_is_due(client, django_assert_num_queries):
    article = edited(UpdateState.SCHEDULED)
    client.get("/healthz")
    frame.current()
    with django_assert_num_queries(1):
        frame.current()
    assert stored(article).update_at
