"""Front pages: who arranges them, when what stands where, and that no change is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import front_pages
from articles.acts import ActRefused, NotAllowed
from articles.front_page import compose
from articles.front_pages import Row, StaleFront
from articles.models import FrontPageSlot
from articles.models.section import ordered_tree
from tests.articles.stories import draft, live, section

pytestmark = pytest.mark.django_db
DESK = "/admin/articles/frontpageslot/"
HOUR = timedelta(hours=1)


def put(position, article, *, base, **facts):
    front_pages.place(language="en", row=Row(position, article.pk, **facts), by=None, base=base)


def lead(at=None):
    return compose(language="en", sections=ordered_tree(), at=at or timezone.now()).lead


def test_a_story_stands_at_its_place_between_its_moments():
    now = timezone.now()
    early, late = live(at=now - 9 * HOUR), live(at=now - 8 * HOUR)
    put(1, early, base=0)
    put(1, late, base=1, starts_at=now + HOUR, ends_at=now + 2 * HOUR)

    assert [lead(now + minutes) for minutes in (HOUR - timedelta(seconds=1), HOUR, 2 * HOUR)] == [early, late, early]


def test_a_place_takes_the_newest_of_its_section():
    wanted = live(section_id=section("sport").pk, at=timezone.now() - HOUR)
    live(section_id=section("news").pk)
    front_pages.place(language="en", row=Row(1, rule_section=wanted.section_id), by=None, base=0)

    assert lead() == wanted


def test_a_story_that_is_not_public_leaves_its_place():
    shown = live()
    put(1, draft(), base=0)
    assert lead() == shown


@pytest.mark.parametrize("may_repeat", [False, True])
def test_a_story_stands_twice_only_where_it_may(may_repeat):
    story = live()
    put(1, story, base=0)
    put(2, story, base=1, may_repeat=may_repeat)
    page = compose(language="en", sections=[], at=timezone.now())
    assert [page.lead, *page.secondary].count(story) == 1 + may_repeat


def test_a_change_on_an_older_base_changes_nothing():
    first, second = live(), live()
    put(1, first, base=0)
    with pytest.raises(StaleFront):
        put(1, second, base=0)
    assert FrontPageSlot.objects.get().article == first


def test_what_stood_before_the_first_version_can_be_restored():
    old = live()
    FrontPageSlot.objects.create(language="en", position=1, article=old)
    put(1, live(), base=0)
    front_pages.restore(language="en", number=1, by=None, base=2)
    assert FrontPageSlot.objects.get().article == old


def test_places_are_exchanged():
    first, second = live(), live()
    put(1, first, base=0)
    put(2, second, base=1)
    front_pages.move(language="en", position=1, by=1, person=None, base=2)
    assert [row.article for row in front_pages.rows_of("en")] == [second.pk, first.pk]


def test_only_who_may_arranges(reporter):
    with pytest.raises(NotAllowed):
        front_pages.place(language="en", row=Row(1, live().pk), by=reporter, base=0)


@pytest.mark.parametrize("row", [Row(0, 1), Row(8, 1), Row(1), Row(1, 2**31), Row(1, rule_section=2**31)])
def test_nonsense_is_refused(row):
    with pytest.raises(ActRefused):
        front_pages.place(language="en", row=row, by=None, base=0)


def test_the_editor_places_clears_and_restores(client, editor):
    client.force_login(editor)
    story = live(headline="Placed by hand")
    assert client.post(DESK, {"act": f"place:3:{story.pk}", "base": "0"}).status_code == 302
    assert "Placed by hand" in client.get(DESK).content.decode()
    assert client.post(DESK, {"act": "clear:0", "base": "1"}).status_code == 302
    assert client.post(DESK, {"act": "restore:1", "base": "2"}).status_code == 302
    assert FrontPageSlot.objects.get().position == 3
    answer = client.get(DESK, {"version": "1"})
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


def test_a_stale_form_is_answered_with_the_page_and_the_change(client, editor):
    client.force_login(editor)
    story = live()
    client.post(DESK, {"act": f"place:1:{story.pk}", "base": "0"})
    answer = client.post(DESK, {"act": f"place:2:{story.pk}", "base": "0"})
    assert answer.status_code == 409
    assert f'value="place:2:{story.pk}"' in answer.content.decode()


@pytest.mark.parametrize("act", ["", "place", "place:1:²", "move:9:up", "clear:99", "restore:x", "place:1:" + "9" * 40])
def test_a_tampered_act_gets_a_sentence(client, editor, act):
    client.force_login(editor)
    assert client.post(DESK, {"act": act, "base": "0", "starts_at": ""}).status_code == 422
