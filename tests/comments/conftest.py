"""What the tests of letters to guests share."""

import pytest
from django.core import mail

from comments import guests
from comments.models import Comment
from newsroom.choices import CommentMode
from tests.comments.letters import ANA, link
from tests.comments.pages import post, site
from tests.factories import LiveArticleFactory


@pytest.fixture
def open_article(db):
    """An article of a site that takes guests, under which comments appear at once."""
    site(guest_comments=True, name="Meridian")
    return LiveArticleFactory(headline="Bridge opens", comment_mode=CommentMode.OPEN)


@pytest.fixture
def say(client, open_article, django_capture_on_commit_callbacks):
    """Posts a comment of Ana's, a guest who wants letters; what goes out after the commit has gone out."""

    def _say(article=open_article, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            answer = post(client, f"/comments/{article.pk}/new/", **{**ANA, **fields})
        assert answer.status_code == 302, answer.content.decode()
        return Comment.objects.latest("pk")

    return _say


@pytest.fixture
def confirmed(say):
    """Ana's published comment, her address confirmed."""
    comment = say()
    guests.confirm(link("confirm").split("/")[-2])
    mail.outbox.clear()
    return comment
