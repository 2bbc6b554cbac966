"""What open pages are told, and that it costs no query."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from articles import coverage, live_polling, publishing
from newsroom.caches import made
from tests.articles.coverages import covered, poll, posted, said
from tests.articles.stories import draft, live
from tests.factories import SectionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _slow_machine(monkeypatch):
    """The cache keeps what it has for as long as a test takes on any machine."""
    monkeypatch.setattr(live_polling, "KEPT", 600)


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """``with committed(): …`` and what follows the commit of these acts has happened."""
    return partial(django_capture_on_commit_callbacks, execute=True)


def test_the_stamp_is_a_number_that_grows_with_every_post(client, committed):
    article = covered()
    first = poll(client, article).json()
    with committed():
        posted(article)
    assert poll(client, article).json() == {"version": first["version"] + 1, "running": True}


def test_a_page_that_is_up_to_date_gets_304_without_a_query(client, django_assert_num_queries):
    article = covered()
    tag = poll(client, article)["ETag"]
    with django_assert_num_queries(0):
        again = poll(client, article, **{"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_five_thousand_readers_cost_one_query(client, django_assert_num_queries):
    article = covered()
    with django_assert_num_queries(1):
        for _reader in range(50):
            poll(client, article)


def test_what_changed_is_made_once_for_all_who_ask(client, django_assert_num_queries):
    article = covered()
    since = poll(client, article).json()["version"]
    posted(article)
    made.clear()
    poll(client, article, since)
    with django_assert_num_queries(0):
        assert poll(client, article, since).json()["posts"]


def test_those_who_still_ask_after_a_withdrawal_cost_no_query(client, django_assert_num_queries):
    article = covered()
    publishing.withdraw(article=article, by=None, note="For a reason.")
    made.clear()
    poll(client, article)
    with django_assert_num_queries(0):
        assert poll(client, article).status_code == 404


def test_new_posts_come_as_they_stand_on_the_page_with_a_sentence(client):
    article = covered()
    since = poll(client, article).json()["version"]
    entries = [posted(article, f"<p>Post {n}.</p>", minutes_ago=3 - n) for n in range(3)]
    made.clear()
    found = poll(client, article, since).json()
    assert [one[0] for one in found["posts"]] == [entry.pk for entry in entries[::-1]]
    assert found["news"] == "3 new posts"
    page = client.get(article.get_absolute_url()).content.decode()
    assert all(one[2].strip() in page for one in found["posts"])
    orders = [one[1] for one in found["posts"]]
    assert orders == sorted(orders, reverse=True)


def test_edits_come_again_and_removed_posts_as_gone(client):
    article = covered()
    edited, removed = posted(article), posted(article)
    since = article.coverage.__class__.objects.get(pk=article.pk).version
    coverage.edit(entry=edited, content=said("<p>Other words.</p>"), by=None, base=1)
    coverage.remove(entry=removed, by=None)
    found = poll(client, article, since).json()
    by_id = {one[0]: one[2:] for one in found["posts"]}
    assert "Other words." in by_id[edited.pk][0]
    assert by_id[removed.pk] == ["", 0]
    assert by_id[edited.pk][1] == 0


def test_a_post_brought_back_is_new_again(client):
    article = covered()
    entry = posted(article)
    coverage.remove(entry=entry, by=None)
    since = type(article.coverage).objects.get(pk=article.pk).version
    coverage.put_back(entry=entry, by=None)
    assert [(one[0], one[3]) for one in poll(client, article, since).json()["posts"]] == [(entry.pk, 1)]


def test_drafts_are_never_told_of(client):
    article = covered()
    before = poll(client, article).json()
    entry = coverage.keep_draft(article=article, content=said("<p>zqdraftqz</p>"), by=None)
    coverage.remove(entry=entry, by=None)
    made.clear()
    assert poll(client, article).json() == before
    assert "zqdraftqz" not in poll(client, article, 0).content.decode()


def test_guesses_leave_nothing_in_the_cache(client):
    article = draft()
    made.set("known", 1)
    for pk in (article.pk, article.pk + 1, 9**17):
        assert client.get(f"/live-posts/{pk}/").status_code == 404
        assert made.get(f"live-stamp-{pk}") is None


def test_a_page_far_behind_is_told_to_load_itself_anew(client):
    article = covered()
    entry = posted(article)
    for _n in range(60):
        coverage.pin(entry=entry, by=None)
        coverage.unpin(entry=entry, by=None)
    made.clear()
    assert poll(client, article, 1).json()["more"] is True
    assert poll(client, article, 119).json()["more"] is False


def test_more_than_a_page_of_news_says_so(client):
    article = covered()
    for _n in range(21):
        posted(article)
    found = poll(client, article, 1).json()
    assert (len(found["posts"]), found["more"]) == (20, True)


@pytest.mark.parametrize("since", ["x", "-1", "1.5", "9" * 10, "١"])
def test_a_number_that_is_none_is_400(client, since):
    assert poll(client, covered(), since).status_code == 400


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_cannot_be_written_to(client, method):
    assert getattr(client, method)(f"/live-posts/{covered().pk}/").status_code == 405


@pytest.mark.parametrize("pk", ["0", "9" * 18])
def test_a_number_without_an_article_is_404(client, pk):
    assert client.get(f"/live-posts/{pk}/").status_code == 404


def test_an_article_without_a_coverage_is_404(client):
    assert poll(client, live()).status_code == 404


def test_shared_caches_may_keep_it_as_long_as_ours_does_and_no_cookie_is_set(client):
    answer = poll(client, covered())
    assert answer["Cache-Control"] == f"public, max-age=0, s-maxage={live_polling.KEPT}"
    assert not answer.cookies
    assert not answer.has_header("Vary") or "Cookie" not in answer["Vary"]


def test_the_end_is_told_and_its_page_stops_asking(client, committed):
    article = covered()
    poll(client, article)
    with committed():
        coverage.end_coverage(article=article, by=None)
    assert poll(client, article).json()["running"] is False


def test_a_withdrawal_is_404_at_once(client, committed):
    article = covered()
    posted(article)
    assert poll(client, article, 1).status_code == 200
    with committed():
        publishing.withdraw(article=article, by=None, note="For a reason.")
    assert poll(client, article).status_code == 404
    assert poll(client, article, 1).status_code == 404


def test_an_expiry_is_kept_to_the_moment_though_the_cache_holds_the_stamp(client):
    article = covered()
    now = live_polling.stamp(article.pk)
    assert now is not None
    kept = replace(now, until=timezone.now() - timedelta(seconds=1))
    made.set(f"live-stamp-{article.pk}", kept, 60)
    assert poll(client, article).status_code == 404


def test_a_section_that_is_hidden_hides_it(client):
    section = SectionFactory()
    article = covered(section_id=section.pk)
    section.is_visible = False
    section.save()
    assert poll(client, article).status_code == 404
