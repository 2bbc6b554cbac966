"""The front page editor's forms: what its buttons do without JavaScript, what they refuse, whose pages they reach."""

import re

import pytest
from django.contrib.auth.models import Group

from articles.front_page import compose
from articles.front_pages import front_of, home_of
from articles.models import SectionRight
from articles.models.section import ordered_tree
from newsroom.models import AuditEvent
from tests.articles.stories import live, person, section
from tests.factories import arrange_front

pytestmark = pytest.mark.django_db
DESK = "/admin/articles/frontpage/"


def press(client, act, *, at=DESK, base=None, **typed):
    """The answer to the button ``act`` of the page as it stands, or as it stood at ``base``."""
    base = base or re.search(r'name="base" value="([^"]+)"', client.get(at).content.decode())[1]
    return client.post(at, {"act": act, "base": base, **typed})


def test_a_story_is_placed_locked_and_published(client, editor):
    client.force_login(editor)
    story = live(headline="Placed by hand")
    live()
    assert press(client, "put:3", story=story.pk)["Location"] == f"{DESK}?language=en#place-3"
    assert press(client, "lock", place="3", locked_until="2999-01-01T10:00").status_code == 302
    assert press(client, "clear:3").status_code == 422
    assert press(client, "publish", note="Morning").status_code == 302

    page = client.get(DESK).content.decode()
    assert "Morning" in page
    assert client.get("/").context["front"].standing[3] == story
    assert AuditEvent.objects.get(by=editor, act="changed").detail == "Morning"


def test_every_button_that_the_page_shows_does_something(client, editor):
    client.force_login(editor)
    stories = [live() for _ in range(8)]
    arrange_front({1: stories[0], 5: stories[1]})
    press(client, "put:1", story=stories[2].pk, starts_at="2998-01-01T10:00")
    press(client, "publish", publish_at="2999-01-01T10:00")
    page = client.get(DESK).content.decode()
    acts = set(re.findall(r'name="act" value="([^"]+)"', page))
    assert {act.split(":")[0] for act in acts} == {
        *("put", "clear", "pin", "swap", "rule", "lock", "block", "publish", "restore", "off"),
    }
    for act in sorted(acts - {"lock"}):
        typed = {"story": stories[3].pk, "place": "1", "rule_section": section().pk}
        assert press(client, act, **typed).status_code == 302, act


def test_a_stale_form_is_answered_with_the_page_and_the_change(client, editor):
    client.force_login(editor)
    story, base = live(), "0-0"
    press(client, "put:1", story=story.pk)
    answer = press(client, "put:2", story=story.pk, base=base, starts_at="2999-01-01T10:00")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'name="act" value="put:2">' in page
    assert f'value="{story.pk}" form="front" checked' in page
    assert 'value="2999-01-01T10:00"' in page


def test_two_publish_from_the_same_page_and_one_wins(client, editor):
    client.force_login(editor)
    press(client, "publish", base="0-0")
    assert press(client, "publish", base="0-0").status_code == 409
    assert home_of("en").versions.count() == 1


def test_the_draft_is_previewed_as_the_exact_page_and_never_kept(client, editor):
    client.force_login(editor)
    story = live(headline="Not yet leading")
    live()
    press(client, "put:1", story=story.pk)
    answer = client.get(DESK, {"preview": "draft"})
    assert answer.context["front"].lead == story
    assert "no-store" in answer["Cache-Control"]
    assert compose(language="en", sections=ordered_tree(), at=story.published_at).lead is not None
    assert client.get(DESK, {"preview": "7"}).status_code == 404


def test_a_version_is_compared_place_by_place(client, editor):
    client.force_login(editor)
    arrange_front({1: live(headline="The old lead")})
    press(client, "put:1", story=live(headline="The new lead").pk)
    changes = client.get(DESK, {"compare": "1"}).context["changes"]
    assert changes == [{"place": 1, "then": ["The old lead"], "since": ["The new lead"]}]


def test_an_editor_of_a_section_arranges_its_front_only(client):
    sport, news, user = section("sport"), section("news"), person("Editor")
    SectionRight.objects.create(user=user, section=sport, role=Group.objects.get(name="Editor"))
    client.force_login(user)
    story = live(section_id=sport.pk)
    assert client.get(DESK).context["page"] == front_of(sport)
    assert press(client, "put:1", at=f"{DESK}?section={sport.pk}", story=story.pk).status_code == 302
    for other in (f"{DESK}?section={news.pk}", f"{DESK}?language=en"):
        page = client.get(other).content.decode()
        assert 'name="act"' not in page
        assert press(client, "put:1", at=other, story=story.pk).status_code == 422
    assert home_of("en").draft is None


@pytest.mark.parametrize(
    "act",
    ["", "put", "put:1:²", "swap:9:1", "swap:1:1", "clear:99", "clear:1:x", "restore:x", "put:1:" + "9" * 40, "pin:1",
     "block:up:x", "off:1", "unlock:1", "lock", "rule"],
)  # fmt: skip
def test_a_tampered_act_gets_a_sentence(client, editor, act):
    client.force_login(editor)
    assert press(client, act, starts_at="").status_code == (302 if act.startswith("clear") else 422)


@pytest.mark.parametrize("asked", ["section=99", "section=x", "language=xx", "preview=x"])
def test_a_page_that_is_not_there_is_a_404(client, editor, asked):
    client.force_login(editor)
    assert client.get(f"{DESK}?{asked}").status_code == 404


def test_the_editor_costs_the_same_for_few_and_for_many(
    client, editor, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(editor)
    arrange_front({1: live(tags=["Ports"])})
    client.get(DESK)
    with django_assert_max_num_queries(40) as few:
        client.get(DESK)
    number = len(few)
    stories = [live(tags=["Ports"], section_id=section(path).pk) for path in ("news", "sport") for _ in range(9)]
    arrange_front(dict(enumerate(stories[:7], 1)))
    client.get(DESK)
    with django_assert_num_queries(number):
        client.get(DESK)
