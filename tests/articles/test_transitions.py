"""The transition table, walked: every state, every act, every role."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import publishing
from articles.models import Article, EditorialAct, Status
from newsroom.roles import GUEST, ROLES
from tests.articles.stories import draft, in_state, person

pytestmark = pytest.mark.django_db

ACTS = {
    "submit": lambda a, by: publishing.submit(article=a, by=by),
    "ask_changes": lambda a, by: publishing.ask_changes(article=a, by=by, note="Name the source."),
    "approve": lambda a, by: publishing.approve(article=a, by=by),
    "publish": lambda a, by: publishing.publish(article=a, by=by),
    "update": lambda a, by: publishing.update(article=a, by=by),
    "unschedule": lambda a, by: publishing.unschedule(article=a, by=by),
    "withdraw": lambda a, by: publishing.withdraw(article=a, by=by, note="Wrong photo."),
    "ask_kill": lambda a, by: publishing.ask_kill(article=a, by=by, note="This story was wrong."),
    "refuse_kill": lambda a, by: publishing.refuse_kill(article=a, by=by),
    "kill": lambda a, by: publishing.kill(article=a, by=by),
    "trash": lambda a, by: publishing.trash(article=a, by=by),
    "restore": lambda a, by: publishing.restore(article=a, by=by),
}


def ready_for(act, state):
    """An article in ``state``, and where ``act`` needs it, scheduled or waiting to be killed."""
    article = in_state(state, scheduled=act == "unschedule")
    if act in {"kill", "refuse_kill"} and state == Status.WITHDRAWN:
        publishing.ask_kill(article=article, by=None, note="This story was wrong.")
    return article


def test_every_act_of_the_table_has_a_function():
    assert set(ACTS) == set(publishing.TRANSITIONS)


@pytest.mark.parametrize("state", Status.values)
@pytest.mark.parametrize("act", ACTS)
def test_an_act_succeeds_from_its_states_only(state, act):
    article = ready_for(act, state)
    step = publishing.TRANSITIONS[act]
    if state in step.sources:
        ACTS[act](article, None)
        assert Article.objects.get(pk=article.pk).status == step.target
    else:
        with pytest.raises(publishing.WrongState):
            ACTS[act](article, None)
        assert Article.objects.get(pk=article.pk).status == state


@pytest.mark.parametrize("role", [role for role in ROLES if role != GUEST])
@pytest.mark.parametrize("act", ACTS)
def test_an_act_needs_the_right_of_its_row(role, act):
    step = publishing.TRANSITIONS[act]
    article = ready_for(act, min(step.sources))
    before, who = article.status, person(role)
    if step.permission in ROLES[role]:
        ACTS[act](article, who)
        assert EditorialAct.objects.filter(article=article, act=act, by=who).exists()
    else:
        with pytest.raises(publishing.NotAllowed):
            ACTS[act](article, who)
        assert Article.objects.get(pk=article.pk).status == before


def test_a_reader_can_do_nothing():
    with pytest.raises(publishing.NotAllowed):
        publishing.submit(article=draft(), by=person(None))


@pytest.mark.parametrize("act", ["ask_changes", "withdraw", "ask_kill"])
def test_an_act_that_takes_something_away_says_why(act):
    article = in_state(min(publishing.TRANSITIONS[act].sources))
    with pytest.raises(publishing.NoteMissing):
        getattr(publishing, act)(article=article, by=None, note=" \u00a0 ")


def test_a_published_article_cannot_be_taken_off_the_schedule():
    article = in_state(Status.LIVE)
    with pytest.raises(publishing.WrongState):
        publishing.unschedule(article=article, by=None)


def test_acts_offered_are_those_that_succeed():
    editor = person("Editor")
    assert publishing.available_acts(draft(), editor) == ["submit", "publish", "trash"]
    assert publishing.available_acts(in_state(Status.LIVE), person("Reporter")) == []


def test_an_article_that_returns_keeps_its_date():
    article = in_state(Status.WITHDRAWN)
    first = article.published_at
    publishing.publish(article=article, by=None)
    assert Article.objects.get(pk=article.pk).published_at == first


def test_every_act_is_remembered_with_both_states():
    article = draft()
    publishing.submit(article=article, by=None, note="Please read.")
    act = article.acts.get(act="submit")
    assert (act.from_status, act.to_status, act.note, act.revision) == (
        "draft",
        "in_review",
        "Please read.",
        article.latest_revision,
    )
    assert act.at <= timezone.now()


def test_a_planned_time_is_kept_until_publication():
    article, when = draft(), timezone.now() + timedelta(days=2)
    publishing.plan(article=article, by=None, publish_at=when)
    assert not Article.objects.get(pk=article.pk).is_public(when)
    publishing.publish(article=article, by=None)
    assert (Article.objects.get(pk=article.pk).published_at, article.is_scheduled) == (when, True)


def test_a_published_article_cannot_be_planned():
    with pytest.raises(publishing.WrongState):
        publishing.plan(article=in_state(Status.LIVE), by=None, publish_at=None)
