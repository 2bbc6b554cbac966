"""The acts of a live coverage: who may do them, when, what they leave behind."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import coverage, publishing
from articles.acts import NotAllowed, WrongState
from articles.models import Article, CoverageState, EntryState, Genre, LiveEntry, Reference, SectionRight, Status
from articles.publishing import NotFitToPrint
from tests.articles.coverages import covered, posted, published_earlier, said
from tests.articles.stories import content, draft, in_state, live, section
from tests.factories import PhotoFactory, UserFactory

pytestmark = pytest.mark.django_db


def acts(article):
    return [act.act for act in article.acts.order_by("pk") if "entry" in act.act or "coverage" in act.act]


def test_a_story_becomes_a_live_coverage_at_its_own_address(client):
    article = live(headline="Flood gates open")
    address = article.get_absolute_url()
    coverage.start_coverage(article=article, by=None)
    posted(article)
    assert article.get_absolute_url() == address
    assert "The gates are open." in client.get(address).content.decode()


def test_starting_twice_is_starting_once():
    article = covered()
    coverage.start_coverage(article=article, by=None)
    assert acts(article) == ["start_coverage"]


def test_an_ended_coverage_goes_on_with_its_posts():
    article = covered()
    posted(article)
    coverage.end_coverage(article=article, by=None)
    assert article.coverage.ended_at is not None
    coverage.start_coverage(article=article, by=None)
    article.refresh_from_db()
    assert (article.coverage_state, article.coverage.ended_at) == (CoverageState.RUNNING, None)
    assert article.live_entries.count() == 1


@pytest.mark.parametrize(("role", "may_run"), [("reporter", False), ("editor", True), ("moderator", False)])
def test_who_publishes_runs_the_coverage(request, role, may_run):
    article, by = live(), request.getfixturevalue(role)
    if may_run:
        coverage.start_coverage(article=article, by=by)
        coverage.end_coverage(article=article, by=by)
    else:
        with pytest.raises(NotAllowed):
            coverage.start_coverage(article=article, by=by)
        with pytest.raises(NotAllowed):
            coverage.end_coverage(article=covered(), by=by)


@pytest.mark.parametrize(
    ("role", "may_post"), [("reporter", True), ("editor", True), ("photo_editor", False), ("reader", False)]
)
def test_reporters_and_up_post(request, role, may_post):
    article, by = covered(), request.getfixturevalue(role)
    if may_post:
        assert posted(article, by=by).state == EntryState.PUBLISHED
    else:
        with pytest.raises(NotAllowed):
            posted(article, by=by)


def test_a_reporter_of_one_section_posts_in_no_other():
    news, sport = covered(), covered(section_id=section("sport").pk)
    person = UserFactory(role="Reporter")
    SectionRight.objects.create(user=person, section=section("sport"), role=Group.objects.get(name="Reporter"))
    person = type(person).objects.get(pk=person.pk)
    assert posted(sport, by=person)
    with pytest.raises(NotAllowed):
        posted(news, by=person)


@pytest.mark.parametrize("act", ["edit", "remove", "put_back", "publish_entry"])
def test_a_reporter_leaves_the_posts_of_others_alone(act, reporter, editor):
    article = covered()
    entry = posted(article, by=editor)
    more = {"content": said("<p>Mine.</p>"), "base": None} if act == "edit" else {}
    with pytest.raises(NotAllowed):
        getattr(coverage, act)(entry=entry, by=reporter, **more)
    coverage.remove(entry=posted(article, by=reporter), by=editor)


def test_nobody_posts_before_it_begins_nor_after_it_ended():
    with pytest.raises(WrongState):
        posted(live())
    article = covered()
    coverage.end_coverage(article=article, by=None)
    with pytest.raises(WrongState):
        posted(article)


def test_after_the_end_a_post_can_still_be_mended_and_removed():
    article = covered()
    entry = posted(article)
    coverage.end_coverage(article=article, by=None)
    coverage.edit(entry=entry, content=said("<p>Mended.</p>"), by=None, base=1)
    coverage.remove(entry=entry, by=None)
    entry.refresh_from_db()
    assert (entry.body, entry.state) == ("<p>Mended.</p>", EntryState.REMOVED)


@pytest.mark.parametrize("state", [Status.TRASH, Status.KILLED])
def test_a_closed_article_has_no_live_coverage(state):
    with pytest.raises(WrongState):
        coverage.start_coverage(article=in_state(state), by=None)


def test_a_gallery_has_no_live_coverage():
    with pytest.raises(WrongState):
        coverage.start_coverage(article=live(genre=Genre.GALLERY), by=None)


def test_one_form_makes_one_post_however_often_it_is_sent(reporter):
    article, key = covered(), uuid4()
    first, second = (coverage.post(article=article, content=said(), by=reporter, key=key) for _time in range(2))
    assert first == second
    assert acts(article) == ["start_coverage", "post_entry"]


def test_the_key_of_anothers_form_hides_nothing(reporter, editor):
    article, key = covered(), uuid4()
    coverage.post(article=article, content=said(), by=editor, key=key)
    assert coverage.post(article=article, content=said("<p>Mine.</p>"), by=reporter, key=key).body == "<p>Mine.</p>"


@pytest.mark.parametrize("body", ["", "   ", "<p></p>", "<script>alert(1)</script>"])
def test_an_empty_post_is_refused(body):
    with pytest.raises(ValidationError):
        posted(covered(), body)


def test_what_is_posted_is_sanitised():
    entry = posted(covered(), '<p onclick="x()">Safe <script>alert(1)</script>words.</p>', headline=" A\x00 line\n ")
    assert (entry.body, entry.headline) == ("<p>Safe words.</p>", "A line")


@pytest.mark.parametrize(
    ("ago", "is_fine"), [(timedelta(minutes=-5), False), (timedelta(hours=3), True), (timedelta(days=30), False)]
)
def test_the_time_shown_lies_near_and_not_ahead(ago, is_fine):
    article, at = covered(), timezone.now() - ago
    if is_fine:
        assert posted(article, at=at).at == at
    else:
        with pytest.raises(ValidationError) as refusal:
            posted(article, at=at)
        assert "at" in refusal.value.message_dict


@pytest.mark.parametrize("field", ["byline_id", "photo_id"])
def test_a_deleted_author_or_photo_is_a_sentence_at_its_field(field):
    with pytest.raises((ValidationError, NotFitToPrint)):
        posted(covered(), **{field: 2**40})


def test_a_photo_needs_credit_alt_text_and_rights():
    article = covered()
    assert posted(article, photo_id=PhotoFactory().pk).photo
    for photo in (PhotoFactory(credit=""), PhotoFactory(alt=""), PhotoFactory(do_not_publish=True)):
        with pytest.raises(NotFitToPrint):
            posted(article, photo_id=photo.pk)
        with pytest.raises(NotFitToPrint):
            posted(article, f'<p>Look.</p><figure data-node="photo" data-id="{photo.pk}"></figure>')


def test_the_photos_of_posts_count_as_used_also_after_the_next_update():
    article, over, within = covered(), PhotoFactory(), PhotoFactory()
    posted(article, f'<p>Look.</p><figure data-node="photo" data-id="{within.pk}"></figure>', photo_id=over.pk)
    publishing.save(article=article, content=content(body="<p>New text.</p>"), by=None, base=None)
    publishing.update(article=article, by=None)
    found = Reference.objects.filter(article=article, kind="photo").values_list("object_id", flat=True)
    assert set(found) == {over.pk, within.pk}


def test_an_edit_keeps_what_it_said_before(reporter):
    entry = posted(covered(), by=reporter)
    coverage.edit(entry=entry, content=said("<p>The gates are shut.</p>"), by=reporter, base=1)
    before, now = entry.revisions.order_by("number")
    assert (before.content["body"], now.content["body"]) == ("<p>The gates are open.</p>", "<p>The gates are shut.</p>")


def test_saving_the_same_again_writes_nothing():
    article = covered()
    entry = posted(article)
    coverage.edit(entry=entry, content=said(), by=None, base=1)
    assert entry.revisions.count() == 1
    assert acts(article) == ["start_coverage", "post_entry"]


def test_an_edit_upon_an_older_text_is_refused_with_the_newer_one():
    entry = posted(covered())
    coverage.edit(entry=entry, content=said("<p>Theirs.</p>"), by=None, base=1)
    with pytest.raises(coverage.StaleEntry) as stale:
        coverage.edit(entry=entry, content=said("<p>Mine.</p>"), by=None, base=1)
    assert (stale.value.theirs.body, stale.value.number) == ("<p>Theirs.</p>", 2)


@pytest.mark.parametrize(("minutes", "is_marked"), [(4, False), (6, True)])
def test_an_edit_is_marked_once_the_text_has_stood_for_five_minutes(minutes, is_marked):
    entry = published_earlier(posted(covered()), minutes=minutes)
    coverage.edit(entry=entry, content=said("<p>Other words.</p>"), by=None, base=1)
    assert bool(entry.shown_edit) is is_marked


def test_another_time_or_author_is_no_edit_of_the_text():
    entry = published_earlier(posted(covered()), minutes=30)
    coverage.edit(entry=entry, content=said(at=timezone.now() - timedelta(minutes=9)), by=None, base=1)
    assert entry.edited_at is None


def test_a_removed_post_comes_back_as_it_was():
    article = covered()
    for entry in (posted(article), coverage.keep_draft(article=article, content=said("<p>Later.</p>"), by=None)):
        state = entry.state
        coverage.remove(entry=entry, by=None)
        assert entry.state == EntryState.REMOVED
        coverage.put_back(entry=entry, by=None)
        assert entry.state == state


def test_a_draft_shows_the_minute_in_which_it_is_posted():
    article = covered()
    entry = coverage.keep_draft(article=article, content=said(), by=None)
    written = entry.at
    coverage.publish_entry(entry=entry, by=None)
    assert (entry.state, entry.at > written) == (EntryState.PUBLISHED, True)


def test_every_act_is_recorded_and_doing_it_twice_is_doing_it_once(editor):
    article = covered()
    entry = posted(article, by=editor)
    for act in (
        coverage.pin,
        coverage.unpin,
        coverage.mark_key,
        coverage.unmark_key,
        coverage.remove,
        coverage.put_back,
    ):
        act(entry=entry, by=editor)
        act(entry=entry, by=editor)
    assert acts(article) == [
        "start_coverage", "post_entry", "pin_entry", "unpin_entry", "key_entry", "unkey_entry", "remove_entry", "put_back_entry",
    ]  # fmt: skip


def test_a_post_under_a_public_article_is_an_update_of_it_and_under_a_draft_none():
    article, hidden = covered(), draft()
    posted(article)
    coverage.start_coverage(article=hidden, by=None)
    posted(hidden)
    assert Article.objects.get(pk=article.pk).updated_at is not None
    assert Article.objects.get(pk=hidden.pk).updated_at is None


def test_posting_leaves_the_writers_open_version_open(reporter):
    article = publishing.create(content=content(), by=reporter, auto=True)
    coverage.start_coverage(article=article, by=None)
    publishing.save(article=article, content=content(body="<p>One.</p>"), by=reporter, base=None, auto=True)
    before = article.latest_revision.number
    posted(article, by=reporter)
    publishing.save(article=article, content=content(body="<p>Two.</p>"), by=reporter, base=None, auto=True)
    assert article.latest_revision.number == before


@pytest.mark.parametrize(
    "broken",
    [{"state": "else"}, {"state": "published", "published_at": None}, {"headline": "", "body": "", "photo": None}],
)
def test_the_database_refuses_a_post_that_cannot_be(broken):
    entry = posted(covered())
    with pytest.raises(IntegrityError), transaction.atomic():
        LiveEntry.objects.filter(pk=entry.pk).update(**broken)


@pytest.mark.parametrize("broken", [{"stage": "else"}, {"coverage_state": "else"}])
def test_the_database_refuses_a_stage_or_state_that_is_none(broken):
    article = live()
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(**broken)
