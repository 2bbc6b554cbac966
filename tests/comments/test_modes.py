"""Whose comment mode holds: the article's, the nearest section's, the site's."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comments import staff_replies
from comments.modes import mode_for
from newsroom.choices import CommentMode
from newsroom.frame import current
from newsroom.models import SiteIdentity
from tests.comments import pages
from tests.factories import ArticleFactory, LiveArticleFactory, PublishedCommentFactory, SectionFactory, UserFactory

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


@pytest.mark.parametrize(("of_site", "of_section", "of_article", "is_open"), [
    (0, None, None, True), (3, None, None, False), (5, None, None, True), (3, 0, None, True), (0, 3, None, False),
    (3, 3, 0, True), (0, 0, 3, False),
])  # fmt: skip
def test_comments_close_after_the_nearest_number_of_days(of_site, of_section, of_article, is_open):
    section = SectionFactory(parent=SectionFactory(comment_days=of_section))
    article = LiveArticleFactory(section=section, comment_days=of_article, at=timezone.now() - timedelta(days=4))
    site = SiteIdentity(comment_mode=CommentMode.OPEN, comment_days=of_site)

    assert mode_for(article, site) == (CommentMode.OPEN if is_open else CommentMode.CLOSED)


def test_comments_are_open_to_the_last_second_of_their_days():
    article, site = LiveArticleFactory(comment_days=2), SiteIdentity(comment_mode=CommentMode.OPEN)
    end = article.published_at + timedelta(days=2)

    assert mode_for(article, site, at=end - timedelta(seconds=1)) == CommentMode.OPEN
    assert mode_for(article, site, at=end) == CommentMode.CLOSED


def test_a_pause_closes_everything_with_its_sentence_and_loses_no_text(client, reader):
    article = LiveArticleFactory(comment_mode=CommentMode.OPEN)
    pages.site(comments_paused=True, comments_pause_note="Back on Monday.")
    client.force_login(reader)

    assert "Back on Monday." in pages.section(article)
    answer = pages.post(client, f"/comments/{article.pk}/new/", body="My long text.")
    assert answer.status_code == 403
    assert "Back on Monday." in answer.content.decode()
    assert "My long text." in answer.content.decode()


def test_who_is_named_answers_and_the_page_names_them(client, editor, reporter):
    article = LiveArticleFactory(comment_mode=CommentMode.QUESTIONS)
    question = PublishedCommentFactory(article=article)
    client.force_login(editor)
    added = client.post("/admin/comments/answerer/add/", {"article": article.pk, "person": reporter.pk})
    assert added.status_code == 302

    assert f"Questions on this page are answered by {reporter.display_name}." in pages.section(article)
    for person, status in ((editor, 422), (reporter, 302), (UserFactory(role="Administrator"), 302)):
        client.force_login(person)
        answer = pages.post(client, f"/comments/{question.pk}/reply/", body="It opens in May.")
        marks = client.get(f"/comments/{article.pk}/mine/").content.decode().replace("&quot;", '"')
        assert (answer.status_code, '"answers": true' in marks) == (status, status == 302)
    with pytest.raises(staff_replies.ReplyRefused):
        staff_replies.answer(comment=question, body="It opens in June.", by=UserFactory(role="Moderator"))


def test_nobody_is_named_where_readers_do_not_ask(client, editor, reporter):
    client.force_login(editor)
    sent = {"article": LiveArticleFactory().pk, "person": reporter.pk}

    assert "This article takes no questions." in client.post("/admin/comments/answerer/add/", sent).content.decode()


def test_readers_ask_and_staff_answers(client, reader, editor):
    article = LiveArticleFactory(comment_mode=CommentMode.QUESTIONS)
    question = PublishedCommentFactory(article=article)
    for person, status in ((reader, 422), (editor, 302)):
        client.force_login(person)
        assert pages.post(client, f"/comments/{question.pk}/reply/", body="It opens in May.").status_code == status
    client.force_login(reader)
    pages.post(client, f"/comments/{article.pk}/new/", body="And the price?")

    assert article.comments.get(author=editor).status == "published"
    assert article.comments.get(author=reader).status == "waiting"
