"""Whose comment mode holds: the article's, the nearest section's, the site's."""

import pytest

from comments.modes import mode_for
from newsroom.choices import CommentMode
from newsroom.frame import current
from newsroom.models import SiteIdentity
from tests.factories import ArticleFactory, LiveArticleFactory, SectionFactory

pytestmark = pytest.mark.django_db


def test_the_site_decides_when_nobody_below_does():
    site = SiteIdentity.load()
    site.comment_mode = CommentMode.CLOSED

    assert mode_for(LiveArticleFactory(), site) == CommentMode.CLOSED


def test_a_section_decides_for_the_sections_in_it():
    news = SectionFactory(comment_mode=CommentMode.MEMBERS)
    article = LiveArticleFactory(section=SectionFactory(parent=SectionFactory(parent=news)))

    assert mode_for(article, SiteIdentity.load()) == CommentMode.MEMBERS


def test_the_nearest_section_with_a_mode_wins():
    news = SectionFactory(comment_mode=CommentMode.OPEN)
    article = LiveArticleFactory(section=SectionFactory(parent=news, comment_mode=CommentMode.OFF))

    assert mode_for(article, SiteIdentity.load()) == CommentMode.OFF


def test_the_article_wins_over_its_section():
    section = SectionFactory(comment_mode=CommentMode.CLOSED)
    article = LiveArticleFactory(section=section, comment_mode=CommentMode.OPEN)

    assert mode_for(article, SiteIdentity.load()) == CommentMode.OPEN


def test_the_frame_saves_the_query(django_assert_num_queries):
    article = LiveArticleFactory(section=SectionFactory(parent=SectionFactory(comment_mode=CommentMode.OPEN)))
    frame = current()

    with django_assert_num_queries(0):
        assert mode_for(article, frame.site, sections=frame.sections) == CommentMode.OPEN


def test_an_article_without_a_section_follows_the_site():
    assert mode_for(ArticleFactory(section_id=None), SiteIdentity.load()) == CommentMode.MODERATED
