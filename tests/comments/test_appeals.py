"""A reader may ask once for a second look, and somebody else decides."""

import pytest

from comments import appeals, moderation
from comments.appeals import AppealRefused
from comments.models import Act, Appeal, AppealState, Comment, ModerationAction, Status
from tests.factories import CommentFactory, PublishedCommentFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(db):
    return UserFactory(role="Moderator")


@pytest.fixture
def rejected(moderator):
    comment = CommentFactory()
    moderation.reject(comment=comment, by=moderator, reason="insult")
    return comment


def test_a_granted_appeal_publishes_the_comment_and_is_an_act(rejected, other):
    made = appeals.appeal(comment=rejected, text="I quoted the minister.")

    appeals.decide(appeal=made, by=other, grant=True, answer="You are right.")

    rejected.refresh_from_db()
    rejected.article.refresh_from_db()
    assert (rejected.status, rejected.article.comment_count) == (Status.PUBLISHED, 1)
    act = ModerationAction.objects.filter(comment=rejected).first()
    assert (act.act, act.by, act.reason) == (Act.GRANT, other, "You are right.")


def test_a_dismissed_appeal_leaves_the_comment_and_is_an_act(rejected, other):
    made = appeals.appeal(comment=rejected, text="Why?")

    done = appeals.decide(appeal=made, by=other, grant=False, answer="It insults her.")

    rejected.refresh_from_db()
    assert (done.state, done.answer, rejected.status) == (AppealState.DISMISSED, "It insults her.", Status.REJECTED)
    assert rejected.get_rejection_display() == "It insults somebody"
    assert ModerationAction.objects.filter(comment=rejected).first().act == Act.DISMISS


def test_who_turned_it_down_does_not_decide(rejected, moderator, other):
    made = appeals.appeal(comment=rejected, text="Why?")

    with pytest.raises(AppealRefused, match="somebody else decides"):
        appeals.decide(appeal=made, by=moderator, grant=False)


def test_an_administrator_who_is_alone_may_decide_about_the_own_rejection(administrator):
    comment = CommentFactory()
    moderation.reject(comment=comment, by=administrator)
    made = appeals.appeal(comment=comment, text="Why?")

    assert appeals.why_not(made, administrator) == ""
    UserFactory(role="Moderator")
    assert "somebody else" in appeals.why_not(made, administrator)


def test_there_is_one_appeal_and_one_decision(rejected, other):
    first = appeals.appeal(comment=rejected, text="Why?")
    assert appeals.appeal(comment=rejected, text="Really, why?") == first
    assert Appeal.objects.get().text == "Why?"

    appeals.decide(appeal=first, by=other, grant=False)
    with pytest.raises(AppealRefused, match="decided already"):
        appeals.decide(appeal=first, by=other, grant=True)
    assert not appeals.may_appeal(Comment.objects.select_related("appeal").get(pk=rejected.pk))


@pytest.mark.parametrize("text", ["", " \n\x00 "])
def test_an_appeal_says_something(text, rejected):
    with pytest.raises(AppealRefused, match="Say why"):
        appeals.appeal(comment=rejected, text=text)


def test_there_is_no_appeal_against_what_stands():
    with pytest.raises(AppealRefused, match="not turned down"):
        appeals.appeal(comment=PublishedCommentFactory(), text="Why?")


def test_the_decision_on_an_appeal_is_final(rejected, other):
    appeals.decide(appeal=appeals.appeal(comment=rejected, text="Why?"), by=other, grant=True)

    with pytest.raises(moderation.NothingToUndo):
        moderation.undo(comment=rejected, by=other)


def test_without_the_right_nobody_decides(rejected, reporter):
    made = appeals.appeal(comment=rejected, text="Why?")

    with pytest.raises(moderation.NotAllowed):
        appeals.decide(appeal=made, by=reporter, grant=True)
    made.refresh_from_db()
    assert made.state == AppealState.OPEN


def test_what_was_published_meanwhile_waits_no_longer(rejected, other):
    appeals.appeal(comment=rejected, text="Why?")
    assert appeals.open_appeals().count() == 1

    moderation.approve(comment=rejected, by=other)
    assert appeals.open_appeals().count() == 0
