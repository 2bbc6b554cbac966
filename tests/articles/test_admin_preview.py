"""The preview: any version through the public page's template, for staff only, kept nowhere."""

import pytest

from articles import publishing
from tests import factories
from tests.articles.stories import content, draft, in_state, live

pytestmark = pytest.mark.django_db


def preview(article, query=""):
    return f"/admin/articles/article/{article.pk}/preview/{query}"


@pytest.fixture
def desk(client, reporter):
    client.force_login(reporter)
    return client


def test_it_shows_the_newest_version_and_says_that_readers_do_not(desk):
    article = live(headline="As it was")
    publishing.save(article=article, content=content(headline="As it will be"), by=None, base=None)
    page = desk.get(preview(article)).content.decode()

    assert "As it will be" in page
    assert "Readers do not see this version." in page
    assert "As it was" in desk.get(preview(article, "?version=1")).content.decode()
    assert "Readers see this version." in desk.get(preview(article, "?version=1")).content.decode()


def test_it_is_neither_kept_nor_indexed(desk):
    answer = desk.get(preview(draft()))

    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("state", ["draft", "in_review", "killed", "trash", "withdrawn"])
def test_every_state_can_be_looked_at_by_staff_and_by_nobody_else(desk, state, reader):
    article = in_state(state, headline="Not for readers")
    assert "Not for readers" in desk.get(preview(article)).content.decode()

    desk.force_login(reader)
    assert desk.get(preview(article), follow=True).status_code == 403


def test_an_empty_draft_can_be_looked_at(desk):
    article = publishing.create(content=content(headline="", body="", section_id=None), by=None)
    assert desk.get(preview(article)).status_code == 200


@pytest.mark.parametrize("query", ["?version=7", "?version=99999999999"])
def test_an_unknown_version_is_not_found_or_the_newest(desk, query):
    assert desk.get(preview(draft(), query)).status_code in {200, 404}


def test_an_article_in_arabic_is_set_from_right_to_left(desk):
    assert 'dir="rtl"' in desk.get(preview(draft(language="ar"))).content.decode()


def test_only_its_frame_on_the_desk_may_show_it_in_a_frame(desk):
    article = draft(headline="Not for readers")
    plain, framed = desk.get(preview(article)), desk.get(preview(article, "?framed=1"))
    assert "frame-ancestors 'none'" in plain.headers["Content-Security-Policy"]
    assert plain.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'self'" in framed.headers["Content-Security-Policy"]
    assert framed.headers["X-Frame-Options"] == "SAMEORIGIN"

    both = desk.get(preview(article, "widths/?version=1"))
    assert "frame-src 'self'" in both.headers["Content-Security-Policy"]
    assert both.content.decode().count("?version=1&amp;framed=1") == 2
    assert desk.get(preview(article, "widths/?width=phone")).content.decode().count("<iframe") == 1


def test_a_gallery_is_shown_as_the_gallery_it_will_be(desk):
    photos = [factories.PhotoFactory(), factories.PhotoFactory()]
    page = desk.get(preview(draft(genre="gallery", photos=photos), "?photo=2")).content.decode()
    assert "gallery__photo" in page
    assert "2 of 2" in page
