"""Front pages: when what stands where, the draft and its publication, who may, and that no change is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import front_pages
from articles.acts import ActRefused, NotAllowed
from articles.front_page import compose
from articles.front_pages import PlaceLocked, StaleFront, base_of, home_of, in_force
from articles.front_rows import STRIP, Arrangement, Block, Row
from articles.models.section import ordered_tree
from tests.articles.stories import draft, live, section
from tests.factories import arrange_front

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def base():
    return base_of(home_of("en"), timezone.now())


def do(act, **given):
    act(**{"page": home_of("en"), "by": None, "base": base(), **given})


def put(position, article, **facts):
    do(front_pages.place, row=Row(position, article.pk, **facts))


def publish(**given):
    do(front_pages.publish, **given)


def front(at=None):
    return compose(language="en", sections=ordered_tree(), at=at or timezone.now())


def places():
    return {row.position: row.article for row in front_pages.drafted(home_of("en"), timezone.now()).rows}


def test_readers_see_a_change_once_it_is_published():
    chosen, newest = live(at=timezone.now() - 9 * HOUR), live()
    put(1, chosen)
    assert front().lead == newest
    publish()
    assert front().lead == chosen


def test_a_version_takes_force_at_its_minute_unless_called_off():
    now = timezone.now()
    chosen, newest = live(at=now - 9 * HOUR), live(at=now - 8 * HOUR)
    put(1, chosen)
    publish(at=now + HOUR)
    assert [front(now + HOUR - timedelta(seconds=1)).lead, front(now + HOUR).lead] == [newest, chosen]
    do(front_pages.call_off, number=1)
    assert front(now + HOUR).lead == newest


def test_a_story_stands_at_its_place_between_its_moments():
    now = timezone.now()
    early, late = live(at=now - 9 * HOUR), live(at=now - 8 * HOUR)
    put(1, early)
    put(1, late, starts_at=now + HOUR, ends_at=now + 2 * HOUR)
    publish()
    assert [front(now + t).lead for t in (HOUR - timedelta(seconds=1), HOUR, 2 * HOUR)] == [early, late, early]


@pytest.mark.parametrize("rule", ["section", "topic"])
def test_a_place_takes_the_newest_of_its_section_or_topic(rule):
    wanted = live(section_id=section("sport/football").pk, tags=["Cup"], at=timezone.now() - HOUR)
    live(section_id=section("news").pk)
    kinds = {"section": {"rule_section": section("sport").pk}, "topic": {"rule_topic": wanted.tags.get().pk}}
    do(front_pages.place, row=Row(1, **kinds[rule]))
    publish()
    assert front().lead == wanted


def test_a_story_that_is_not_public_leaves_its_place():
    shown = live()
    arrange_front({1: draft()})
    assert front().lead == shown


@pytest.mark.parametrize("may_repeat", [False, True])
def test_a_story_stands_twice_only_where_it_may(may_repeat):
    story = live()
    put(1, story)
    put(2, story, may_repeat=may_repeat)
    publish()
    page = front()
    assert [page.lead, *page.secondary].count(story) == 1 + may_repeat


def test_a_locked_place_stays_until_somebody_unlocks_it():
    first, second = live(), live()
    put(1, first)
    do(front_pages.lock, position=1, until=timezone.now() + HOUR)
    for act, given in (
        (front_pages.place, {"row": Row(1, second.pk)}),
        (front_pages.place, {"row": Row(2, first.pk)}),  # it would move
        (front_pages.clear, {"position": 1, "starts_at": None}),
        (front_pages.swap, {"one": 2, "other": 1, "shown": second.pk}),
    ):
        with pytest.raises(PlaceLocked):
            do(act, **given)
    do(front_pages.lock, position=1, until=None)
    put(1, second)
    assert places() == {1: second.pk}


def test_a_change_on_an_older_base_changes_nothing():
    first, second, seen = live(), live(), base()
    put(1, first)
    for act, given in ((front_pages.place, {"row": Row(1, second.pk)}), (front_pages.publish, {})):
        with pytest.raises(StaleFront):
            do(act, **given, base=seen)
    assert places() == {1: first.pk}


def test_places_are_exchanged_and_a_filled_one_keeps_its_story():
    first, filled = live(), live()
    put(1, first)
    do(front_pages.swap, one=2, other=1, shown=filled.pk)
    assert places() == {1: filled.pk, 2: first.pk}


def test_an_older_version_comes_back_through_the_draft():
    old, new = live(), live()
    arrange_front({1: old})
    arrange_front({1: new})
    do(front_pages.take_up, number=1)
    assert front().lead == new
    publish()
    assert front().lead == old
    assert home_of("en").versions.count() == 3


def test_discarding_leaves_what_readers_see():
    story = live()
    arrange_front({1: story})
    put(1, live())
    do(front_pages.discard)
    assert places() == {1: story.pk}


def test_the_parts_below_stand_in_the_editors_order():
    for path in ("news", "sport"):
        for _ in range(20):
            live(section_id=section(path).pk)
    assert [strip.section.slug for strip in front().strips] == ["news", "sport"]
    news, sport = (Block(STRIP, section(path).pk) for path in ("news", "sport"))
    do(front_pages.order, blocks=[sport, Block("watch", is_shown=False), news])
    publish()
    assert [part.block.key for part in front().parts] == [sport.key, news.key]
    do(front_pages.order, blocks=[Block(STRIP, news.section, is_shown=False), sport])
    publish()
    assert [strip.section.slug for strip in front().strips] == ["sport"]


def test_a_section_front_shows_what_was_placed_and_no_story_twice(client):
    old = live(at=timezone.now() - 900 * HOUR, headline="From long ago")
    newest = [live() for _ in range(8)]
    arrange_front({2: old, 3: newest[0]}, section=section("news"))
    context = client.get("/news/").context
    assert context["top"][1:3] == [old, newest[0]]
    shown = [a.pk for a in [*context["top"], *context["items"]]]
    assert len(shown) == len(set(shown)) == 9


def test_the_home_page_costs_the_same_with_many_rules(django_assert_max_num_queries):
    for number in range(8):
        live(tags=[f"Topic {number}"], section_id=section(f"s{number}").pk)
    rows = [Row(place, rule_topic=live(tags=[f"Topic {place}"]).tags.get().pk) for place in range(1, 5)]
    rows += [Row(place, rule_section=section(f"s{place}").pk) for place in range(5, 8)]
    front_pages.arrange(home_of("en"), Arrangement(tuple(rows)))
    tree = ordered_tree()
    with django_assert_max_num_queries(7):
        assert len(compose(language="en", sections=tree, at=timezone.now()).standing) == 7


@pytest.mark.parametrize("act", [front_pages.place, front_pages.publish])
def test_only_who_may_arranges(act, reporter):
    with pytest.raises(NotAllowed):
        do(act, by=reporter, **({"row": Row(1, live().pk)} if act is front_pages.place else {}))


@pytest.mark.parametrize(
    "row",
    [Row(0, 1), Row(8, 1), Row(1), Row(1, 2**31), Row(1, rule_section=2**31), Row(1, rule_topic=2**31)],
)
def test_nonsense_is_refused(row):
    with pytest.raises(ActRefused):
        do(front_pages.place, row=row)


def test_what_was_deleted_since_closes_up():
    gone = section("gone")
    front_pages.arrange(
        home_of("en"), Arrangement((Row(1, 2**31), Row(2, rule_section=gone.pk)), (Block(STRIP, gone.pk),))
    )
    gone.delete()
    shown = live()
    assert front().lead == shown
    assert in_force(timezone.now(), language="en").rows
