"""Corrections: on the article, in the archive, in feeds and JSON-LD, and gone with their article."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import corrections, publishing
from articles.models import Article, Correction
from newsroom.roles import ROLES
from tests.articles.stories import draft, in_state, live, person
from tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db
TEXT = "The ferry left on Tuesday, not on Monday."
PLACES = ["/corrections/", "/corrections/feed.xml"]


@pytest.fixture
def article():
    return live(headline="Boats")


@pytest.fixture
def correction(article):
    return corrections.publish(article=article, kind="correction", text=TEXT, by=None)


def stored(article):
    return Article.objects.get(pk=article.pk)


def json_ld(page):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.DOTALL)[1])


def test_readers_see_it_on_the_article_in_the_archive_and_in_the_feed(client, article, correction):
    for address in [article.get_absolute_url(), *PLACES]:
        assert TEXT in client.get(address).text
    page = client.get(article.get_absolute_url())
    assert f'id="correction-{correction.pk}"' in page.text
    assert json_ld(page)["@graph"][0]["correction"][0]["text"] == TEXT
    assert stored(article).updated_at == correction.published_at


def test_the_articles_own_feed_item_says_that_it_changed(client, article, correction):
    feed = client.get("/feeds/all.xml")
    assert f"<atom:updated>{correction.published_at.isoformat(timespec='seconds')}</atom:updated>" in feed.text


def test_an_article_without_corrections_costs_no_query_for_them(client, article, django_assert_max_num_queries):
    client.get(article.get_absolute_url())  # the frame is warm now
    with django_assert_max_num_queries(7):
        page = client.get(article.get_absolute_url())
    assert "Corrections and clarifications" not in page.text


@pytest.mark.parametrize("state", ["draft", "in_review", "approved", "killed", "trash"])
def test_only_what_readers_see_or_saw_is_corrected(state):
    with pytest.raises(publishing.WrongState):
        corrections.publish(article=in_state(state), kind="correction", text=TEXT, by=None)


def test_a_scheduled_article_is_not_corrected():
    with pytest.raises(publishing.WrongState):
        corrections.publish(article=in_state("live", scheduled=True), kind="correction", text=TEXT, by=None)


def test_an_embargoed_article_is_not_corrected():
    embargoed = live(embargo_until=timezone.now() + timedelta(hours=1))
    with pytest.raises(publishing.WrongState):
        corrections.publish(article=embargoed, kind="correction", text=TEXT, by=None)


def test_a_withdrawn_article_comes_back_with_its_correction(client, article):
    publishing.withdraw(article=article, by=None, note="Wrong.")
    corrections.publish(article=article, kind="correction", text=TEXT, by=None)
    assert TEXT not in client.get("/corrections/").text
    publishing.publish(article=stored(article), by=None)
    for address in [article.get_absolute_url(), *PLACES]:
        assert TEXT in client.get(address).text


def test_a_second_click_makes_no_second_correction(article, correction):
    assert corrections.publish(article=article, kind="correction", text=TEXT, by=None) == correction
    assert Correction.objects.count() == 1
    assert article.acts.filter(act="correct").count() == 1


def test_a_clarification_is_not_called_a_correction(client, article):
    corrections.publish(article=article, kind="clarification", text=TEXT, by=None)
    page = client.get(article.get_absolute_url()).text
    assert "A clarification was added to this article." in page
    assert "This article was corrected." not in page


def test_a_gallery_shows_its_corrections_and_the_way_to_report(client):
    gallery = live(genre="gallery", photos=[PhotoFactory()])
    corrections.publish(article=gallery, kind="correction", text=TEXT, by=None)
    page = client.get(gallery.get_absolute_url()).text
    assert TEXT in page
    assert reverse("articles:report_error", args=[gallery.pk]) in page


def test_an_old_story_that_was_corrected_stands_in_the_feed_again(client):
    old = live(headline="Old boats", at=timezone.now() - timedelta(days=90))
    for number in range(30):
        live(headline=f"News {number}")
    assert "Old boats" not in client.get("/feeds/all.xml").text
    corrections.publish(article=old, kind="correction", text=TEXT, by=None)
    feed = client.get("/feeds/all.xml").text
    assert feed.index("Old boats") < feed.index("News 29")
    assert feed.count("<item>") == 31


def test_the_sitemap_names_the_page_and_the_articles_new_time(client, article, correction):
    assert "/corrections/</loc>" in client.get("/sitemaps/pages.xml").text
    moment = correction.published_at.isoformat(timespec="seconds")
    assert f"<lastmod>{moment}</lastmod>" in client.get("/sitemaps/articles-0.xml").text


@pytest.mark.parametrize("role", ROLES)
def test_it_needs_the_right(role, article):
    who = person(role)
    if "articles.correct_article" in ROLES[role]:
        corrections.publish(article=article, kind="correction", text=TEXT, by=who)
        assert article.acts.get(act="correct").by == who
    else:
        with pytest.raises(publishing.NotAllowed):
            corrections.publish(article=article, kind="correction", text=TEXT, by=who)


@pytest.mark.parametrize("text", ["", " \u00a0\x00\n ", "x" * 2001])
def test_it_says_something_and_not_too_much(article, text):
    with pytest.raises(corrections.Unsaid):
        corrections.publish(article=article, kind="correction", text=text, by=None)
    assert not Correction.objects.exists()


def test_hostile_words_are_shown_as_words(client, article):
    corrections.publish(article=article, kind="correction", text="<script>alert(1)</script>", by=None)
    for address in [article.get_absolute_url(), *PLACES]:
        assert "<script>alert" not in client.get(address).text


def test_changed_words_are_shown_and_the_old_ones_kept(client, article, correction):
    corrections.amend(correction=correction, kind="clarification", text="It left on Wednesday.", by=None)
    assert "It left on Wednesday." in client.get(article.get_absolute_url()).text
    assert [said["text"] for said in Correction.objects.get().history] == [TEXT]


def test_a_withdrawn_correction_is_shown_nowhere(client, article, correction):
    corrections.withdraw(correction=correction, by=None)
    for address in [article.get_absolute_url(), *PLACES]:
        assert TEXT not in client.get(address).text
    assert stored(article).corrected_at is None
    with pytest.raises(publishing.WrongState):
        corrections.amend(correction=correction, kind="correction", text="Again.", by=None)


def test_a_withdrawn_or_killed_article_takes_its_corrections_along(client, article, correction):
    publishing.withdraw(article=article, by=None, note="Wrong.")
    for address in PLACES:
        assert TEXT not in client.get(address).text
    publishing.publish(article=stored(article), by=None)
    assert TEXT in client.get("/corrections/").text


def test_the_archive_is_paged_and_in_one_language(client, article):
    for n in range(25):
        corrections.publish(article=article, kind="correction", text=f"Number {n}.", by=None)
    first = client.get("/corrections/")
    assert first.text.count("correction--listed") == 20
    older = re.search(r'rel="next" href="([^"]+)"', first.text)[1]
    assert client.get("/corrections/" + older).text.count("correction--listed") == 5
    assert client.get("/corrections/?before=x").status_code == 404
    assert "Number" not in client.get("/es/corrections/", follow=True).text


def test_the_sheet_leads_to_the_corrections_page_where_all_is_done(client, editor, article):
    client.force_login(editor)
    page = reverse("admin:articles_article_corrections", args=[article.pk])
    assert page in client.get(reverse("admin:articles_article_change", args=[article.pk])).text
    assert client.post(page, {"kind": "clarification", "text": TEXT}).status_code == 302
    made = Correction.objects.get()
    assert (made.kind, made.by) == ("clarification", editor)
    assert (
        client.post(page, {"correction": made.pk, "act": "amend", "kind": "correction", "text": "Other."}).status_code
        == 302
    )
    assert client.post(page, {"correction": made.pk, "act": "withdraw"}).status_code == 302
    made.refresh_from_db()
    assert (made.text, made.withdrawn_at is None) == ("Other.", False)


@pytest.mark.parametrize(
    "sent", [{"text": ""}, {"text": "x" * 3000, "kind": "none"}, {"correction": "9" * 30, "text": ""}]
)
def test_a_refused_correction_keeps_the_text(client, editor, article, sent):
    client.force_login(editor)
    answer = client.post(reverse("admin:articles_article_corrections", args=[article.pk]), sent)
    assert answer.status_code == 422
    assert sent["text"] in answer.text
    assert not Correction.objects.exists()


@pytest.mark.parametrize("act", ["amend", "withdraw"])
def test_a_colleagues_correction_is_not_overwritten_and_the_text_is_kept(client, editor, article, correction, act):
    client.force_login(editor)
    page = reverse("admin:articles_article_corrections", args=[article.pk])
    corrections.amend(correction=correction, kind="correction", text="As the colleague wrote.", by=None)
    sent = {"correction": correction.pk, "act": act, "kind": "correction", "text": "My words.", "base": "0"}
    answer = client.post(page, sent)
    assert (answer.status_code, "My words." in answer.text) == (409, True)
    correction.refresh_from_db()
    assert (correction.text, correction.withdrawn_at) == ("As the colleague wrote.", None)
    assert client.post(page, {**sent, "base": "1"}).status_code == 302


def test_reporters_have_no_corrections_page(client, reporter):
    client.force_login(reporter)
    assert client.get(reverse("admin:articles_article_corrections", args=[draft().pk])).status_code == 403
