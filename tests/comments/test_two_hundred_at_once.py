"""The numbers are exact when two hundred people post, approve and delete at the same moment, and when a process is killed."""

import contextlib
import os
import signal
import time

import pytest
from django.db import connection

from articles.models import Article
from comments import counter, figures, moderation, own
from comments.models import Comment, Event, Status
from comments.submission import submit
from newsroom.choices import CommentMode
from newsroom.models import User
from tests.comments.test_counter import at_once
from tests.factories import LiveArticleFactory

POSTS, APPROVALS, DELETIONS = 80, 60, 60
TODAY = moderation.timezone.localdate


def readers(count):
    return User.objects.bulk_create(User(username=f"reader-{n}", email=f"r{n}@example.org") for n in range(count))


def replies(opener, people, **fields):
    """The numbers of comments in the thread of ``opener``, one by each of ``people``, as they lie there since yesterday."""
    place = {"article": opener.article, "parent": opener, "thread": opener, "decided_at": opener.created_at, **fields}
    return [row.pk for row in Comment.objects.bulk_create(Comment(author=p, body="Here", **place) for p in people)]


def numbers_of(article):
    """The article's number, the published comments, and those that the figures say came and were approved."""
    month = figures.months_of("en", today=TODAY())[0]
    published = Comment.objects.published().filter(article=article).count()
    return Article.objects.get(pk=article.pk).comment_count, published, month.totals


@pytest.mark.postgres
def test_posts_approvals_and_deletions_at_once(transactional_db):
    article = LiveArticleFactory(comment_mode=CommentMode.OPEN)
    people = readers(POSTS)
    opener = submit(article=article, author=people[0], body="The thread")
    waiting = replies(opener, people[:APPROVALS], status=Status.WAITING, decided_at=None)
    shown = replies(opener, people[:DELETIONS], status=Status.PUBLISHED)
    counter.recount(Article.objects.all())
    work = [
        *((submit, {"article": article, "author": person, "body": "At once", "parent": opener}) for person in people),
        *((moderation.approve, {"pk": pk, "by": None}) for pk in waiting),
        *((own.delete, {"pk": pk}) for pk in shown),
    ]

    def run(job):
        act, given = job
        if "pk" in given:
            given = {**given, "comment": Comment.objects.get(pk=given["pk"])}
            del given["pk"]
        act(**given)

    at_once(run, work)

    number, published, totals = numbers_of(article)
    assert number == published == 1 + POSTS + APPROVALS
    opener.refresh_from_db()
    assert opener.reply_count == POSTS + APPROVALS
    assert Comment.objects.filter(status=Status.DELETED).count() == DELETIONS
    assert totals == {Event.PUBLISHED: 1 + POSTS, Event.APPROVE: APPROVALS}


def test_a_kill_in_the_middle_leaves_the_numbers_right(transactional_db):
    article = LiveArticleFactory(comment_mode=CommentMode.OPEN)
    people = readers(400)
    connection.close()
    with contextlib.suppress(AttributeError):
        connection.close_pool()
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            for person in people:
                submit(article=article, author=person, body="Over and over")
        os._exit(0)

    end = time.monotonic() + 20
    while Comment.objects.count() < 15 and time.monotonic() < end:
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)

    number, published, totals = numbers_of(article)
    assert 15 <= number < 400
    assert number == published == totals[Event.PUBLISHED]
    assert submit(article=article, author=people[-1], body="Afterwards").is_published
