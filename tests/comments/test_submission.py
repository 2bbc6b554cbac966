"""The phases a comment goes through, and the one that decides."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import submission
from comments.models import Comment, Status
from comments.moving.rows import Incoming
from comments.moving.writing import known_origins
from comments.pipeline.replay import Records
from comments.submission import Facts, Guest, submit
from newsroom.choices import CommentMode
from newsroom.models import SiteIdentity
from tests.factories import (
    ArticleFactory,
    CommentFactory,
    LiveArticleFactory,
    PublishedCommentFactory,
    SectionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def open_article(**fields):
    return LiveArticleFactory(comment_mode=CommentMode.OPEN, **fields)


def allow_guests():
    site = SiteIdentity.load()
    site.guest_comments = True
    site.save()


def test_a_moderator_reads_first_unless_the_newsroom_says_otherwise(reader):
    comment = submit(article=LiveArticleFactory(), author=reader, body="Who did the sum?")

    assert (comment.status, comment.phase, comment.decided_at) == (Status.WAITING, "mode", None)


def test_where_comments_are_open_they_appear_and_count_at_once(reader):
    article = open_article()

    comment = submit(article=article, author=reader, body="Who did the sum?")

    article.refresh_from_db()
    assert (comment.status, article.comment_count) == (Status.PUBLISHED, 1)


def test_a_closed_article_takes_nothing(reader):
    with pytest.raises(submission.CommentsClosed, match=r"Comments on this article are closed\."):
        submit(article=LiveArticleFactory(comment_mode=CommentMode.CLOSED), author=reader, body="Hello")


@pytest.mark.parametrize("state", ["draft", "scheduled", "withdrawn", "killed"])
def test_an_article_that_readers_do_not_see_takes_nothing(state, reader):
    with pytest.raises(submission.ArticleNotPublic):
        submit(article=ArticleFactory(state=state), author=reader, body="Hello")


def test_a_hidden_section_takes_nothing(reader):
    section = SectionFactory()
    article = LiveArticleFactory(section=section)
    section.is_visible = False
    section.save()

    with pytest.raises(submission.ArticleNotPublic):
        submit(article=article, author=reader, body="Hello")


def test_where_comments_are_off_nothing_is_taken(reader):
    with pytest.raises(submission.ArticleNotPublic):
        submit(article=LiveArticleFactory(comment_mode=CommentMode.OFF), author=reader, body="Hello")


@pytest.mark.parametrize(("count", "taken"), [(1, False), (2, True), (4000, True), (4001, False)])
def test_a_comment_has_2_to_4000_characters(count, taken, reader):
    article = LiveArticleFactory()

    if taken:
        assert submit(article=article, author=reader, body="x" * count).pk
    else:
        with pytest.raises(submission.LengthRefused):
            submit(article=article, author=reader, body="x" * count)


def test_blanks_and_control_characters_are_no_comment(reader):
    with pytest.raises(submission.LengthRefused):
        submit(article=LiveArticleFactory(), author=reader, body=" \n\x00\ud800\u00a0\t ")


def test_the_text_is_stored_clean(reader):
    comment = submit(article=LiveArticleFactory(), author=reader, body="One \x00\r\n\r\n\r\n\r\nTwo\ud800 \u202eevil  ")

    assert comment.body == "One\n\nTwo evil"


def test_the_same_words_twice_are_one_comment(reader):
    article = open_article()

    first = submit(article=article, author=reader, body="Who did the sum?")
    second = submit(article=article, author=reader, body=" who did  the SUM? ")

    article.refresh_from_db()
    assert (first.pk, article.comment_count) == (second.pk, 1)


def test_the_same_words_by_another_reader_or_elsewhere_are_their_own(reader):
    article = LiveArticleFactory()

    first = submit(article=article, author=reader, body="Agreed.")
    others = [
        submit(article=article, author=UserFactory(), body="Agreed."),
        submit(article=LiveArticleFactory(), author=reader, body="Agreed."),
    ]

    assert len({first.pk, *(other.pk for other in others)}) == 3


def test_the_fourth_comment_in_a_minute_is_too_quick(reader):
    article = LiveArticleFactory()
    for n in range(3):
        submit(article=article, author=reader, body=f"Comment {n}")

    with pytest.raises(
        submission.TooQuick, match=r"You are posting quickly\. Wait \d+ seconds and try again\."
    ) as refused:
        submit(article=article, author=reader, body="Comment 4")

    assert 50 <= refused.value.seconds <= 60


def test_the_rate_counts_each_reader_alone(reader):
    article = LiveArticleFactory()
    for n in range(3):
        submit(article=article, author=reader, body=f"Comment {n}")

    assert submit(article=article, author=UserFactory(), body="Another reader").pk


def test_what_is_told_after_the_fact_has_its_own_time_and_no_rate(reader):
    article, at = open_article(), timezone.now() - timedelta(minutes=30)

    comments = [submit(article=article, author=reader, body=f"Comment {n}", facts=Facts(at=at)) for n in range(6)]

    assert {(comment.created_at, comment.decided_at) for comment in comments} == {(at, at)}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("See https://a.example/x", "1 link"),
        ("www.a.example and cheap-4u.com", "2 links"),
        ("WWW.UP.EXAMPLE", "1 link"),
    ],
)
def test_links_are_held_even_where_comments_are_open(body, reason, reader):
    comment = submit(article=open_article(), author=reader, body=body)

    assert (comment.status, comment.phase, comment.reason) == (Status.WAITING, "links", reason)


@pytest.mark.parametrize("body", ["I agree.Nothing more", "Version 3.11.7, e.g. now", "me@example.com wrote"])
def test_dots_alone_are_no_link(body, reader):
    assert submit(article=open_article(), author=reader, body=body).status == Status.PUBLISHED


def test_the_filled_trap_makes_it_spam(reader):
    comment = submit(article=open_article(), author=reader, body="Hello", facts=Facts(trap_filled=True))

    assert (comment.status, comment.phase) == (Status.SPAM, "trap")


@pytest.mark.parametrize(("seconds", "status"), [(1.9, Status.WAITING), (2.0, Status.PUBLISHED)])
def test_what_is_written_in_under_two_seconds_is_held(seconds, status, reader):
    assert submit(article=open_article(), author=reader, body="Hello", facts=Facts(seconds=seconds)).status == status


def test_a_guest_must_sign_in_unless_the_site_takes_guests():
    article, guest = LiveArticleFactory(), Guest(name="Ana Luz", email="ana@example.org")

    with pytest.raises(submission.SignInNeeded):
        submit(article=article, guest=guest, body="Hello")

    allow_guests()
    assert submit(article=article, guest=guest, body="Hello").name == "Ana Luz"


def test_members_only_refuses_guests_whatever_the_site_says():
    allow_guests()

    with pytest.raises(submission.SignInNeeded):
        submit(
            article=LiveArticleFactory(comment_mode=CommentMode.MEMBERS), guest=Guest("Ana", "a@example.org"), body="Hi"
        )


def test_nobody_at_all_may_not_comment():
    allow_guests()

    with pytest.raises(submission.SignInNeeded):
        submit(article=LiveArticleFactory(), body="Hello")


def test_a_reply_lies_in_the_thread_of_what_it_answers(reader):
    parent = PublishedCommentFactory()
    reply = submit(article=parent.article, author=reader, parent=parent, body="Not so.")

    deeper = CommentFactory(article=parent.article, parent=reply)

    assert (reply.thread_id, deeper.thread_id, parent.thread_id) == (parent.pk, parent.pk, parent.pk)


def test_a_reply_to_another_article_or_to_what_is_not_shown_is_refused(reader):
    article = LiveArticleFactory()

    for parent in (PublishedCommentFactory(), CommentFactory(article=article)):
        with pytest.raises(submission.ParentGone):
            submit(article=article, author=reader, parent=parent, body="Not so.")


def test_addresses_are_kept_as_hashes_only(reader):
    comment = submit(article=LiveArticleFactory(), author=reader, body="Hello", facts=Facts(address="192.0.2.77"))

    stored = " ".join(str(value) for value in Comment.objects.filter(pk=comment.pk).values_list()[0])
    assert len(comment.address_hash) == 64
    assert "192.0.2.77" not in stored


@pytest.mark.parametrize("is_guest", [True, False])
def test_a_post_reads_through_no_table(is_guest, reader):
    """Each question about comments names what its index holds: SQLite uses a partial one for nothing less."""
    article = open_article()
    crowd = [
        Comment(article=article, guest_email=f"g{n % 900}@example.org", body=f"{n}", fingerprint=f"f{n}")
        for n in range(3000)
    ]
    Comment.objects.bulk_create(crowd)
    allow_guests()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    writer = {"guest": Guest("Jo", "jo@example.org")} if is_guest else {"author": reader}
    with CaptureQueriesContext(connection) as asked:
        submit(article=article, body="Something said at some length.", facts=Facts(address="192.0.2.1"), **writer)

    found = [query["sql"] for query in asked if ' FROM "comments_comment"' in query["sql"]]
    assert len(found) == 3  # posted already, the same words, the reader's record
    for sql in found:
        plan = plan_of(sql)
        assert re.search("comment_(is_posted_once|of_words_newest|of_guest|of_author)", plan), plan


def test_an_import_and_a_dry_run_read_through_no_table(reader):
    """The same holds for many at once: the origins of a batch, and the records of the guests behind a trial."""
    article, day = open_article(), timezone.now()
    Comment.objects.bulk_create(
        Comment(article=article, guest_email=f"g{n}@example.org", body=f"{n}", origin=f"disqus:{n}")
        for n in range(5000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    rows = [(Incoming("1", f"{n}", "t", "b", "Jo", day), article.pk) for n in range(3)]
    with CaptureQueriesContext(connection) as asked:
        assert len(known_origins("disqus", rows)) == 3
        assert len(Records.of(Comment.objects.filter(origin__in=["disqus:1", "disqus:2"])).of_reader) == 2

    plans = [plan_of(query["sql"]) for query in asked if re.search(r"(origin|guest_email). IN ", query["sql"])]
    assert "comment_is_imported_once" in plans[0]
    assert "comment_of_guest" in plans[-1]


def plan_of(sql):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'QUERY PLAN' if connection.vendor == 'sqlite' else ''} {sql}")
        return str(cursor.fetchall())
