"""The calendar: what stands on which day of the site's zone, who may move it, and what a move is."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import assignments, calendar, publishing, updates
from articles.acts import NotAllowed, WrongState
from tests.articles.stories import content, draft, live, person, section
from tests.factories import ArticleFactory, AssignmentFactory, PhotoFactory

pytestmark = pytest.mark.django_db
PAGE, MOVE = "/admin/articles/assignment/calendar/", "/admin/articles/assignment/calendar/move/"
NOON = datetime(2030, 5, 15, 12, 0, tzinfo=UTC)  # a Wednesday
WEEK = calendar.week_of(NOON.date())


def shown(user, days=WEEK):
    return {day: [item.title for item in found] for day, found in calendar.items(days, user).items() if found}


def planned(at=NOON, **given):
    article = draft(**given)
    publishing.plan(article=article, by=None, publish_at=at)
    return article


def scheduled(at=NOON, **given):
    return ArticleFactory(state="scheduled", at=at, section=section(), **given)


def test_a_week_begins_on_monday():
    assert [WEEK[0], WEEK[-1]] == [date(2030, 5, 13), date(2030, 5, 19)]
    assert calendar.week_of(WEEK[0]) == calendar.week_of(WEEK[-1]) == WEEK


def test_everything_stands_on_its_day_by_time():
    AssignmentFactory(title="Due", due_at=NOON + timedelta(hours=1))
    planned(NOON, headline="Planned")
    scheduled(NOON - timedelta(hours=1), headline="Scheduled")
    ArticleFactory(headline="Held", embargo_until=NOON + timedelta(days=1))
    AssignmentFactory(title="Next week", due_at=NOON + timedelta(days=7))
    assignments.drop(assignment=AssignmentFactory(title="Dropped", due_at=NOON), by=None)
    publishing.trash(article=planned(NOON, headline="Thrown away"), by=None)

    assert shown(person("Editor")) == {
        date(2030, 5, 15): ["Scheduled", "Planned", "Due"],
        date(2030, 5, 16): ["Held"],
    }


def test_a_day_ends_at_midnight_of_the_zone():
    with timezone.override("America/Bogota"):
        AssignmentFactory(title="Late", due_at=datetime(2030, 5, 16, 4, 59, tzinfo=UTC))
        AssignmentFactory(title="Early", due_at=datetime(2030, 5, 16, 5, 0, tzinfo=UTC))

        assert shown(person("Editor")) == {date(2030, 5, 15): ["Late"], date(2030, 5, 16): ["Early"]}


def test_a_contributor_sees_only_their_own():
    guest = person("Contributor")
    planned(headline="Another's")
    AssignmentFactory(title="Work", due_at=NOON)

    assert shown(guest) == {}


@pytest.mark.parametrize(
    ("role", "movable"), [("Editor", {"Due", "Planned", "Scheduled"}), ("Reporter", {"Planned"}), ("Moderator", set())]
)
def test_what_one_may_not_move_has_no_form(role, movable):
    AssignmentFactory(title="Due", due_at=NOON)
    planned(headline="Planned")
    scheduled(headline="Scheduled")
    ArticleFactory(headline="Held", embargo_until=NOON)
    found = calendar.items(WEEK, person(role))[NOON.date()]

    assert {item.title for item in found if item.key} == movable


def test_what_is_out_is_not_movable():
    live(headline="Out", at=timezone.now() - timedelta(minutes=1))
    (item,) = calendar.items(
        [timezone.localdate(timezone.now() - timedelta(minutes=1))], person("Publisher")
    ).popitem()[1]

    assert item.key == ""


# --- Moving -----------------------------------------------------------------------------------------------------------


def test_each_kind_is_moved_by_its_own_act():
    editor, to = person("Editor"), NOON + timedelta(days=2)
    work, plan, out = AssignmentFactory(due_at=NOON), planned(), scheduled()
    for key in (f"assignment-{work.pk}", f"article-{plan.pk}", f"article-{out.pk}"):
        calendar.move(key=key, to=to, was=NOON, by=editor)
    for row in (work, plan, out):
        row.refresh_from_db()

    assert work.due_at == plan.published_at == out.published_at == to
    assert work.acts.first().act == "change"
    assert out.acts.first().act == "reschedule"
    assert out.is_scheduled


def test_a_moved_article_goes_out_in_the_version_that_was_scheduled():
    editor, article = person("Editor"), scheduled(headline="As approved")
    publishing.save(article=article, content=_other(article), by=editor, base=None)
    calendar.move(key=f"article-{article.pk}", to=NOON + timedelta(days=1), was=None, by=editor)
    article.refresh_from_db()

    assert article.headline == "As approved"
    assert article.has_unpublished_changes


def _other(article):
    from dataclasses import replace

    from articles.revisions import latest_content

    return replace(latest_content(article), headline="Not approved")


@pytest.mark.parametrize(
    "make", [lambda: f"article-{scheduled().pk}", lambda: f"assignment-{AssignmentFactory(due_at=NOON).pk}"]
)
def test_a_move_needs_the_right_to_its_act(make):
    with pytest.raises(NotAllowed):
        calendar.move(key=make(), to=NOON, was=None, by=person("Reporter"))


def test_who_moved_first_wins():
    editor, work = person("Editor"), AssignmentFactory(due_at=NOON)
    key = f"assignment-{work.pk}"
    calendar.move(key=key, to=NOON + timedelta(hours=1), was=NOON, by=editor)

    with pytest.raises(WrongState):
        calendar.move(key=key, to=NOON + timedelta(hours=2), was=NOON, by=editor)


def test_a_scheduled_article_is_not_moved_into_the_past_nor_behind_its_end():
    editor = person("Editor")
    article = scheduled(expires_at=NOON + timedelta(days=1))
    for wrong in (timezone.now(), NOON + timedelta(days=1)):
        with pytest.raises(WrongState):
            calendar.reschedule(article=article, by=editor, at=wrong)
    article.refresh_from_db()

    assert article.published_at == NOON


def test_a_scheduled_article_is_not_moved_behind_the_right_of_its_photo():
    photo = PhotoFactory(valid_until=NOON + timedelta(days=1))
    article = scheduled(photos=[photo])

    with pytest.raises(publishing.NotFitToPrint):
        calendar.reschedule(article=article, by=person("Editor"), at=NOON + timedelta(days=9))


def test_what_is_out_cannot_be_rescheduled():
    with pytest.raises(WrongState):
        calendar.reschedule(article=live(), by=person("Editor"), at=NOON)


# --- Pages ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["", "x", "2030-02-31", "0001-01-01", "9999-12-31", "2030-05-15T10:00"])
@pytest.mark.parametrize("view", ["week", "day", "year"])
def test_any_address_shows_a_page(client, reporter, day, view):
    client.force_login(reporter)
    answer = client.get(PAGE, {"day": day, "view": view})

    assert answer.status_code == 200
    assert len(answer.context["days"]) == (1 if view == "day" else 7)


def test_the_links_lead_to_the_weeks_around(client, reporter):
    client.force_login(reporter)
    answer = client.get(PAGE, {"day": "2030-05-15"})

    assert client.get(answer.context["earlier"]).context["days"][-1]["day"] == date(2030, 5, 12)
    assert client.get(answer.context["later"]).context["days"][0]["day"] == date(2030, 5, 20)
    assert client.get(answer.context["other"]).context["days"][0]["day"] == date(2030, 5, 15)


def test_the_form_moves_and_comes_back(client, editor):
    client.force_login(editor)
    work = AssignmentFactory(due_at=NOON)
    sent = {
        "item": f"assignment-{work.pk}",
        "at": "2030-05-16T09:30",
        "was": NOON.isoformat(),
        "view": "week",
        "day": "2030-05-15",
    }
    answer = client.post(MOVE, sent)
    work.refresh_from_db()

    assert work.due_at == datetime(2030, 5, 16, 9, 30, tzinfo=UTC)
    assert answer.url == f"{PAGE}?view=week&day=2030-05-15"
    assert "Somebody moved it meanwhile" in client.post(MOVE, sent, follow=True).content.decode()


@pytest.mark.parametrize("at", ["", "soon", "0001-01-01T00:00", "9999-12-31T23:59", "\x00", "2030-02-31T10:00"])
def test_a_wrong_time_moves_nothing(client, editor, at):
    client.force_login(editor)
    work = AssignmentFactory(due_at=NOON)
    answer = client.post(MOVE, {"item": f"assignment-{work.pk}", "at": at, "day": "2030-05-15"}, follow=True)
    work.refresh_from_db()

    assert answer.status_code == 200
    assert len(answer.context["messages"]) == 1
    assert work.due_at == NOON


@pytest.mark.parametrize("item", ["", "assignment", "assignment-x", f"assignment-{'9' * 30}", "article-99999", "cat-1"])
def test_a_thing_that_is_not_there_is_404(client, editor, item):
    client.force_login(editor)
    assert client.post(MOVE, {"item": item, "at": "2030-05-16T09:30"}).status_code == 404


def test_an_hour_that_the_clock_skips_is_refused(client, editor):
    client.force_login(editor)
    work = AssignmentFactory(due_at=NOON)
    with timezone.override("Europe/Madrid"):
        client.post(MOVE, {"item": f"assignment-{work.pk}", "at": "2030-03-31T02:30"})
    work.refresh_from_db()

    assert work.due_at == NOON


def test_a_time_typed_is_of_the_sites_zone(client, editor):
    client.force_login(editor)
    work = AssignmentFactory(due_at=NOON)
    with timezone.override("Europe/Madrid"):
        client.post(MOVE, {"item": f"assignment-{work.pk}", "at": "2030-07-01T12:00"})
    work.refresh_from_db()

    assert work.due_at == datetime(2030, 7, 1, 10, 0, tzinfo=UTC)


def test_readers_see_no_calendar(client, reader):
    client.force_login(reader)
    assert client.get(PAGE).status_code in {302, 403}
    assert client.post(MOVE, {"item": "article-1", "at": "2030-05-16T09:30"}).status_code in {302, 403}


def test_a_full_week_costs_no_more(client, editor):
    from django.db import connection

    client.force_login(editor)

    def cost():
        AssignmentFactory(due_at=NOON, assignee=person("Reporter"), section=section())
        planned()
        scheduled()
        ArticleFactory(embargo_until=NOON, section=section())
        client.get(PAGE, {"day": "2030-05-15"})
        with CaptureQueriesContext(connection) as found:
            client.get(PAGE, {"day": "2030-05-15"})
        return len(found)

    few = cost()
    assert [cost() for _number in range(3)][-1] == few


def test_one_line_of_the_navigation_is_current(client, editor):
    client.force_login(editor)
    lines = client.get(PAGE).context["desk_navigation"]

    assert [str(line["label"]) for line in lines if line["is_current"]] == ["Calendar"]


def test_a_scheduled_update_of_a_live_article_stands_on_its_day(editor):
    article = live(headline="Out already")
    publishing.save(article=article, content=content(headline="The newer words"), by=None, base=None)
    updates.schedule_update(article=article, by=None, at=NOON)
    assert shown(editor) == {NOON.date(): ["Out already"]}


def test_a_scheduled_update_is_moved_in_its_version_by_who_may_publish():
    article, editor, to = live(), person("Editor"), NOON + timedelta(days=1)
    publishing.save(article=article, content=content(headline="As scheduled"), by=None, base=None)
    updates.schedule_update(article=article, by=None, at=NOON, material=False)
    publishing.save(article=article, content=content(headline="Later still"), by=None, base=None)
    (item,) = calendar.items(WEEK, editor)[NOON.date()]
    assert [found.key for found in calendar.items(WEEK, person("Reporter"))[NOON.date()]] == [""]
    with pytest.raises(NotAllowed):
        calendar.move(key=item.key, to=to, was=NOON, by=person("Reporter"))
    calendar.move(key=item.key, to=to, was=NOON, by=editor)
    with pytest.raises(WrongState):
        calendar.move(key=item.key, to=NOON, was=NOON, by=editor)

    assert updates.apply_due(to - timedelta(seconds=1)) == 0
    assert updates.apply_due(to) == 1
    article.refresh_from_db()
    assert (article.headline, article.updated_at) == ("As scheduled", None)
    assert article.acts.filter(act="reschedule_update", by=editor).exists()
    with pytest.raises(WrongState):
        calendar.move(key=item.key, to=to, was=None, by=editor)
