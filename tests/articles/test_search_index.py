"""``manage.py search_index``."""

import io

import pytest
from django.core.management import call_command

from articles import search
from articles.models import Article, SearchEntry
from tests.articles import stories

pytestmark = pytest.mark.django_db


def run(**options):
    out = io.StringIO()
    call_command("search_index", stdout=out, **options)
    return out.getvalue()


def test_every_live_article_is_found_afterwards():
    live = [stories.live(), stories.live()]
    stories.draft()
    run()
    assert {entry.pk for entry in SearchEntry.objects.only("pk")} == {article.pk for article in live}


def test_second_run_changes_nothing():
    stories.live()
    assert run() == run()
    assert SearchEntry.objects.count() == 1


def test_entries_that_should_not_be_there_go():
    article = stories.live()
    search.index([article.pk])
    Article.objects.filter(pk=article.pk).update(status="withdrawn")
    run()
    assert SearchEntry.objects.count() == 0


def test_run_goes_on_after_an_article_and_says_how_far_it_is():
    first, second, third = (stories.live() for _ in range(3))
    out = run(after=first.pk, batch=1)
    assert f"1 of 2 articles, up to number {second.pk}" in out
    assert {entry.pk for entry in SearchEntry.objects.only("pk")} == {second.pk, third.pk}


def test_interrupted_run_says_how_to_go_on(monkeypatch):
    first = stories.live()
    stories.live()
    index, calls = search.index, []

    def stop_at_the_second(ids):
        calls.append(ids)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return index(ids)

    monkeypatch.setattr(search, "index", stop_at_the_second)
    assert f"search_index --after {first.pk}" in run(batch=1)


def test_hostile_text_can_be_indexed():
    article = stories.live(headline="😀" * 50, body=f"<p>{'x' * 100_000} {'ab ' * 100_000}</p>")
    assert search.index([article.pk]) == 1
