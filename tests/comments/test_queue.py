"""The moderators' queue on the desk."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags

from comments import own, queue, queue_rows
from comments.models import Comment, Status
from comments.reporting import report
from comments.submission import submit
from tests.factories import CommentFactory, LiveArticleFactory, PublishedCommentFactory, UserFactory

pytestmark = pytest.mark.django_db
QUEUE, ACT, UNDO = ("/admin/comments/comment/" + part for part in ("", "act/", "undo/"))


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


def body(answer):
    return answer.content.decode()


def test_waiting_comments_stand_there_the_oldest_first(desk):
    now = timezone.now()
    CommentFactory(body="Written later", created_at=now)
    CommentFactory(body="Written first", created_at=now - timedelta(hours=3))
    PublishedCommentFactory(body="Already public")

    page = body(desk.get(QUEUE))

    assert page.index("Written first") < page.index("Written later")
    assert "Already public" not in page


def test_a_row_says_who_wrote_it_where_in_answer_to_what_and_why_it_was_held(desk):
    parent = PublishedCommentFactory(body="Then who signs for the water?")
    writer = UserFactory(name="Jules Okafor")
    PublishedCommentFactory(author=writer)
    CommentFactory(author=writer, status=Status.REJECTED)
    CommentFactory(article=parent.article, parent=parent, author=writer, reason="2 links")

    page = body(desk.get(QUEUE))

    for words in ("Jules Okafor", "1 approved, 1 rejected", parent.article.headline, parent.body, "2 links"):
        assert words in page


def test_a_first_comment_is_marked_as_one(desk):
    CommentFactory()

    assert "First comment" in body(desk.get(QUEUE))


def test_one_click_approves_and_the_counter_says_1(desk):
    comment = CommentFactory()

    desk.post(ACT, {"one": f"approve-{comment.pk}"})

    comment.refresh_from_db()
    comment.article.refresh_from_db()
    assert (comment.status, comment.article.comment_count) == (Status.PUBLISHED, 1)


def test_a_rejection_keeps_the_reason_chosen_beside_it(desk):
    comment = CommentFactory()

    desk.post(ACT, {"one": f"reject-{comment.pk}", f"reason-{comment.pk}": "off_topic"})

    comment.refresh_from_db()
    assert (comment.status, comment.rejection) == (Status.REJECTED, "off_topic")


def test_ticked_comments_are_decided_together(desk):
    comments = [CommentFactory() for _ in range(3)]

    answer = desk.post(ACT, {"many": "spam", "pick": [comment.pk for comment in comments[:2]]}, follow=True)

    assert [c.status for c in Comment.objects.order_by("pk")] == ["spam", "spam", "waiting"]
    assert "2 comments: spam." in body(answer)


def test_every_decision_can_be_undone_from_the_message(desk):
    comment = CommentFactory(author=UserFactory(name="Berta Olmos"))

    answer = desk.post(ACT, {"one": f"approve-{comment.pk}"}, follow=True)
    assert "Comment by Berta Olmos approved." in body(answer)
    desk.post(UNDO, {"done": answer.context["done_token"]})

    comment.refresh_from_db()
    assert comment.status == Status.WAITING


def test_who_comes_second_is_told_who_was_first(desk, publisher):
    comment = CommentFactory()
    colleague = Client()
    colleague.force_login(publisher)
    colleague.post(ACT, {"one": f"approve-{comment.pk}", f"seen-{comment.pk}": "waiting"})

    answer = desk.post(ACT, {"one": f"spam-{comment.pk}", f"seen-{comment.pk}": "waiting"}, follow=True)

    comment.refresh_from_db()
    assert comment.status == Status.PUBLISHED
    assert f"Approved by {publisher.display_name} a moment ago" in body(answer)


def test_a_script_gets_the_words_the_counts_and_the_way_back(desk):
    comment = CommentFactory()

    answer = desk.post(ACT, {"one": f"approve-{comment.pk}"}, headers={"Accept": "application/json"}).json()
    undone = desk.post(UNDO, {"done": answer["undo"]}, headers={"Accept": "application/json"}).json()

    assert "a moment ago" in answer["sentences"][str(comment.pk)]
    assert (answer["changed"], undone["changed"]) == ([comment.pk], [comment.pk])
    assert (answer["counts"]["waiting"], undone["counts"]["waiting"]) == ("0", "1")


def test_reported_comments_have_their_tab_and_keeping_one_settles_it(desk):
    comment = PublishedCommentFactory(body="You people never learn")
    for person in (UserFactory(), UserFactory()):
        report(comment=comment, reason="insult", reporter=person, address="")

    page = body(desk.get(QUEUE + "?tab=reported"))
    assert "Reported by 2 readers: insult" in page
    desk.post(ACT, {"one": f"approve-{comment.pk}", f"seen-{comment.pk}": "published"})

    assert "You people never learn" not in body(desk.get(QUEUE + "?tab=reported"))


@pytest.mark.parametrize(
    ("tab", "status"), [("approved", "published"), ("rejected", "rejected"), ("rejected", "removed"), ("spam", "spam")]
)
def test_every_state_has_its_tab(tab, status, desk):
    CommentFactory(body="Find me here", status=status)

    assert "Find me here" in body(desk.get(f"{QUEUE}?tab={tab}"))
    assert "Find me here" not in body(desk.get(QUEUE))


def test_an_empty_queue_says_so(desk):
    assert "Nothing is waiting." in body(desk.get(QUEUE))


def test_an_editor_may_read_the_queue_and_not_decide(client, editor):
    comment = CommentFactory()
    client.force_login(editor)

    page = client.get(QUEUE)

    assert page.status_code == 200
    assert 'name="one"' not in body(page)
    assert client.post(ACT, {"one": f"approve-{comment.pk}"}).status_code == 403
    assert client.post(UNDO, {"done": "x"}).status_code == 403


@pytest.mark.parametrize("role", ["Reporter", "Photo editor"])
def test_other_staff_do_not_see_the_queue(role, client):
    client.force_login(UserFactory(role=role))

    assert client.get(QUEUE).status_code == 403
    assert client.post(ACT, {"one": "approve-1"}).status_code == 403


def test_readers_and_strangers_are_sent_to_sign_in(client, reader):
    assert client.post(ACT, {"one": "approve-1"}).status_code == 302
    client.force_login(reader)
    assert client.get(QUEUE).status_code == 302


def test_a_click_without_its_token_is_refused(moderator):
    strict, comment = Client(enforce_csrf_checks=True), CommentFactory()
    strict.force_login(moderator)

    assert strict.post(ACT, {"one": f"approve-{comment.pk}"}).status_code == 403


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"one": "delete-1"},
        {"one": "approve-"},
        {"one": "approve-x"},
        {"one": "approve-" + "9" * 30},
        {"many": "approve", "pick": "1;2"},
        {"many": "approve", "pick": [str(n) for n in range(300)]},
    ],
)
def test_an_order_that_no_button_sends_is_refused(sent, desk):
    assert desk.post(ACT, sent).status_code == 400


def test_a_comment_that_is_gone_is_named_as_gone(desk):
    answer = desk.post(ACT, {"one": "approve-4711"}, follow=True)

    assert "This comment no longer exists." in body(answer)


def test_nothing_ticked_asks_for_ticks(desk):
    assert "Tick the comments first." in body(desk.post(ACT, {"many": "spam"}, follow=True))


@pytest.mark.parametrize("query", ["?tab=x", "?after=x", "?after=1-", "?after=-1", "?after=999999999999999999-1"])
def test_a_page_that_is_none_is_unknown(query, desk):
    assert desk.get(QUEUE + query).status_code == 404


def test_hostile_words_stay_words_on_the_desk(desk):
    CommentFactory(body="<script>alert(1)</script>", author=UserFactory(name="<img src=x>"), reason="<b>")

    page = body(desk.get(QUEUE))

    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_the_queue_asks_the_same_number_of_queries_for_1_and_25_rows(desk):
    def queries():
        desk.get(QUEUE)  # the frame is read anew after a change, see newsroom.frame
        with CaptureQueriesContext(connection) as asked:
            desk.get(QUEUE)
        return len(asked)

    parent = PublishedCommentFactory()
    CommentFactory(article=parent.article, parent=parent)
    few = queries()
    for _ in range(24):
        CommentFactory(article=LiveArticleFactory())

    assert queries() == few


def test_a_comments_own_page_shows_its_history_and_changes_nothing(desk):
    comment = CommentFactory(body="To be read")
    desk.post(ACT, {"one": f"approve-{comment.pk}"})

    path = f"{QUEUE}{comment.pk}/change/"

    assert "Approved" in body(desk.get(path))
    assert desk.post(path, {"body": "Changed", "status": "spam"}).status_code == 403
    assert desk.post(f"{QUEUE}{comment.pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_desk_knows_how_many_wait_and_are_reported():
    CommentFactory()
    report(comment=PublishedCommentFactory(), reason="spam", reporter=None, address="192.0.2.1")

    assert queue.counts() == {"waiting": 1, "reported": 1, "total": 2}
    assert queue.oldest_waiting_at() is not None


def test_the_pages_of_a_tab_follow_each_other_without_a_gap(desk):
    first = CommentFactory()
    alike = {"article": first.article, "author": first.author, "created_at": first.created_at}
    made = [first.pk, *(comment.pk for comment in CommentFactory.create_batch(2 * queue.ROWS, **alike))]

    seen, cursor = [], ""
    while True:
        page = queue.page_of("waiting", cursor)
        seen += [row.comment.pk for row in page.rows]
        cursor = page.next_cursor
        if not cursor:
            break

    assert seen == made


SCRIPT = {"headers": {"Accept": "application/json"}}


@pytest.mark.parametrize(("act", "most", "most_undone"), [("approve", 17, 16), ("reject", 13, 14), ("spam", 12, 14)])
def test_an_act_is_one_small_query_set_with_session_and_rights(act, most, most_undone, desk):
    """A reply to another reader, the dearest: both readers hear of it. The same in a crowd; begin and commit are counted."""
    parent = PublishedCommentFactory()
    writer = UserFactory()
    crowd = CommentFactory.create_batch(9, author=writer, parent=parent, article=parent.article)
    desk.get(QUEUE)  # the frame is read anew after a change, see newsroom.frame
    for comment in (crowd[0], crowd[8]):
        with CaptureQueriesContext(connection) as asked:
            answer = desk.post(ACT, {"one": f"{act}-{comment.pk}"}, **SCRIPT).json()
        with CaptureQueriesContext(connection) as undoing:
            undone = desk.post(UNDO, {"done": answer["undo"]}, **SCRIPT).json()

        assert answer["changed"] == undone["changed"] == [comment.pk]
        assert len(asked) <= most
        assert len(undoing) <= most_undone


def test_a_script_hears_what_colleagues_decided(desk, publisher):
    from comments import moderation

    waiting, decided = CommentFactory(), CommentFactory()
    moderation.approve(comment=decided, by=publisher)

    asked = f"{QUEUE}states/?ids={waiting.pk}-waiting,{decided.pk}-waiting,x-,99999999999999999999-waiting"

    assert desk.get(asked).json() == {str(decided.pk): f"Approved by {publisher.display_name} a moment ago"}


def test_more_than_twenty_are_decided_after_a_question_only(desk):
    ids = [comment.pk for comment in CommentFactory.create_batch(21, article=LiveArticleFactory())]

    asked = desk.post(ACT, {"many": "approve", "pick": ids})
    assert "21 comments are to be decided at once." in body(asked)
    assert Comment.objects.waiting().count() == 21
    desk.post(ACT, {"many": "approve", "pick": ids, "sure": "1"})

    assert Comment.objects.waiting().count() == 0


def test_the_same_words_and_the_same_address_are_named(desk):
    article = LiveArticleFactory()
    for _ in range(2):
        CommentFactory(article=article, words_hash="w", address_hash="a")

    page = body(desk.get(QUEUE))

    assert "Same text 2 times today" in page
    assert "2 readers at this address today" in page


def test_numbers_stop_at_99(desk):
    """Nobody waits until a hundred thousand comments by one reader, of one text, at one address are counted."""
    article, now = LiveArticleFactory(), timezone.now()
    writers = [UserFactory() for _n in range(2)]
    shared = {"article": article, "words_hash": "w", "address_hash": "a", "decided_at": now}
    Comment.objects.bulk_create(
        Comment(author=writers[n % 2], body=f"{n}", status=("published", "spam")[n % 2], **shared) for n in range(210)
    )
    CommentFactory(author=writers[0], words_hash="w", address_hash="a")

    page = body(desk.get(QUEUE))

    assert "99+ approved, 0 rejected" in page
    assert "Same text 99+ times today" in page
    assert "2 readers at this address today" in page


@pytest.mark.parametrize(("name", "index"), [("words_hash", "words_newest"), ("address_hash", "address_newest")])
def test_what_is_the_same_is_found_by_its_index(name, index, reader):
    """Also where comments come in: a flood must not be read through for each of its comments."""
    article, now = LiveArticleFactory(), timezone.now()
    Comment.objects.bulk_create(
        Comment(
            article=article, author=reader, body=f"{n}", **{name: f"{n % 500}"}, created_at=now - timedelta(minutes=n)
        )
        for n in range(2000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with CaptureQueriesContext(connection) as asked:
        queue_rows.rows_of(list(Comment.objects.with_context()[:5]))
        submit(article=article, author=UserFactory(), body="The same words as many others")

    read = [query["sql"] for query in asked if f'"{name}" = \'' in query["sql"] and query["sql"].startswith("SELECT")]
    assert read
    for sql in read:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {'QUERY PLAN' if connection.vendor == 'sqlite' else ''} {sql}")
            plan = str(cursor.fetchall())
        assert f"comment_of_{index}" in plan


def test_moderators_see_what_an_author_changed_word_by_word(desk, editor):
    comment = PublishedCommentFactory(body="The old <b>bridge</b> is safe.", created_at=timezone.now())
    own.edit(comment=comment, body="The new <b>bridge</b> is safe.")
    page = f"{QUEUE}{comment.pk}/change/"

    shown = strip_tags(re.sub(r"\s+", " ", body(desk.get(page))))
    assert "The Removed: oldAdded: new &lt;b&gt;bridge" in shown
    assert f'{comment.pk}/change/#edits"' in body(desk.get(QUEUE))  # it waits again
    desk.force_login(editor)
    assert "Removed:" not in body(desk.get(page))
