"""The words of comments are found, whatever became of them."""

from io import StringIO

import pytest
from django.core.management import call_command

from articles.search.query import parse
from comments.models import Comment
from tests.factories import CommentFactory, UserFactory

pytestmark = pytest.mark.django_db


def found(text):
    return list(Comment.objects.filter(search_entry__document__matches=parse(text)))


def test_a_comment_is_found_by_folded_words_and_by_the_name_above_it():
    comment = CommentFactory(body="El año de la inundación", author=UserFactory(name="Lucía Prado"))
    CommentFactory(body="Something else")

    assert found("INUNDACION") == found("lucia") == [comment]


def test_what_is_changed_is_found_by_its_new_words_only():
    comment = CommentFactory(body="The old harbour")
    comment.body = "The new bridge"
    comment.save(update_fields=["body"])

    assert (found("harbour"), found("bridge")) == ([], [comment])


def test_what_is_deleted_leaves_nothing_behind():
    comment = CommentFactory(body="The old harbour")
    comment.delete()
    again = CommentFactory(pk=comment.pk or 1, body="Another matter")

    assert (found("harbour"), found("matter")) == ([], [again])


def test_after_a_change_of_name_the_index_is_written_anew_by_a_command():
    comment = CommentFactory(author=UserFactory(name="Lucía Prado"))
    type(comment.author).objects.update(name="Lucía Serrano")

    call_command("index_comments", stdout=StringIO(), stderr=StringIO())

    assert (found("prado"), found("serrano")) == ([], [comment])
