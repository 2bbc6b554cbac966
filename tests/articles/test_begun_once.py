"""One form for a new article makes one article, however often and by whichever button it is sent."""

from uuid import uuid4

import pytest
from django.urls import reverse

from articles import publishing
from articles.admin import sheet
from articles.admin.article_form import ArticleForm
from articles.content import Content
from articles.models import Article
from tests.articles import sheets

ADD, AUTOSAVE = reverse("admin:articles_article_add"), reverse("admin:articles_article_autosave_new")


@pytest.fixture
def desk(client, reporter):
    client.force_login(reporter)
    return client


@pytest.fixture
def typed(desk):
    """``typed(key, headline=…)``: what the form for a new article sends."""
    fields = sheets.fields_of(desk.get(ADD))

    def sent(key, **given):
        return {**fields, "headline": "Fresh", "key": str(key), **given}

    return sent


def test_double_click_on_save_makes_one_article(desk, typed):
    key = uuid4()
    for _ in range(2):
        answer = desk.post(ADD, typed(key))
        assert answer.status_code == 302
    assert Article.objects.get().revisions.count() == 1


def test_two_forms_with_the_same_words_make_two_articles(desk, typed):
    for _ in range(2):
        desk.post(ADD, typed(uuid4()))
    assert Article.objects.count() == 2


def test_text_that_was_saved_by_itself_is_not_begun_again(desk, typed):
    key = uuid4()
    assert desk.post(AUTOSAVE, typed(key)).status_code == 200
    assert desk.post(AUTOSAVE, typed(key, headline="Fresh from the quay")).status_code == 200
    assert desk.post(ADD, typed(key, headline="Fresh from the sea")).status_code == 302
    article = Article.objects.get()
    assert (article.headline, article.revisions.count()) == ("Fresh from the sea", 1)


def test_two_clicks_at_the_same_moment_make_one_article(reporter, rf, typed):
    key = uuid4()
    for headline in ("First", "Second"):  # neither click has seen the other's article
        form = ArticleForm(rf.post(ADD, typed(key, headline=headline)).POST)
        assert form.is_valid(), form.errors
        sheet.save(None, form, by=reporter)
    article = Article.objects.get()
    assert (article.headline, article.revisions.count()) == ("Second", 2)


def test_a_colleagues_change_in_between_is_not_overwritten(desk, editor, typed):
    key = uuid4()
    desk.post(AUTOSAVE, typed(key))
    article = Article.objects.get()
    content = Content.from_json({**article.latest_revision.content, "headline": "Theirs"})
    publishing.save(article=article, content=content, by=editor, base=1)
    answer = desk.post(ADD, typed(key, headline="Mine"))
    assert answer.status_code == 409
    assert "Theirs" in answer.text
    assert "Mine" in answer.text


def test_somebody_elses_key_and_a_broken_one_begin_an_article(desk, editor, typed):
    key = uuid4()
    other = publishing.create(content=Content(headline="Theirs"), by=editor, key=key)
    assert sheet.begun(str(key), by=other.created_by) == other
    assert sheet.begun("no-key", by=editor) is None
    assert desk.post(ADD, typed(key)).status_code == 302
    assert set(Article.objects.values_list("headline", flat=True)) == {"Theirs", "Fresh"}
