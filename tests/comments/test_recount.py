"""The counters can be set right again."""

import pytest
from django.core.management import call_command

from articles.models import Article
from tests.factories import LiveArticleFactory, PublishedCommentFactory

pytestmark = pytest.mark.django_db


def test_recount_sets_every_counter_right(capsys):
    article, quiet = LiveArticleFactory(), LiveArticleFactory()
    for _ in range(3):
        PublishedCommentFactory(article=article)
    Article.objects.update(comment_count=9)
    call_command("recount_comments", "--batch", "1")
    counts = dict(Article.objects.values_list("pk", "comment_count"))
    assert counts == {article.pk: 3, quiet.pk: 0}
    assert f"of {quiet.pk} counted" in capsys.readouterr().out


def test_recount_of_an_empty_site_says_so(capsys):
    call_command("recount_comments")
    assert "no articles" in capsys.readouterr().out
