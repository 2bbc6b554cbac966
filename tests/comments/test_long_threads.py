"""Ten thousand comments cost no more than twenty, and each can be reached."""

import re
from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from articles.models import Article
from comments import counter, moderation, threads
from comments.models import Comment, Status
from newsroom.choices import CommentMode
from tests.comments.pages import section, words
from tests.factories import LiveArticleFactory, PublishedCommentFactory, UserFactory

pytestmark = pytest.mark.django_db


def write(article, replies, parent=None):
    """So many published replies to ``parent``, by one statement."""
    now = timezone.now()
    rows = [
        Comment(article=article, parent=parent, thread=parent, body=f"Reply {n:04}.", guest_name="Reader",
                status=Status.PUBLISHED, decided_at=now, created_at=now + timedelta(seconds=n))
        for n in range(replies)
    ]  # fmt: skip
    made = Comment.objects.bulk_create(rows)
    Comment.objects.filter(thread__isnull=True).update(thread=F("pk"))
    counter.recount(Article.objects.filter(pk=article.pk))
    return made


def test_a_long_thread_shows_its_first_replies_and_leads_to_the_rest():
    opener = PublishedCommentFactory()
    write(opener.article, 75, opener)

    first = section(opener.article)
    assert [f"Reply {n:04}." in first for n in (0, 9, 10)] == [True, True, False]
    assert "Show 65 more replies" in first

    query = re.search(r'thread__more"><a href="([^"#]+)', first)[1]
    second = section(opener.article, query)
    assert [f"Reply {n:04}." in second for n in (9, 10, 59, 60)] == [False, True, True, False]
    third = section(opener.article, re.search(r'rel="next" href="([^"#]+)', second)[1])
    assert "Reply 0074." in third
    assert "Show more replies" not in third


def test_a_page_costs_two_queries_however_long_its_threads(django_assert_num_queries):
    opener = PublishedCommentFactory()
    for number in (11, 60):
        write(opener.article, number, opener)
        article = Article.objects.select_related("section").get(pk=opener.article_id)
        with django_assert_num_queries(2):
            threads.page_of(article, "")


def test_a_reply_whose_question_is_on_another_page_names_it_and_leads_there():
    opener = PublishedCommentFactory()
    early = write(opener.article, 12, opener)[0]
    PublishedCommentFactory(article=opener.article, parent=Comment.objects.get(pk=early.pk), body="Late answer.")

    html = section(opener.article, f"?comments=t{opener.pk}-{early.pk + 11}")

    assert "Late answer." in html
    assert f'href="/comments/{early.pk}/"' in html


@pytest.mark.parametrize("mode", [CommentMode.INHERIT, CommentMode.QUESTIONS])
def test_every_comment_has_an_address_that_leads_to_its_page(mode, client):
    article = LiveArticleFactory(comment_mode=mode)
    opener = PublishedCommentFactory(article=article)
    replies = write(article, 30, opener)
    others = write(article, 25)
    for comment in (opener, replies[0], replies[29], others[0], others[24]):
        answer = client.get(f"/comments/{comment.pk}/")
        path, _hash, mark = answer["Location"].partition("#")
        assert mark == f"c{comment.pk}"
        assert f'id="c{comment.pk}"' in client.get(path).content.decode()


def test_the_address_of_what_readers_do_not_see_is_unknown(client, moderator):
    comment = PublishedCommentFactory()
    moderation.spam(comment=comment, by=moderator)
    withdrawn = PublishedCommentFactory(article=LiveArticleFactory(comment_mode=CommentMode.OFF))

    assert client.get(f"/comments/{comment.pk}/").status_code == 404
    assert client.get(f"/comments/{withdrawn.pk}/").status_code == 404


def test_most_recommended_first_page_after_page():
    article, now = LiveArticleFactory(), timezone.now()
    for n in range(23):
        comment = PublishedCommentFactory(
            article=article, body=f"Worth {n:02}.", created_at=now - timedelta(hours=n % 3)
        )
        Comment.objects.filter(pk=comment.pk).update(recommend_count=n // 2)

    first = section(article, "?comments=recommended")
    second = section(article, re.search(r'rel="next" href="([^"#]+)', first)[1])

    found = re.findall(r"<p>Worth (\d\d)\.", first) + re.findall(r"<p>Worth (\d\d)\.", second)
    assert [int(n) // 2 for n in found] == sorted((n // 2 for n in range(23)), reverse=True)
    assert len(set(found)) == 23


def test_a_pinned_comment_is_first_in_every_order_and_there_once(moderator):
    article, now = LiveArticleFactory(), timezone.now()
    for n in range(22):
        pinned = PublishedCommentFactory(article=article, body=f"Said {n:02}.", created_at=now - timedelta(minutes=n))
    moderation.pin(comment=pinned, by=moderator)

    for order in ("", "?comments=oldest", "?comments=recommended"):
        html = section(article, order)
        assert re.findall(r"Said (\d\d)\.", html)[0] == "21"
        assert "Pinned" in words(html)
        assert "Said 21." not in section(article, re.search(r'rel="next" href="([^"#]+)', html)[1])


def test_questions_that_staff_answered_come_first_and_the_answer_stands_out():
    article = LiveArticleFactory(comment_mode=CommentMode.QUESTIONS)
    answered = PublishedCommentFactory(article=article, body="Old question.")
    PublishedCommentFactory(article=article, body="New question.")
    expert = UserFactory(is_staff=True, name="Ada Expert")
    answer = PublishedCommentFactory(article=article, parent=answered, author=expert, body="The answer.")

    html = section(article)
    assert html.index("Old question.") < html.index("The answer.") < html.index("New question.")
    assert "Ask a question" in html
    assert "Answered first" in html

    moderation.reject(comment=answer, by=None)
    answered.refresh_from_db()
    assert not answered.is_answered
