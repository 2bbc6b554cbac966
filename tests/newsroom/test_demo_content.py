"""What the demo newsroom holds. It is loaded once for all tests of this file, in a transaction that never commits.

The run that loads it comes after one that was interrupted.
"""

import io
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from articles.demo.stories import PRIVATE_PHOTO, all_stories, markers
from articles.models import Article, Assignment, Note
from comments.models import Comment
from comments.models import Status as CommentStatus
from media.models import Photo
from newsroom.demo.loader import logins
from newsroom.models import Notice, SiteIdentity, User
from newsroom.roles import ROLES

pytestmark = pytest.mark.once


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup, django_db_blocker):
    """How many comments an interrupted run left, and what the next one said. The demo is there until the last test is through."""
    said = io.StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        with patch("comments.demo.loader._decide", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
            call_command("demo", password="a-demo-word", stdout=io.StringIO())
        left = Comment.objects.count()
        with override_settings(DEBUG=True):
            call_command("demo", password="", stdout=said)
        yield left, said.getvalue()
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_interrupted_run_is_finished_by_the_next_which_tells_the_password_known_in_debug(loaded):
    left, said = loaded
    assert left == 0
    assert "newsroom-demo" in said
    assert Comment.objects.published().count() > 100


@pytest.mark.django_db
def test_demo_holds_every_state():
    assert set(Article.objects.values_list("status", flat=True)) == {
        "draft", "in_review", "changes_wanted", "approved", "live", "withdrawn", "killed", "trash",
    }  # fmt: skip
    hidden = Article.objects.filter(status="live").exclude(pk__in=Article.objects.public().values("pk"))
    assert sum(article.is_scheduled for article in hidden) == 2
    assert hidden.filter(embargo_until__isnull=False).count() == 1
    assert hidden.filter(expires_at__isnull=False).count() == 1
    assert set(Comment.objects.values_list("status", flat=True)) == set(CommentStatus.values)
    assert Comment.objects.reported().exists()


@pytest.mark.django_db
def test_every_language_and_role_is_there():
    assert set(Article.objects.public().values_list("language", flat=True)) == {"en", "es", "ar"}
    assert SiteIdentity.load().name == "Meridian"
    assert {role for role, _username in logins()} == set(ROLES)
    for role, username in logins():
        user = User.objects.get(username=username)
        assert user.is_staff and user.check_password("a-demo-word")
        assert [group.name for group in user.groups.all()] == [role]


@pytest.mark.django_db
def test_counters_of_the_demo_are_exact():
    for article in Article.objects.all():
        assert article.comment_count == article.comments.published().count(), article


@pytest.mark.django_db
def test_every_hidden_story_and_none_other_carries_its_marker():
    public = Article.objects.public()
    for key, word in markers().items():
        marked = Article.objects.filter(body__contains=word)
        assert [word in article.headline for article in marked] == [True], key
        assert not public.filter(pk__in=marked).exists(), key
    assert Article.objects.count() - public.count() == len(markers())


@pytest.mark.django_db
def test_private_photo_stands_only_in_hidden_stories():
    photo = Photo.objects.get(title="Ridge morning")
    assert PRIVATE_PHOTO == "ridge-morning.jpg"
    assert photo.slides.exists()
    assert not Article.objects.public().filter(slides__photo=photo).exists()
    assert not Article.objects.public().filter(body__contains=f'data-id="{photo.pk}"').exists()


def test_no_story_refers_to_one_that_is_not_there():
    stories = all_stories()
    assert {need for story in stories for need in story.needs} <= {story.key for story in stories}


@pytest.mark.django_db
def test_the_desk_has_plans_and_a_talk_but_tells_nobody():
    assert set(Assignment.objects.values_list("state", flat=True)) == {"idea", "assigned"}
    assert Note.objects.filter(parent__isnull=False).exists()
    assert not Notice.objects.exists()
