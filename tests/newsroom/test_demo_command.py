"""manage.py demo: everything is there, a second run adds nothing, real content is left alone."""

import io

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, Byline, EditorialAct, FrontPageVersion, Revision, Section, Slide, Topic
from comments.models import Comment, CommentReport, ModerationAction
from media.models import Photo, Stream
from newsroom.models import SocialLink, User
from tests.factories import ArticleFactory

COUNTED = (
    User, SocialLink, Photo, Stream, Section, Byline, Topic, Article, Slide, Revision, EditorialAct, FrontPageVersion,
    Comment, CommentReport, ModerationAction,
)  # fmt: skip


def demo(**options):
    out = io.StringIO()
    call_command("demo", password=options.pop("password", "a-demo-word"), stdout=out, **options)
    return out.getvalue()


@pytest.mark.whole
@pytest.mark.django_db
def test_second_run_adds_nothing_and_overwrites_nothing():
    demo()
    before = {model: set(model.objects.values_list("pk", flat=True)) for model in COUNTED}
    assert all(before.values())
    article = Article.objects.get(revisions__note="Demo: ferry")
    Article.objects.filter(pk=article.pk).update(headline="Written by an editor")
    demo()
    assert {model: set(model.objects.values_list("pk", flat=True)) for model in COUNTED} == before
    article.refresh_from_db()
    assert article.headline == "Written by an editor"


@pytest.mark.django_db
def test_real_content_is_refused():
    ArticleFactory(headline="Our own")
    with pytest.raises(CommandError, match="1 article"):
        demo()
    assert Article.objects.count() == 1
    assert not User.objects.filter(username="marisol").exists()


@pytest.mark.django_db
def test_real_content_is_skipped_quietly_if_asked():
    ArticleFactory(headline="Our own")
    assert demo(if_empty=True).startswith("No demo:")
    assert Article.objects.count() == 1


@pytest.mark.django_db
def test_account_of_somebody_else_is_refused():
    User.objects.create(username="irene", email="irene@example.org")
    with pytest.raises(CommandError, match="irene"):
        demo()


@pytest.mark.django_db
def test_password_must_be_given_without_debug():
    with pytest.raises(CommandError, match="--password"):
        demo(password="")
    assert not User.objects.exists()
