"""The comments under an article, the same bytes for every reader."""

import re
from datetime import timedelta

import pytest
from django.http import Http404
from django.template import Context
from django.utils import timezone

from comments import moderation
from newsroom.choices import CommentMode
from newsroom.frame import current
from tests.comments.pages import section, site, words
from tests.factories import (
    ArticleFactory,
    BylineFactory,
    CommentFactory,
    LiveArticleFactory,
    PublishedCommentFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def test_an_article_without_comments_says_so_in_this_order():
    shown = words(section(LiveArticleFactory()))

    assert shown.startswith("Comment 0 Comments Post with no comments. Yours would be the first.")


@pytest.mark.parametrize(("number", "head"), [(1, "Comment 1 Comment "), (2, "Comment 2 Comments ")])
def test_the_head_counts_the_comments(number, head):
    article = LiveArticleFactory()
    for _ in range(number):
        PublishedCommentFactory(article=article)

    assert words(section(article)).startswith(head)


def test_only_published_comments_are_shown():
    article = LiveArticleFactory()
    for status in ("waiting", "rejected", "spam", "removed", "deleted"):
        CommentFactory(article=article, status=status, body=f"Words that are {status}")
    PublishedCommentFactory(article=article, body="Words for all")

    html = section(article)
    assert "Words for all" in html
    assert "Words that are" not in html


def test_a_removed_comment_leaves_a_line_above_its_replies(moderator):
    parent = PublishedCommentFactory(body="What the moderator took away")
    PublishedCommentFactory(article=parent.article, parent=parent, body="The reply that stays")
    moderation.remove(comment=parent, by=moderator)

    html = section(parent.article)

    assert 'it broke the <a href="/comment-rules/">comment rules</a>.' in html
    assert "The reply that stays" in html
    assert "What the moderator took away" not in html
    assert parent.author.display_name not in html


def test_a_removed_comment_in_the_middle_keeps_what_hangs_on_it(moderator):
    top = PublishedCommentFactory()
    middle = PublishedCommentFactory(article=top.article, parent=top, body="Taken away")
    PublishedCommentFactory(article=top.article, parent=middle, body="Still here")
    moderation.spam(comment=middle, by=moderator)
    moderation.spam(comment=top, by=moderator)

    html = section(top.article)

    assert "Still here" in html
    assert "Taken away" not in html


def test_replies_are_set_in_two_levels_and_then_name_whom_they_answer():
    comment = PublishedCommentFactory()
    for _ in range(5):
        comment = PublishedCommentFactory(article=comment.article, parent=comment)

    html = section(comment.article)

    assert html.count('class="thread__replies"') == 2
    assert f"in reply to {comment.parent.author.display_name}" in html


def test_twenty_threads_a_page_the_newest_first_and_none_lost():
    article, now = LiveArticleFactory(), timezone.now()
    for n in range(21):
        root = PublishedCommentFactory(article=article, body=f"Thread {n:02}.", created_at=now - timedelta(minutes=n))
        PublishedCommentFactory(article=article, parent=root, body=f"Reply {n:02}.")

    first = section(article)
    more = first.split('rel="next" href="')[1].split("#")[0]
    second = section(article, more)

    assert [f"Thread {n:02}." in first for n in range(21)] == [True] * 20 + [False]
    assert first.index("Thread 00.") < first.index("Thread 19.")
    assert "Thread 20." in second
    assert "Reply 20." in second
    assert "Show more comments" not in second


def test_the_oldest_come_first_if_asked_for():
    article, now = LiveArticleFactory(), timezone.now()
    for n in range(21):
        PublishedCommentFactory(article=article, body=f"Thread {n:02}.", created_at=now - timedelta(minutes=n))

    first = section(article, "?comments=oldest")
    second = section(article, first.split('rel="next" href="')[1].split("#")[0])

    assert first.index("Thread 20.") < first.index("Thread 01.")
    assert "Thread 00." in second


@pytest.mark.parametrize(
    "asked", ["x", "n", "n1", "n1-", "n-1", "nn1-1", "n٣-1", "n" + "9" * 18 + "-1", "o1-" + "9" * 30]
)
def test_a_place_that_is_none_is_unknown(asked):
    with pytest.raises(Http404):
        section(LiveArticleFactory(), f"?comments={asked}")


def test_one_query_shows_one_comment_or_sixty(django_assert_num_queries):
    from django.template import Template

    from articles.models import Article

    page = Template("{% load comments %}{% comment_section article %}")
    for number in (1, 60):
        article = LiveArticleFactory()
        comments = [PublishedCommentFactory(article=article) for _ in range(min(number, 20))]
        for n in range(number - len(comments)):
            PublishedCommentFactory(article=article, parent=comments[n % 20])
        fresh = Article.objects.select_related("section").get(pk=article.pk)
        frame = current()
        request = type("Request", (), {"GET": {}, "_frame": frame})()
        with django_assert_num_queries(1):
            html = page.render(Context({"article": fresh, "request": request, "bylines": []}))
        assert html.count('class="comment"') == number


def test_the_articles_author_and_the_staff_are_told_apart(editor):
    person = UserFactory()
    byline = BylineFactory(user=person)
    article = LiveArticleFactory(bylines=[byline])
    PublishedCommentFactory(article=article, author=person)
    PublishedCommentFactory(article=article, author=editor)
    PublishedCommentFactory(article=article)

    html = section(article, bylines=[byline])

    assert html.count('comment__role">Author<') == 1
    assert html.count('comment__role">Staff<') == 1


def test_hostile_text_comes_out_as_text():
    text = "<script>alert(1)</script> <img src=x onerror=alert(1)> javascript:alert(1) https://a.example/\"onclick='x' &amp;"
    comment = PublishedCommentFactory(body=text)
    comment.author.name = "<b>Eve</b>"
    comment.author.save()

    html = section(comment.article)

    assert "<script>alert" not in html
    assert "<img" not in html
    assert "<b>Eve" not in html
    assert 'href="javascript' not in html
    assert '"onclick' not in html.split("application/ld+json")[0]


def test_web_addresses_are_links_that_pass_on_no_fame():
    html = section(PublishedCommentFactory(body="See (https://a.example/x?a=1&b=2).\n\nAnd me@example.com").article)

    assert '<p>See (<a href="https://a.example/x?a=1&amp;b=2" rel="nofollow ugc">' in html
    assert "<p>And me@example.com</p>" in html


def test_a_closed_article_shows_its_comments_and_no_way_to_write():
    comment = PublishedCommentFactory(article=LiveArticleFactory(comment_mode=CommentMode.CLOSED), body="Still to read")

    html = section(comment.article)

    assert "Still to read" in html
    assert "Comments on this article are closed." in html
    assert "data-comment-form" not in html


def test_where_comments_are_off_nothing_is_shown():
    comment = PublishedCommentFactory(article=LiveArticleFactory(comment_mode=CommentMode.OFF))

    assert section(comment.article).strip() == ""


def test_readers_are_told_whether_they_must_sign_in():
    article = LiveArticleFactory()
    assert "Sign in to post a comment. Comments are read by a moderator before they appear." in words(section(article))

    site(guest_comments=True)
    assert "Sign in to post a comment." not in words(section(article))


def test_the_section_holds_no_token_and_no_form():
    html = section(PublishedCommentFactory().article)

    assert "csrf" not in html.lower()
    assert "<form" not in html


def test_the_articles_page_is_the_same_for_a_reader_who_is_signed_in(client, reader):
    comment = PublishedCommentFactory(body="Words for all")
    path = comment.article.get_absolute_url()

    stranger = client.get(path)
    client.force_login(reader)
    known = client.get(path)

    assert "Words for all" in known.content.decode()
    assert not stranger.cookies
    assert section(comment.article) in re.sub(r"\s+", " ", known.content.decode())
    assert reader.display_name not in known.content.decode()


def test_an_author_who_left_leaves_the_words():
    comment = PublishedCommentFactory(body="Words of somebody")
    comment.author.delete()

    assert "A former reader" in section(comment.article)


def test_the_preview_of_a_draft_shows_an_empty_section():
    assert "Post with no comments." in section(ArticleFactory())
