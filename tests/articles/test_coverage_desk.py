"""The desk's screen of a live coverage, as a browser without JavaScript sees it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from articles import coverage
from articles.models import Article, Coverage, EntryState, LiveEntry
from tests.articles.coverages import covered, posted, said
from tests.articles.stories import in_state, live
from tests.factories import BylineFactory, PhotoFactory, UserFactory

pytestmark = pytest.mark.django_db


def desk(article):
    return f"/admin/articles/article/{article.pk}/coverage/"


@pytest.fixture
def by(client, editor):
    """``client`` is signed in as an editor."""
    client.force_login(editor)
    return editor


def send(client, article, **typed):
    return client.post(desk(article), {"act": "post", "headline": "", "body": "", "key": str(uuid4()), **typed})


def test_an_editor_starts_it_posts_and_ends_it(client, by):
    article = live()
    assert "New post" not in client.get(desk(article)).content.decode()
    client.post(desk(article), {"act": "start"})
    assert "New post" in client.get(desk(article)).content.decode()
    answer = send(client, article, body="The gates are open.\n\nAll of them.")
    assert (answer.status_code, answer["Location"]) == (302, f"{desk(article)}#posted")
    assert LiveEntry.objects.get().body == "<p>The gates are open.</p>\n\n<p>All of them.</p>"
    client.post(desk(article), {"act": "end"})
    assert Article.objects.get(pk=article.pk).coverage_state == "ended"


def test_plain_text_with_signs_in_it_stays_text(client, by):
    article = covered()
    send(client, article, body="4 < 5 & so on")
    assert LiveEntry.objects.get().body == "<p>4 &lt; 5 &amp; so on</p>"


def test_eight_people_who_post_at_once_are_all_heard(transactional_db):
    article = covered()
    people = [UserFactory(role="Reporter") for _n in range(8)]
    start = Barrier(len(people))

    def say(person):
        try:
            start.wait()
            posted(Article.objects.get(pk=article.pk), f"<p>{person.name}</p>", by=person)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(say, people))
    versions = LiveEntry.objects.values_list("version", flat=True)
    assert sorted(versions) == list(range(2, 10))
    assert Coverage.objects.get(article=article).version == 9


def test_one_form_sent_eight_times_at_once_is_one_post(transactional_db):
    article, person, key = covered(), UserFactory(role="Reporter"), uuid4()
    start = Barrier(8)

    def say(_click):
        try:
            start.wait()
            coverage.post(article=Article.objects.get(pk=article.pk), content=said(), by=person, key=key)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(say, range(8)))
    assert LiveEntry.objects.count() == 1


def test_two_clicks_make_one_post(client, by):
    article, key = covered(), str(uuid4())
    for _click in range(2):
        send(client, article, body="Once.", key=key)
    assert LiveEntry.objects.count() == 1


def test_a_person_who_writes_under_a_name_finds_it_chosen(client, by):
    byline, article = BylineFactory(user=by, name="Irene Vasco"), covered()
    assert f'<option value="{byline.pk}" selected' in client.get(desk(article)).content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"body": ""}, "Write something, or choose a photo."),
        ({"body": "x", "at": "2999-01-01T10:00"}, "This time lies ahead."),
        ({"body": "x", "at": "1970-01-01T10:00"}, "This time lies long before the coverage began."),
        ({"body": "x", "at": "never"}, "Enter a valid date/time."),
        ({"body": "x", "byline": "9" * 30}, "Select a valid choice."),
        ({"body": "x", "photo": "x"}, "Select a valid choice."),
        ({"body": "x", "headline": "x" * 201}, "at most 200 characters"),
    ],
)
def test_bad_input_is_a_sentence_and_keeps_the_text(client, by, typed, sentence):
    answer = send(client, covered(), **typed)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in text
    assert typed["body"] == "" or ">\nx</textarea>" in text
    assert not LiveEntry.objects.exists()


def test_nul_bytes_and_markup_of_others_do_no_harm(client, by):
    article = covered()
    assert send(client, article, body="<p>a\x00b<script>c</script></p>", headline="d\x00").status_code == 302
    assert (LiveEntry.objects.get().body, LiveEntry.objects.get().headline) == ("<p>ab</p>", "d")


def test_a_photo_without_alt_text_is_refused_at_its_field(client, by):
    answer = send(client, covered(), body="Look.", photo=PhotoFactory(alt="").pk)
    assert answer.status_code == 422
    assert "has no alt text." in answer.content.decode()


def test_a_draft_is_kept_and_posted_later(client, by):
    article = covered()
    send(client, article, body="Later.", act="draft")
    entry = LiveEntry.objects.get()
    assert entry.state == EntryState.DRAFT
    client.post(desk(article), {"act": "publish", "entry": entry.pk})
    entry.refresh_from_db()
    assert entry.state == EntryState.PUBLISHED


def test_every_button_leads_back_to_its_post(client, by):
    article = covered()
    entry = posted(article)
    for act in ("pin", "key", "unpin", "unkey", "remove", "put_back"):
        answer = client.post(desk(article), {"act": act, "entry": entry.pk})
        assert answer["Location"] == f"{desk(article)}#e{entry.pk}"
    entry.refresh_from_db()
    assert (entry.state, entry.is_pinned, entry.is_key_point) == (EntryState.PUBLISHED, False, False)


def test_a_stale_edit_keeps_mine_and_shows_theirs_and_the_second_save_holds(client, by):
    article = covered()
    entry = posted(article)
    coverage.edit(entry=entry, content=said("<p>Theirs.</p>"), by=None, base=1)
    answer = client.post(desk(article), {"entry": entry.pk, "body": "<p>Mine.</p>", "base": "1"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs." in text
    assert "Mine." in text
    assert 'name="base" value="2"' in text
    client.post(desk(article), {"entry": entry.pk, "body": "<p>Mine.</p>", "base": "2"})
    entry.refresh_from_db()
    assert entry.body == "<p>Mine.</p>"


def test_an_edit_that_leaves_the_minute_alone_leaves_the_time(client, by):
    article = covered()
    entry = posted(article)
    typed = entry.at.strftime("%Y-%m-%dT%H:%M")
    client.post(desk(article), {"entry": entry.pk, "body": "<p>Mine.</p>", "base": "1", "at": typed})
    assert LiveEntry.objects.get().at == entry.at


def test_what_a_post_said_once_is_put_into_the_form(client, by):
    article = covered()
    entry = posted(article, "<p>zqfirstqz</p>", headline="Once")
    coverage.edit(entry=entry, content=said("<p>Second.</p>"), by=by, base=1)
    html = client.get(desk(article), {"edit": entry.pk, "version": 1}).content.decode()
    assert "zqfirstqz&lt;/p&gt;</textarea>" in html
    assert 'value="Once"' in html
    assert 'name="base" value="2"' in html
    for number in ("0", "9" * 18, "x"):
        assert "Second." in client.get(desk(article), {"edit": entry.pk, "version": number}).content.decode()


def test_after_the_end_a_text_sent_is_kept_with_the_reason(client, by):
    article = covered()
    coverage.end_coverage(article=article, by=None)
    answer = send(client, article, body="Too late.")
    assert answer.status_code == 422
    assert "The live coverage has ended." in answer.content.decode()
    assert "Too late." in answer.content.decode()


@pytest.mark.parametrize("typed", ["x", "", "0", "9" * 30, "-1"])
@pytest.mark.parametrize("act", ["pin", "remove"])
def test_a_post_that_is_not_there_is_404(client, by, act, typed):
    assert client.post(desk(covered()), {"act": act, "entry": typed}).status_code == 404


def test_a_post_of_another_article_is_404(client, by):
    other = posted(covered())
    assert client.post(desk(covered()), {"act": "remove", "entry": other.pk}).status_code == 404
    assert client.get(desk(covered()), {"edit": other.pk}).status_code == 404


@pytest.mark.parametrize("query", ["?before=x", "?edit=x", "?before=1-1-1"])
def test_an_address_that_leads_nowhere_is_404(client, by, query):
    assert client.get(desk(covered()) + query).status_code == 404


@pytest.mark.parametrize("state", ["killed", "trash"])
def test_a_closed_article_says_why_nothing_begins(client, by, state):
    article = in_state(state)
    answer = client.post(desk(article), {"act": "start"}, follow=True)
    assert "This article can no longer be edited." in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "status"), [("reporter", 200), ("publisher", 200), ("photo_editor", 403), ("moderator", 403)]
)
def test_who_may_post_may_see_the_screen(client, request, role, status):
    client.force_login(request.getfixturevalue(role))
    assert client.get(desk(covered())).status_code == status


def test_a_reporter_finds_no_button_that_is_refused(client, reporter, editor):
    client.force_login(reporter)
    article = covered()
    mine, theirs = posted(article, by=reporter, headline="Mine"), posted(article, by=editor, headline="Theirs")
    text = client.get(desk(article)).content.decode()
    assert "End the live coverage" not in text
    assert f"?edit={mine.pk}#" in text
    assert f"?edit={theirs.pk}#" not in text


def test_the_screen_costs_the_same_with_one_post_and_with_thirty(client, by, django_assert_max_num_queries):
    article = covered()
    for count in (1, 29):
        for _n in range(count):
            posted(article, byline_id=BylineFactory().pk, by=by)
        client.get(desk(article))
        with django_assert_max_num_queries(22):
            client.get(desk(article))


def test_an_open_screen_learns_by_a_number_that_a_colleague_wrote(client, by):
    article = covered()
    before = client.get(desk(article), {"stamp": ""}).json()
    assert f'data-stamp="{before["stamp"]}"' in client.get(desk(article)).content.decode()
    posted(article)
    assert client.get(desk(article), {"stamp": ""}).json() != before


def test_thirty_posts_a_page(client, by):
    article = covered()
    for ago in range(31):
        posted(article, minutes_ago=ago)
    assert client.get(desk(article)).content.decode().count('class="live-row ') == 30


def test_the_sheet_leads_there_and_its_history_is_not_flooded(client, by):
    article = covered()
    for _n in range(15):
        posted(article)
    text = client.get(f"/admin/articles/article/{article.pk}/change/").content.decode()
    assert desk(article) in text
    assert "Live coverage begun" in text
    assert "post_entry" not in text


def test_the_preview_shows_the_posts_and_asks_for_nothing(client, by):
    article = covered()
    posted(article, "<p>The gates are open.</p>")
    text = client.get(f"/admin/articles/article/{article.pk}/preview/").content.decode()
    assert "The gates are open." in text
    assert "articles/live.js" not in text
