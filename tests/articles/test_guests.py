"""Contributors from outside, who see and edit their own."""

import pytest
from django.urls import reverse

from articles import publishing, rights
from articles.content import SlideContent
from articles.models import Article
from media.models import Photo
from tests.factories import (
    ArticleFactory,
    BylineFactory,
    LiveArticleFactory,
    PhotoFactory,
    SectionFactory,
    UserFactory,
    content,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest():
    return UserFactory(role="Contributor")


def test_a_guest_sees_what_they_began_or_signed_and_nothing_else(guest):
    begun, signed = ArticleFactory(by=guest), ArticleFactory(bylines=[BylineFactory(user=guest)])
    ArticleFactory()
    LiveArticleFactory()
    assert set(Article.objects.visible_to(guest)) == {begun, signed}


def test_a_guest_writes_and_submits_their_own(guest):
    article = publishing.create(content=content(headline="From the valley"), by=guest)
    publishing.submit(article=article, by=guest)
    assert article.status == "in_review"
    assert publishing.available_acts(article, guest) == []


@pytest.mark.parametrize("state", ["in_review", "approved", "scheduled", "live", "withdrawn"])
def test_what_waits_or_is_out_is_not_a_guests_to_change(guest, state):
    article = ArticleFactory(bylines=[BylineFactory(user=guest)], state=state)
    assert rights.may(guest, rights.VIEW, article)
    with pytest.raises(publishing.NotAllowed):
        publishing.save(article=article, content=content(headline="Another"), by=guest, base=None)


def test_a_guest_changes_nobody_elses_draft(guest):
    article = ArticleFactory()
    with pytest.raises(publishing.NotAllowed):
        publishing.save(article=article, content=content(headline="Another"), by=guest, base=None)


def test_a_guest_is_offered_own_photos_and_public_ones(guest):
    own, shown, unpublished = PhotoFactory(by=guest), PhotoFactory(), PhotoFactory()
    LiveArticleFactory(photos=[shown])
    ArticleFactory(photos=[unpublished])
    PhotoFactory()
    assert set(Photo.objects.offered_to(guest)) == {own, shown}


def test_a_public_photo_that_may_no_longer_be_used_is_not_offered(guest):
    shown = PhotoFactory()
    LiveArticleFactory(photos=[shown])
    Photo.objects.filter(pk=shown.pk).update(do_not_publish=True)
    assert not Photo.objects.offered_to(guest).exists()


@pytest.mark.parametrize("place", ["slides", "body"])
def test_a_guest_puts_no_foreign_photo_into_a_text(guest, place):
    photo = PhotoFactory()
    figure = f'<figure data-node="photo" data-id="{photo.pk}"></figure>'
    given = {"slides": [SlideContent(photo.pk)]} if place == "slides" else {"body": figure}
    with pytest.raises(publishing.NotAllowed):
        publishing.create(content=content(headline="Mine", **given), by=guest)


def test_what_an_editor_put_in_stays_when_a_guest_saves(guest):
    article = ArticleFactory(bylines=[BylineFactory(user=guest)], photos=[PhotoFactory()])
    slides = [SlideContent(article.lead_photo_id)]
    publishing.save(article=article, content=content(headline="New", slides=slides), by=guest, base=None)
    assert article.headline == "New"


def test_the_desk_shows_a_guest_no_others_work(client, guest):
    secret, photo = ArticleFactory(headline="Hidden scoop", state="in_review"), PhotoFactory(caption="Hidden scene")
    client.force_login(guest)
    for name in ("admin:index", "admin:articles_article_changelist", "admin:media_photo_changelist",
                 "admin:articles_article_picker", "admin:media_photo_picker", "admin:articles_article_add"):  # fmt: skip
        answer = client.get(reverse(name))
        assert answer.status_code == 200
        assert "Hidden" not in answer.content.decode()
    assert client.get(reverse("admin:articles_article_change", args=[secret.pk])).status_code == 403
    assert client.get(reverse("admin:media_photo_thumbnail", args=[photo.pk])).status_code == 404


def test_a_guests_form_does_not_name_an_article_they_may_not_see(client, guest):
    secret = ArticleFactory(headline="Hidden scoop")
    client.force_login(guest)
    sent = {"headline": "Mine", "section": SectionFactory().pk, "translation_of": secret.pk}
    assert "Hidden scoop" not in client.post(reverse("admin:articles_article_add"), sent).content.decode()
    assert not Article.objects.filter(translation_of=secret).exists()


@pytest.mark.parametrize("name", ["newsroom_user", "comments_comment", "articles_errorreport", "articles_section"])
def test_the_rest_of_the_desk_is_closed_to_a_guest(client, guest, name):
    client.force_login(guest)
    assert client.get(reverse(f"admin:{name}_changelist"), follow=True).status_code == 403
