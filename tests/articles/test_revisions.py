"""Every save is a revision; what the public sees changes by publishing only."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles import publishing
from articles.content import Content, SlideContent
from articles.models import Article, Byline, Status
from tests.articles.stories import content, draft, in_state, live, section

pytestmark = pytest.mark.django_db


def test_a_draft_shows_its_newest_revision():
    article = draft(headline="First")
    publishing.save(article=article, content=content(headline="Second"), by=None, base=1)
    assert Article.objects.get(pk=article.pk).headline == "Second"
    assert [r.number for r in article.revisions.all()] == [2, 1]


def test_a_live_article_stands_still_until_it_is_updated():
    article = live(headline="Before", tags=["Ports"])
    publishing.save(article=article, content=content(headline="After", tags=["Ports", "Trade"]), by=None, base=1)
    row = Article.objects.get(pk=article.pk)
    assert (row.headline, list(row.tags.names()), row.has_unpublished_changes) == ("Before", ["Ports"], True)
    publishing.update(article=row, by=None)
    row = Article.objects.get(pk=article.pk)
    assert (row.headline, sorted(row.tags.names()), row.has_unpublished_changes) == ("After", ["Ports", "Trade"], False)
    assert row.updated_at is not None


def test_a_minor_update_shows_no_time():
    article = live(headline="Befor")
    publishing.save(article=article, content=content(headline="Before"), by=None, base=1)
    publishing.update(article=article, by=None, material=False)
    assert Article.objects.get(pk=article.pk).updated_at is None


def test_the_same_content_again_writes_no_revision():
    article = draft(headline="Same")
    same = Content.from_json(article.latest_revision.content)
    assert publishing.save(article=article, content=same, by=None, base=1).number == 1


def test_a_save_on_an_older_base_is_refused_with_both_texts():
    article = draft(headline="Base")
    publishing.save(article=article, content=content(headline="Theirs"), by=None, base=1)
    with pytest.raises(publishing.StaleRevision) as refusal:
        publishing.save(article=article, content=content(headline="Mine"), by=None, base=1)
    assert (refusal.value.theirs.content["headline"], refusal.value.mine.headline) == ("Theirs", "Mine")
    assert Article.objects.get(pk=article.pk).headline == "Theirs"


@pytest.mark.parametrize("state", [Status.KILLED, Status.TRASH])
def test_what_is_gone_cannot_be_edited(state):
    article = in_state(state)
    with pytest.raises(publishing.WrongState):
        publishing.save(article=article, content=content(), by=None, base=None)


def test_a_headline_that_is_too_long_is_refused_and_nothing_is_written():
    with pytest.raises(ValidationError) as refusal:
        draft(headline="x" * 10_000)
    assert "headline" in refusal.value.message_dict
    assert not Article.objects.exists()


def test_publishing_names_everything_that_is_missing():
    article = draft(headline="", section_id=None, body="")
    with pytest.raises(publishing.NotFitToPrint) as refusal:
        publishing.publish(article=article, by=None)
    assert {check.code for check in refusal.value.failures} == {"headline", "section", "body"}


def test_a_byline_deleted_meanwhile_is_left_out():
    byline = Byline.objects.create(name="Ana Ruiz")
    article = draft(byline_ids=[byline.pk, 10**9])
    assert [b.name for b in Article.objects.get(pk=article.pk).ordered_bylines] == ["Ana Ruiz"]


def test_content_of_an_older_release_can_be_read():
    read = Content.from_json({"headline": "Old", "gone_field": 1, "slides": [{"photo_id": 3}]})
    assert (read.headline, read.slides) == ("Old", [SlideContent(3)])


def test_the_address_follows_the_headline_until_publication_and_then_stays():
    article = draft(headline="Working title")
    publishing.save(article=article, content=content(headline="Port opens"), by=None, base=1)
    publishing.publish(article=article, by=None)
    publishing.save(article=article, content=content(headline="Harbour opens"), by=None, base=2)
    publishing.update(article=article, by=None)
    assert Article.objects.get(pk=article.pk).slug == "port-opens"


def test_a_scheduled_article_goes_out_under_the_address_of_its_last_headline():
    article = draft(headline="Working title")
    publishing.publish(article=article, by=None, at=timezone.now() + timedelta(hours=1))
    publishing.save(article=article, content=content(headline="Port opens"), by=None, base=1)
    publishing.update(article=article, by=None)
    assert Article.objects.get(pk=article.pk).slug == "port-opens"


def test_hostile_text_comes_out_harmless():
    article = draft(headline="A\x00B\ud800 \u202eC", body="<p>x<script>alert(1)</script></p>", section_id=section().pk)
    row = Article.objects.get(pk=article.pk)
    assert (row.headline, "script" in row.body) == ("AB C", False)


def test_a_body_saved_behind_the_forms_back_is_sanitised():
    article = draft()
    article.body = '<p onclick="x()">y</p><script>z</script>'
    article.save()
    assert Article.objects.get(pk=article.pk).body == "<p>y</p>"
