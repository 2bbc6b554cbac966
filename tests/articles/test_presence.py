"""Who is editing an article is said to the others, locks nothing, and passes over by one click."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from articles import presence
from articles.models import Article, Presence
from tests.articles.sheets import change, fields_of
from tests.articles.stories import draft, person

pytestmark = pytest.mark.django_db


def at(article, what):
    return change(article).replace("change", what)


class Desk:
    """A person with the sheet of an article open, in a browser of their own."""

    def __init__(self, article, role="Editor"):
        self.person, self.article, self.client = person(role), article, Client()
        self.client.force_login(self.person)
        self.open()

    def open(self):
        self.shown = self.client.get(change(self.article))
        self.fields = fields_of(self.shown)

    def beat(self, **more):
        return self.client.post(at(self.article, "presence"), {"page": self.fields["page"][0], **more})

    def hears(self):
        return self.beat().json()["html"]

    def autosave(self, **typed):
        return self.client.post(at(self.article, "autosave"), {**self.fields, **typed})


@pytest.fixture
def two():
    """Two people with the same article open, the first since before."""
    article = draft(headline="The ferry")
    first = Desk(article)
    first.beat()
    return first, Desk(article)


def test_who_comes_second_is_told_at_once_and_who_came_first_at_the_next_word(two):
    first, second = two
    assert f"{first.person.display_name} is editing this." in second.shown.content.decode()
    second.beat()
    assert f"{second.person.display_name} is editing this." in first.hears()
    assert first.person.display_name not in first.hears()


def test_it_locks_nothing(two):
    _first, second = two
    assert second.autosave(headline="The ferry returns").status_code == 200


def test_who_is_taken_over_is_told_saves_no_more_by_itself_and_keeps_the_text(two):
    first, second = two
    assert second.client.post(at(second.article, "take-over")).status_code == 302
    assert f"{second.person.display_name} took over at" in first.hears()
    refused = first.autosave(headline="Typed meanwhile")
    assert refused.status_code == 409
    assert second.person.display_name in refused.json()["error"]

    second.open()
    assert first.person.display_name not in second.hears()
    assert second.autosave(headline="The ferry returns").status_code == 200
    stale = first.client.post(change(first.article), {**first.fields, "headline": "Typed meanwhile", "act": ""})
    assert stale.status_code == 409
    assert "Typed meanwhile" in stale.content.decode()
    assert Article.objects.get(pk=first.article.pk).headline == "The ferry returns"


def test_who_was_taken_over_takes_it_back_with_a_fresh_page(two):
    first, second = two
    second.beat()
    second.client.post(at(second.article, "take-over"))
    first.client.post(at(first.article, "take-over"))
    first.open()
    assert second.person.display_name not in first.hears()
    assert first.autosave(headline="Mine again").status_code == 200
    assert "took over" in second.hears()


def test_a_closed_page_frees_the_article_and_one_that_is_not_heard_of_too(two):
    first, second = two
    assert first.beat(act="leave").status_code == 204
    assert second.hears().strip() == ""
    first.beat()
    old = timezone.now() - presence.COUNTS - timedelta(seconds=1)
    Presence.objects.filter(person=first.person).update(seen_at=old)
    assert second.hears().strip() == ""
    Presence.objects.filter(person=first.person).update(seen_at=old + timedelta(seconds=5))
    assert "is editing this." in second.hears()


def test_two_pages_of_one_person_are_one_person(two):
    first, second = two
    first.open()
    assert first.person.display_name not in first.hears()
    assert second.hears().count(first.person.display_name) == 1


def test_the_list_names_the_others(two):
    first, second = two
    assert f"{first.person.display_name} is editing" in second.client.get("/admin/articles/article/").content.decode()
    second.beat(act="leave")
    assert "is editing" not in first.client.get("/admin/articles/article/").content.decode()


def test_without_javascript_an_open_sheet_counts_for_a_while_and_is_taken_over_by_a_button():
    article = draft()
    first, second = Desk(article), Desk(article)
    page = second.shown.content.decode()
    assert f"{first.person.display_name} is editing this." in page
    button = re.search(r'<button[^>]*form="take-over"', page)
    form = re.search(r'<form method="post" id="take-over" action="([^"]+)"', page)
    assert button and second.client.post(form[1]).status_code == 302
    second.open()
    assert "is editing this" not in second.shown.content.decode()
    first.open()
    assert f"{second.person.display_name} is editing this." in first.shown.content.decode()
    old = timezone.now() - presence.COUNTS_SILENT
    Presence.objects.update(since=old, seen_at=old)
    first.open()
    assert "is editing this" not in first.shown.content.decode()


def test_a_word_costs_two_queries(two, django_assert_num_queries):
    first, second = two
    second.beat()
    with django_assert_num_queries(2):
        presence.beat(article=first.article, by=first.person, page=UUID(first.fields["page"][0]))


@pytest.mark.parametrize("role", ["Photo editor", "Moderator"])
def test_who_may_not_change_it_is_not_there(role):
    article = draft()
    client = Client()
    client.force_login(person(role))
    assert client.post(at(article, "presence"), {"page": str(uuid4())}).status_code == 403
    assert client.post(at(article, "take-over")).status_code == 403
    assert not Presence.objects.exists()


def test_a_word_without_a_page_is_refused(two):
    first, _second = two
    assert first.client.post(at(first.article, "presence"), {"page": "x"}).status_code == 400
    assert first.client.get(at(first.article, "presence")).status_code == 405


def test_pages_that_never_said_good_bye_are_forgotten():
    desk = Desk(draft())
    desk.beat()
    assert presence.forget_old() == 0
    Presence.objects.update(seen_at=timezone.now() - presence.KEPT)
    assert presence.forget_old() == 1
