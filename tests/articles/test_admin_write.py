"""Writing on the desk: the way of a story from the reporter's first save to the public page."""

import pytest
from django.contrib.messages import get_messages

from articles.content import Content
from articles.models import EditorialAct, Status
from tests.articles.sheets import ADD, buttons_of, change, fields_of, fill, newest
from tests.articles.stories import draft, in_state, live, section
from tests.factories import ArticleFactory, BylineFactory, PhotoFactory

pytestmark = pytest.mark.django_db


def all_parts():
    """Every field of the sheet, typed."""
    photos, authors = [PhotoFactory(), PhotoFactory()], [BylineFactory(), BylineFactory()]
    original = ArticleFactory(language="en")
    return {
        "headline": "The harbour opens again",
        "standfirst": "After forty days the cranes move.",
        "short_headline": "Harbour opens",
        "seo_headline": "Harbour open after strike",
        "slug": "harbour-opens",
        "label": "Report",
        "genre": "feature",
        "body": "<p>At dawn the first ship came in.</p>",
        "dateline": "Quito",
        "source": "Example Agency",
        "playing_time": "24:10",
        "section": section("news/latin-america").pk,
        "language": "es",
        "translation_of": original.pk,
        "comment_mode": "open",
        "canonical_url": "https://example.org/first",
        "tags": "Harbours, Work and strikes, Ñandú",
        "bylines": [authors[1].pk, authors[0].pk],
        "slides-0-photo": photos[0].pk,
        "slides-0-caption": "The quay",
        "slides-0-alt": "An empty quay",
        "slides-0-position": "2",
        "slides-1-photo": photos[1].pk,
        "slides-1-position": "1",
        "embargo_until": "2030-01-01T10:00",
        "expires_at": "2031-01-01T10:00",
        "note": "First version",
    }


def test_a_reporter_writes_an_article_with_all_its_parts(client, reporter):
    typed = all_parts()
    client.force_login(reporter)
    answer = fill(client, ADD, **typed)
    article = newest()

    assert answer.status_code == 302
    assert answer.url == change(article)
    content = Content.from_json(article.latest_revision.content)
    for name in (
        "headline",
        "standfirst",
        "slug",
        "label",
        "genre",
        "dateline",
        "source",
        "playing_time",
        "canonical_url",
        "body",
    ):
        assert getattr(content, name) == typed[name], name
    assert content.byline_ids == typed["bylines"]
    assert content.tags == ["Harbours", "Work and strikes", "Ñandú"]
    assert [(s.photo_id, s.caption, s.alt) for s in content.slides] == [
        (typed["slides-1-photo"], "", ""),
        (typed["slides-0-photo"], "The quay", "An empty quay"),
    ]
    assert (article.section_id, article.translation_of_id) == (typed["section"], typed["translation_of"])
    assert (article.embargo_until.year, article.expires_at.year) == (2030, 2031)
    assert (article.latest_revision.note, article.latest_revision.author) == ("First version", reporter)
    assert (article.status, article.created_by) == (Status.DRAFT, reporter)


def test_what_was_saved_is_what_the_sheet_shows_again(client, reporter):
    client.force_login(reporter)
    fill(client, ADD, **all_parts())
    article = newest()
    shown = fields_of(client.get(change(article)))
    answer = client.post(change(article), {**shown, "act": ""})

    assert answer.status_code == 302
    assert article.revisions.count() == 1  # nothing changed, so nothing was written


def test_a_reporter_sends_to_review_and_cannot_publish(client, reporter):
    article = draft(by=reporter)
    client.force_login(reporter)
    assert buttons_of(client.get(change(article))) == ["", "submit"]
    fill(client, change(article), act="submit", headline="Better headline")
    article.refresh_from_db()
    assert (article.status, article.headline) == (Status.IN_REVIEW, "Better headline")

    answer = fill(client, change(article), act="publish", headline="Third headline")
    article.refresh_from_db()
    assert (answer.status_code, article.status, article.headline) == (200, Status.IN_REVIEW, "Third headline")
    assert "You may not do this" in answer.content.decode()
    assert "Your text is saved" in answer.content.decode()


def test_an_editor_approves_and_publishes(client, editor):
    article = in_state("in_review", headline="A story of the harbour")
    client.force_login(editor)
    fill(client, change(article), act="approve")
    fill(client, change(article), act="publish")
    article.refresh_from_db()

    assert article.status == Status.LIVE
    assert "A story of the harbour" in client.get(article.get_absolute_url()).content.decode()
    assert [act.act for act in article.acts.order_by("pk")][-2:] == ["approve", "publish"]


def test_a_time_ahead_schedules(client, editor):
    article = in_state("approved")
    client.force_login(editor)
    answer = fill(client, change(article), act="publish", publish_at="2040-05-06T17:00")
    article.refresh_from_db()

    assert article.is_scheduled
    assert (article.published_at.hour, article.published_at.year) == (17, 2040)
    assert "Scheduled for" in str(next(iter(get_messages(answer.wsgi_request))))
    assert "unschedule" in buttons_of(client.get(change(article)))


def test_a_second_click_on_publish_changes_nothing(client, editor):
    article = in_state("approved")
    client.force_login(editor)
    sent = {**fields_of(client.get(change(article))), "act": "publish"}
    answers = [client.post(change(article), sent) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert EditorialAct.objects.filter(article=article, act="publish").count() == 1
    assert [str(message) for message in get_messages(answers[1].wsgi_request)][-1] == "Published."


def test_saving_a_live_article_shows_readers_nothing_until_the_update(client, editor):
    article = live(headline="As it was")
    client.force_login(editor)
    fill(client, change(article), headline="As it will be")
    public = article.get_absolute_url()
    assert "As it was" in client.get(public).content.decode()
    assert fields_of(client.get(change(article)))["headline"] == ["As it will be"]

    fill(client, change(article), act="update")
    assert "As it will be" in client.get(public, follow=True).content.decode()


def test_an_older_version_is_restored_as_a_new_one(client, editor):
    article = draft(headline="First words")
    client.force_login(editor)
    fill(client, change(article), headline="Second words")
    answer = client.post(f"/admin/articles/article/{article.pk}/versions/1/restore/")
    article.refresh_from_db()

    assert answer.status_code == 302
    assert (article.headline, article.latest_revision.number) == ("First words", 3)
    assert article.latest_revision.note == "Version 1 restored"


def test_an_article_comes_back_from_the_trash(client, editor):
    article = in_state("trash")
    client.force_login(editor)
    page = client.get(change(article))
    assert buttons_of(page) == ["restore"]
    assert "headline" not in fields_of(page)

    fill(client, change(article), act="restore")
    article.refresh_from_db()
    assert article.status == Status.DRAFT


def test_articles_are_never_deleted(client, administrator):
    article = draft()
    client.force_login(administrator)
    assert client.post(f"/admin/articles/article/{article.pk}/delete/", {"post": "yes"}).status_code == 403
    client.post(
        "/admin/articles/article/", {"action": "delete_selected", "_selected_action": [article.pk], "post": "yes"}
    )
    article.refresh_from_db()
