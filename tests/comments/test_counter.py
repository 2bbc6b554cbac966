"""The number under an article is the number of its published comments, whoever does what at the same time."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from articles.models import Article
from comments import moderation
from comments.counter import recount
from comments.models import Comment
from comments.submission import Facts, submit
from newsroom.choices import CommentMode
from tests.factories import CommentFactory, LiveArticleFactory, PublishedCommentFactory, UserFactory

THREADS = 8


def at_once(work, arguments):
    """``work`` runs for every argument in its own thread, all starting together."""
    start = Barrier(len(arguments))

    def run(argument):
        try:
            start.wait()
            return work(argument)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(run, arguments))


def count_of(article):
    number = Article.objects.get(pk=article.pk).comment_count
    assert number == Comment.objects.published().filter(article=article).count()
    return number


def test_eight_approvals_of_one_comment_count_once(transactional_db):
    comment = CommentFactory()

    outcomes = at_once(
        lambda pk: moderation.approve(comment=Comment.objects.get(pk=pk), by=None), [comment.pk] * THREADS
    )

    assert sum(outcome.changed for outcome in outcomes) == 1
    assert count_of(comment.article) == 1


def test_eight_approvals_of_eight_comments_count_eight(transactional_db):
    article = LiveArticleFactory()
    waiting = [CommentFactory(article=article).pk for _ in range(THREADS)]

    at_once(lambda pk: moderation.approve(comment=Comment.objects.get(pk=pk), by=None), waiting)

    assert count_of(article) == THREADS


def test_approving_and_removing_at_once_leaves_the_truth(transactional_db):
    comment = PublishedCommentFactory()
    acts = [moderation.approve, moderation.spam, moderation.reject, moderation.approve] * 2

    at_once(lambda act: act(comment=Comment.objects.get(pk=comment.pk), by=None), acts)

    assert count_of(comment.article) in {0, 1}


def test_eight_readers_posting_at_once_count_eight(transactional_db):
    article = LiveArticleFactory(comment_mode=CommentMode.OPEN)
    readers = [UserFactory() for _ in range(THREADS)]

    at_once(lambda author: submit(article=article, author=author, body="Agreed."), readers)

    assert count_of(article) == THREADS


def test_one_comment_sent_eight_times_at_once_is_there_once(transactional_db):
    article, author = LiveArticleFactory(comment_mode=CommentMode.OPEN), UserFactory()
    facts = Facts(seconds=9.0)

    def send(n):
        try:
            return submit(article=article, author=author, body="Who did the sum?", facts=facts).pk
        except Exception as refusal:  # noqa: BLE001  # a fourth sender may be told to wait
            return type(refusal).__name__

    found = set(at_once(send, range(THREADS)))

    assert len(found - {"TooQuick"}) == 1
    assert count_of(article) == 1


def test_recount_mends_what_another_hand_has_broken(db):
    right, wrong = PublishedCommentFactory().article, LiveArticleFactory()
    Article.objects.update(comment_count=7)

    recount(Article.objects.all())

    assert (count_of(right), count_of(wrong)) == (1, 0)
