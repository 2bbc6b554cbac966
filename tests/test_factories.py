"""The factories make what they say."""

import pytest

from articles.models import Article
from tests import factories
from tests.factories import ArticleFactory, LiveArticleFactory, PhotoFactory, PublishedCommentFactory, SectionFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", factories.ROADS)
def test_article_is_led_to_its_state(state):
    article = ArticleFactory(state=state)
    assert article.status == ("live" if state == "scheduled" else state)
    assert (article in Article.objects.public()) == (state == "live")


def test_live_article_has_what_it_was_given():
    section, photos = SectionFactory(), [PhotoFactory(), PhotoFactory()]
    article = LiveArticleFactory(section=section, photos=photos, tags=["Rivers"], headline="A bridge")
    assert [slide.photo for slide in article.slides.all()] == photos
    assert [article.section, article.headline, article.lead_photo] == [section, "A bridge", photos[0]]
    assert [tag.name for tag in article.tags.all()] == ["Rivers"]


def test_no_two_pictures_are_the_same():
    assert len({factories.jpeg() for _ in range(600)}) == 600


def test_published_comment_is_counted():
    assert PublishedCommentFactory().article.comment_count == 1


def test_people_have_their_roles(editor, reader):
    assert editor.is_staff and editor.has_perm("articles.publish_article")
    assert not reader.is_staff and not reader.has_perm("articles.publish_article")
