"""What feed readers and search engines get of the comments."""

import json
import re

import pytest
from defusedxml import ElementTree

from comments import moderation
from newsroom.choices import CommentMode
from tests.comments.pages import section
from tests.factories import ArticleFactory, CommentFactory, LiveArticleFactory, PublishedCommentFactory

pytestmark = pytest.mark.django_db


def feed(client, article):
    return client.get(f"/comments/{article.pk}/feed.xml")


def test_the_feed_holds_what_readers_see_escaped_and_in_order(client, moderator):
    article = LiveArticleFactory(headline="Dam & bridge")
    old = PublishedCommentFactory(article=article, body="Older <b>words</b>.")
    PublishedCommentFactory(article=article, body="Newer words.")
    CommentFactory(article=article, body="Not yet read.")
    moderation.remove(comment=PublishedCommentFactory(article=article, body="Taken down."), by=moderator)

    answer = feed(client, article)

    channel = ElementTree.fromstring(answer.content)[0]
    texts = [item.findtext("description") for item in channel.findall("item")]
    assert texts == ["<p>Newer words.</p>", "<p>Older &lt;b&gt;words&lt;/b&gt;.</p>"]
    assert channel.findall("item")[1].findtext("link").endswith(f"/comments/{old.pk}/")
    assert client.get(answer.wsgi_request.path, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_there_is_no_feed_of_what_is_not_public_or_shows_no_comments(client):
    for article in (ArticleFactory(), LiveArticleFactory(comment_mode=CommentMode.OFF)):
        assert feed(client, article).status_code == 404
    assert client.get("/comments/4711/feed.xml").status_code == 404


@pytest.mark.parametrize("number", [1, 35])
def test_the_feed_costs_the_same_for_one_comment_and_many(number, client, django_assert_max_num_queries):
    article = LiveArticleFactory()
    for _ in range(number):
        PublishedCommentFactory(article=article)
    feed(client, article)
    with django_assert_max_num_queries(3):
        assert feed(client, article).content.decode().count("<item>") == min(number, 30)


def test_search_engines_are_told_a_few_comments_that_cannot_leave_their_element():
    article = LiveArticleFactory()
    for _ in range(7):
        PublishedCommentFactory(article=article, body="</script><b>Bold</b> words.")

    text = re.search(r'<script type="application/ld\+json">(.*?)</script>', section(article))[1]

    found = json.loads(text)
    assert len(found["comment"]) == 5
    assert found["comment"][0]["text"] == "</script><b>Bold</b> words."
    assert found["@id"].endswith("#article")


def test_a_refused_form_gives_the_text_back(reader):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reader)

    answer = strict.post(f"/comments/{LiveArticleFactory().pk}/new/", {"body": "An hour of <work>."})

    assert answer.status_code == 403
    assert "An hour of &lt;work&gt;." in answer.content.decode()
