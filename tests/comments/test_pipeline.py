"""What each phase does with a comment under the rules of the newsroom, and what is kept of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comments import submission
from comments.models import Comment, CommentRules, Standing, Status, WordList
from comments.pipeline import proof_of_work
from comments.reader_status import GuestReader, set_status
from comments.submission import Facts, Guest, submit
from newsroom.choices import CommentMode
from newsroom.models import SiteIdentity
from tests.factories import CommentFactory, LiveArticleFactory, PublishedCommentFactory, UserFactory

pytestmark = pytest.mark.django_db
LONG = "The same long sentence about nothing."


def rules(**numbers):
    row = CommentRules.load()
    for name, value in numbers.items():
        setattr(row, name, value)
    row.save()


def ban(words, *, kind="banned", **fields):
    return WordList.objects.create(name="List", kind=kind, words=words, **fields)


@pytest.fixture
def article():
    return LiveArticleFactory(comment_mode=CommentMode.OPEN)


def judged(comment):
    return comment.status, comment.phase, comment.reason


def test_a_banned_word_in_disguise_is_rejected_with_its_rule(article, reader):
    ban("zorble")

    comment = submit(article=article, author=reader, body="You z0rblé!")

    assert judged(comment) == (Status.REJECTED, "banned_words", "Banned word: zorble")
    assert (comment.get_rejection_display(), comment.decided_by) == ("It breaks the comment rules", None)


def test_a_suspect_word_is_held_and_the_rules_say_what_a_list_does(article, reader):
    ban("grimpo", kind="suspect")
    assert judged(submit(article=article, author=reader, body="Grimpo"))[:2] == (Status.WAITING, "suspect_words")

    rules(suspect_answer="spam")
    assert submit(article=article, author=reader, body="Grimpo again").status == Status.SPAM


def test_a_list_holds_for_its_edition_and_only_while_in_use(article, reader):
    ban("zorble", language="es")
    ban("grimpo", is_active=False)
    assert submit(article=article, author=reader, body="zorble grimpo").status == Status.PUBLISHED

    spanish = LiveArticleFactory(comment_mode=CommentMode.OPEN, language="es")
    assert submit(article=spanish, author=reader, body="zorble").status == Status.REJECTED


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("See https://news.example.org/x", Status.PUBLISHED),
        ("See https://example.org.evil.example/x", Status.WAITING),
        ("See https://notexample.org/", Status.WAITING),
        ("See http://[bad and https://example.org", Status.WAITING),
    ],
)
def test_links_to_known_sites_do_not_count(body, status, article, reader):
    rules(links_hosts="example.org\nother.example")

    assert submit(article=article, author=reader, body=body).status == status


@pytest.mark.parametrize(("allowed", "status"), [(1, Status.WAITING), (2, Status.PUBLISHED)])
def test_so_many_links_pass_and_no_more(allowed, status, article, reader):
    rules(links_allowed=allowed)

    assert submit(article=article, author=reader, body="www.a.example www.b.example").status == status


def test_the_same_words_elsewhere_by_one_reader_are_held(article, reader):
    submit(article=LiveArticleFactory(comment_mode=CommentMode.OPEN), author=reader, body=LONG)

    assert submit(article=article, author=reader, body=LONG.upper()).phase == "repeats"


def test_the_same_words_by_the_third_reader_are_held(article):
    phases = [submit(article=article, author=UserFactory(), body=LONG).phase for _n in range(3)]

    assert phases == ["mode", "mode", "repeats"]


@pytest.mark.parametrize(("hours", "status"), [(23, Status.WAITING), (25, Status.PUBLISHED)])
def test_a_young_account_is_held(hours, status, article):
    rules(account_hours=24)
    author = UserFactory(date_joined=timezone.now() - timedelta(hours=hours))

    assert submit(article=article, author=author, body="Hello").status == status


@pytest.mark.parametrize(("turned_down", "phase"), [(2, "mode"), (3, "record")])
def test_a_bad_record_is_held(turned_down, phase, article, reader):
    for n in range(5):
        CommentFactory(author=reader, status=Status.REJECTED if n < turned_down else Status.PUBLISHED)

    assert submit(article=article, author=reader, body="Hello").phase == phase


@pytest.mark.parametrize(("approved", "phase"), [(1, "first_timer"), (2, "mode")])
def test_first_comments_are_held(approved, phase, article, reader):
    rules(first_comments=2)
    PublishedCommentFactory.create_batch(approved, author=reader)

    assert submit(article=article, author=reader, body="Hello").phase == phase


def test_who_is_always_read_first_is_held_and_who_is_trusted_is_spared(article, reader, moderator):
    set_status(reader=reader, status=Standing.MODERATED, by=moderator, reason="")
    assert submit(article=article, author=reader, body="Hello").phase == "watched"

    set_status(reader=reader, status=Standing.TRUSTED, by=moderator, reason="")
    assert submit(article=article, author=reader, body="See www.a.example").status == Status.PUBLISHED


@pytest.mark.parametrize(("unread", "status"), [(False, Status.WAITING), (True, Status.PUBLISHED)])
def test_trusted_readers_appear_at_once_only_if_the_rules_say_so(unread, status, reader, moderator):
    rules(trusted_unread=unread)
    set_status(reader=reader, status=Standing.TRUSTED, by=moderator, reason="")

    assert submit(article=LiveArticleFactory(), author=reader, body="Hello").status == status


def test_who_is_banned_or_suspended_is_told_why_and_until_when(article, reader, moderator):
    set_status(reader=reader, status="banned", by=moderator, reason="Threats")
    with pytest.raises(submission.ReaderBanned, match=r"no longer comment here\. Why: Threats"):
        submit(article=article, author=reader, body="Hello")

    end = timezone.now() + timedelta(days=2)
    set_status(reader=reader, status="suspended", by=moderator, reason="Insults", until=end)
    with pytest.raises(submission.ReaderSuspended, match=r"again from .+ on\. Why: Insults"):
        submit(article=article, author=reader, body="Hello")


def test_the_slow_lane_takes_so_many_a_day_and_says_so(article, reader, moderator):
    rules(quiet_daily=1)
    CommentFactory(author=reader, created_at=timezone.now() - timedelta(hours=25))
    set_status(reader=reader, status="quiet", by=moderator, reason="Floods")
    submit(article=article, author=reader, body="Hello")

    with pytest.raises(submission.SlowLane, match=r"slow lane: 1 comment a day.+Why: Floods"):
        submit(article=article, author=reader, body="Hello again")


def test_a_guest_is_banned_by_mail_under_any_network_address(article, moderator):
    site = SiteIdentity.load()
    site.guest_comments = True
    site.save()
    set_status(reader=GuestReader("ana@example.org"), status="banned", by=moderator, reason="")

    with pytest.raises(submission.ReaderBanned):
        submit(article=article, guest=Guest("Ana", "ANA@example.org"), body="Hello", facts=Facts(address="192.0.2.9"))


def test_one_network_address_posts_so_much_whoever_it_is(article):
    rules(address_comments=2)
    for n in range(2):
        submit(article=article, author=UserFactory(), body=f"Number {n}", facts=Facts(address="192.0.2.7"))

    with pytest.raises(submission.TooQuick):
        submit(article=article, author=UserFactory(), body="Number 3", facts=Facts(address="192.0.2.7"))
    assert submit(article=article, author=UserFactory(), body="Elsewhere", facts=Facts(address="192.0.2.8")).pk


def test_a_proof_of_work_passes_once_and_without_one_a_comment_is_held(article, reader):
    rules(proof_of="everybody", proof_bits=8)
    done = Facts(stamp="stamp", proof=proof_of_work.solve("stamp", bits=8))

    bodies = [("One", done), ("Two", done), ("Three", Facts(stamp="stamp"))]
    phases = [submit(article=article, author=reader, body=body, facts=facts).phase for body, facts in bodies]

    assert phases == ["mode", "proof", "proof"]


def test_an_edited_text_is_judged_again(article, reader):
    ban("zorble")
    comment = submit(article=article, author=reader, body="Hello")

    phase, verdict = submission.verdict_on_edit(comment=comment, body="Hello you")
    assert (phase, verdict.status) == ("mode", Status.PUBLISHED)
    phase, verdict = submission.verdict_on_edit(comment=comment, body="Hello zorble")
    assert (phase, verdict.status) == ("banned_words", Status.REJECTED)


def test_a_first_comment_that_was_approved_is_still_a_first_one_when_it_changes(article, reader):
    rules(first_comments=1)
    comment = PublishedCommentFactory(article=article, author=reader)

    assert submission.verdict_on_edit(comment=comment, body="Something else")[0] == "first_timer"


def test_a_comment_costs_few_queries_whatever_the_lists(article, reader, django_assert_max_num_queries):
    ban("\n".join(f"word{n}" for n in range(1000)))
    submit(article=article, author=reader, body="The first reads the rules and compiles the list.")

    with django_assert_max_num_queries(14):
        submit(article=article, author=reader, body="The second does not, whatever it says.")


def test_every_phase_that_decides_is_kept(article, reader):
    submit(article=article, author=reader, body="See www.a.example")

    assert Comment.objects.get().phase == "links"
    assert len({name for name, _phase in submission.PHASES}) == len(submission.PHASES)
