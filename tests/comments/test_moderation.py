"""What each act of moderation does, to the comment, to the counter, and to the log."""

import pytest

from comments import moderation
from comments.models import ModerationAction, Status
from comments.reporting import report
from comments.signals import comments_changed
from tests.factories import CommentFactory, PublishedCommentFactory, UserFactory

pytestmark = pytest.mark.django_db


def counted(comment):
    comment.article.refresh_from_db(fields=["comment_count"])
    return comment.article.comment_count


def test_approving_publishes_and_counts(moderator):
    comment = CommentFactory()

    outcome = moderation.approve(comment=comment, by=moderator)

    assert (outcome.changed, comment.status, comment.decided_by, counted(comment)) == (
        True,
        Status.PUBLISHED,
        moderator,
        1,
    )


def test_approving_twice_counts_once_and_says_who_was_first(moderator, publisher):
    comment = CommentFactory()
    moderation.approve(comment=comment, by=publisher)

    outcome = moderation.approve(comment=comment, by=moderator)

    assert (outcome.changed, counted(comment), comment.actions.count()) == (False, 1, 1)
    assert outcome.sentence == f"Approved by {publisher.display_name} a moment ago"


def test_an_act_on_what_somebody_decided_meanwhile_changes_nothing(moderator, publisher):
    comment = CommentFactory()
    moderation.approve(comment=comment, by=publisher)

    outcome = moderation.reject(comment=comment, by=moderator, seen=Status.WAITING)

    assert (outcome.changed, comment.status) == (False, Status.PUBLISHED)
    assert publisher.display_name in outcome.sentence


@pytest.mark.parametrize(
    ("act", "status"), [("reject", Status.REJECTED), ("spam", Status.SPAM), ("remove", Status.REMOVED)]
)
def test_what_is_taken_down_no_longer_counts(act, status, moderator):
    comment = PublishedCommentFactory()

    getattr(moderation, act)(comment=comment, by=moderator)

    assert (comment.status, counted(comment)) == (status, 0)


def test_rejecting_what_waits_leaves_the_counter_alone(moderator):
    comment = CommentFactory()

    moderation.reject(comment=comment, by=moderator, reason="insult")

    assert (comment.rejection, counted(comment)) == ("insult", 0)


def test_only_a_published_comment_can_be_removed(moderator):
    with pytest.raises(moderation.WrongState):
        moderation.remove(comment=CommentFactory(), by=moderator)


def test_every_act_is_in_the_log(moderator):
    comment = CommentFactory()
    moderation.approve(comment=comment, by=moderator)
    moderation.remove(comment=comment, by=moderator, reason="Names a\x00 child")

    log = ModerationAction.objects.order_by("pk").values_list("act", "from_status", "to_status", "by", "reason")
    assert list(log) == [
        ("approve", "waiting", "published", moderator.pk, ""),
        ("remove", "published", "removed", moderator.pk, "Names a child"),
    ]


@pytest.mark.parametrize("act", ["approve", "reject", "spam", "remove", "undo", "pick", "unpick"])
def test_without_the_right_nothing_happens(act, editor, reader):
    comment = PublishedCommentFactory()

    for person in (editor, reader):
        with pytest.raises(moderation.NotAllowed):
            getattr(moderation, act)(comment=comment, by=person)

    assert (comment.status, counted(comment)) == (Status.PUBLISHED, 1)


@pytest.mark.parametrize("act", ["approve", "reject", "spam"])
def test_undo_brings_back_what_was(act, moderator):
    comment = CommentFactory()
    getattr(moderation, act)(comment=comment, by=moderator)

    moderation.undo(comment=comment, by=moderator)

    assert (comment.status, comment.decided_at, counted(comment)) == (Status.WAITING, None, 0)


def test_undoing_a_removal_counts_again(moderator):
    comment = PublishedCommentFactory()
    moderation.remove(comment=comment, by=moderator)

    moderation.undo(comment=comment, by=moderator)

    assert (comment.status, counted(comment)) == (Status.PUBLISHED, 1)


def test_undoing_an_approval_brings_back_the_reason_of_the_rejection(moderator):
    comment = CommentFactory()
    moderation.reject(comment=comment, by=moderator, reason="hatred")
    moderation.approve(comment=comment, by=moderator)

    moderation.undo(comment=comment, by=moderator)

    assert (comment.status, comment.rejection) == (Status.REJECTED, "hatred")


def test_undo_happens_once_and_not_over_another_act(moderator, publisher):
    comment = CommentFactory()
    first = moderation.approve(comment=comment, by=moderator).action
    moderation.spam(comment=comment, by=publisher)

    with pytest.raises(moderation.NothingToUndo):
        moderation.undo(comment=comment, by=moderator, action=first.pk)
    moderation.undo(comment=comment, by=publisher)
    with pytest.raises(moderation.NothingToUndo):
        moderation.undo(comment=comment, by=publisher)


def test_a_decision_settles_reports_and_undo_opens_them_again(moderator):
    comment = PublishedCommentFactory()
    report(comment=comment, reason="insult", reporter=UserFactory(), address="")

    outcome = moderation.approve(comment=comment, by=moderator)
    assert outcome.changed
    assert not type(comment).objects.reported().exists()

    moderation.undo(comment=comment, by=moderator)
    assert type(comment).objects.reported().exists()


def test_a_pick_is_published_and_stays_one_only_while_it_is(moderator):
    with pytest.raises(moderation.WrongState):
        moderation.pick(comment=CommentFactory(), by=moderator)
    comment = PublishedCommentFactory()

    moderation.pick(comment=comment, by=moderator)
    assert comment.is_pick
    moderation.remove(comment=comment, by=moderator)
    assert not comment.is_pick


def test_the_rest_of_the_house_hears_of_it_after_the_commit(moderator, django_capture_on_commit_callbacks):
    heard, comment = [], CommentFactory()

    def listen(article_id, **_kwargs):
        heard.append(article_id)

    comments_changed.connect(listen)
    with django_capture_on_commit_callbacks(execute=True):
        moderation.approve(comment=comment, by=moderator)
        assert heard == []

    comments_changed.disconnect(listen)
    assert heard == [comment.article_id]
