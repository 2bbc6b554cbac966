"""Recommending and muting: once a reader, exact numbers whoever comes at the same time, and nobody else notices."""

import json
import re
from contextlib import suppress
from html import unescape

import pytest

from comments import moderation, muting, own, recommending
from comments.models import Comment, Mute, Recommendation
from newsroom.caches import made
from tests.comments.test_counter import at_once, count_of
from tests.factories import CommentFactory, LiveArticleFactory, PublishedCommentFactory, UserFactory


@pytest.fixture
def signed_in(client, reader):
    client.force_login(reader)
    return client


def marks(client, article):
    html = client.get(f"/comments/{article.pk}/mine/").content.decode()
    return json.loads(unescape(re.search(r'data-marks="([^"]+)"', html)[1]))


def test_a_reader_recommends_once_and_takes_it_back(signed_in, reader):
    comment = PublishedCommentFactory()
    path = f"/comments/{comment.pk}/recommend/"

    for on, count in (("1", 1), ("1", 1), ("0", 0), ("0", 0), ("1", 1)):
        answer = signed_in.post(path, {"on": on}, headers={"X-Fragment": "1"})
        assert answer.json() == {"count": count, "on": on == "1"}
    assert signed_in.post(path, {"on": "1"})["Location"].endswith(f"#c{comment.pk}")
    assert marks(signed_in, comment.article)["recommended"] == [comment.pk]


def test_nobody_recommends_the_own_comment_or_what_readers_do_not_see(signed_in, reader, moderator):
    mine, gone = PublishedCommentFactory(author=reader), PublishedCommentFactory()
    moderation.spam(comment=gone, by=moderator)

    assert signed_in.post(f"/comments/{mine.pk}/recommend/").status_code == 403
    assert signed_in.post(f"/comments/{gone.pk}/recommend/").status_code == 404
    with pytest.raises(recommending.NotRecommended):
        recommending.recommend(comment=gone, reader=reader)
    assert not Recommendation.objects.exists()


def test_who_is_not_signed_in_is_told_so_and_comes_back(client, db):
    comment = PublishedCommentFactory()
    html = client.get(f"/comments/{comment.pk}/recommend/").content.decode()

    assert "Sign in to recommend a comment." in html
    assert f"next=/comments/{comment.pk}/recommend/" in html


@pytest.mark.parametrize("act", ["recommend", "mute", "delete", "edit", "report", "reply"])
def test_a_form_on_another_site_does_nothing(act, client, reader):
    from django.test import Client

    comment = PublishedCommentFactory(author=reader if act in {"delete", "edit"} else UserFactory())
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reader)

    answer = strict.post(f"/comments/{comment.pk}/{act}/", {"on": "1", "reason": "spam", "body": "My own words."})

    assert answer.status_code == 403
    assert Comment.objects.filter(status="published").count() == 1
    assert not Recommendation.objects.exists() and not Mute.objects.exists()


def test_a_muted_reader_is_hidden_from_one_reader_alone(signed_in, reader):
    comment = PublishedCommentFactory()
    PublishedCommentFactory(article=comment.article)

    signed_in.post(f"/comments/{comment.pk}/mute/")

    assert marks(signed_in, comment.article)["muted"] == [comment.pk]
    assert muting.hidden(reader=comment.author, article_id=comment.article_id) == []


def test_who_mutes_without_a_script_reads_on_without_that_reader(signed_in, client):
    loud = PublishedCommentFactory(body="Shouting")
    PublishedCommentFactory(article=loud.article, author=loud.author, parent=loud, body="More shouting")
    PublishedCommentFactory(article=loud.article, body="A quiet word")

    answer = signed_in.post(f"/comments/{loud.pk}/mute/")

    page = signed_in.get(answer["Location"]).content.decode()
    assert answer["Location"] == f"/comments/{loud.article_id}/read/#c{loud.pk}"
    assert page.count("You muted this reader.") == 2
    assert "houting" not in page
    assert "A quiet word" in page
    assert f"/comments/{loud.article_id}/read/" in client.get(loud.article.get_absolute_url()).content.decode()


def test_the_own_page_of_comments_is_one_readers_alone(client, signed_in, reader):
    article = LiveArticleFactory()
    CommentFactory(article=article, author=reader, body="Not read yet")
    path = f"/comments/{article.pk}/read/"

    answer = signed_in.get(path)
    assert "Not read yet" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    signed_in.logout()
    assert signed_in.get(path)["Location"] == f"/accounts/login/?next={path}"


def test_there_is_nobody_to_mute_behind_ones_own_or_a_guests_comment(signed_in, reader):
    for author in (reader, None):
        comment = PublishedCommentFactory(author=author, guest_name="" if author else "Guest")
        assert signed_in.post(f"/comments/{comment.pk}/mute/").status_code == 404


def test_what_a_page_shows_one_reader_costs_the_same_for_one_comment_and_twenty(
    signed_in, reader, django_assert_max_num_queries
):
    article = LiveArticleFactory()
    for _ in range(20):
        comment = PublishedCommentFactory(article=article)
        recommending.recommend(comment=comment, reader=reader)
        PublishedCommentFactory(article=article, author=reader)
    marks(signed_in, article)
    with django_assert_max_num_queries(12):
        assert len(marks(signed_in, article)["own"]) == 20


def test_a_page_learns_of_new_comments_without_a_query(client, db, django_assert_num_queries):
    article = LiveArticleFactory()
    for _ in range(3):
        PublishedCommentFactory(article=article)
    made.clear()
    path = f"/comments/{article.pk}/news/?since=1"
    with django_assert_num_queries(1):
        first = client.get(path)
    assert first.json() == {"words": "2 new comments"}
    with django_assert_num_queries(0):
        assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
        assert client.get(f"/comments/{article.pk}/news/?since=3").json() == {}
    assert client.get(f"/comments/{article.pk}/news/?since=x").status_code == 400
    assert client.get("/comments/4711/news/?since=1").status_code == 404


def test_eight_readers_recommending_at_once_count_eight_and_one_reader_one(transactional_db):
    comment = PublishedCommentFactory()
    readers = [UserFactory() for _ in range(7)]
    everybody = [*readers, readers[0]]

    at_once(lambda reader: recommending.recommend(comment=comment, reader=reader), everybody)

    comment.refresh_from_db()
    assert comment.recommend_count == Recommendation.objects.count() == 7


def test_deleting_approving_and_rejecting_at_once_leaves_the_numbers_exact(transactional_db):
    opener = PublishedCommentFactory()
    replies = [PublishedCommentFactory(article=opener.article, parent=opener).pk for _ in range(4)]

    def act(n):
        comment = Comment.objects.get(pk=replies[n % 4])
        with suppress(own.TooLate, moderation.WrongState):
            own.delete(comment=comment) if n < 4 else moderation.reject(comment=comment, by=None)

    at_once(act, range(8))

    opener.refresh_from_db()
    assert count_of(opener.article) == 1
    assert opener.reply_count == 0
