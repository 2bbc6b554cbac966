"""Saving by itself: one open version for a writer, closed by whatever somebody does with it."""

import pytest
from django.urls import reverse

from articles import publishing
from articles.content import Content
from articles.models import Article
from tests.articles import sheets, stories


def autosaved(article, by, **changed):
    """Saves by itself on top of the newest version, with ``changed`` fields."""
    article.refresh_from_db()
    latest = article.latest_revision
    content = Content.from_json({**latest.content, **changed})
    return publishing.save(article=article, content=content, by=by, base=latest.number, saves=latest.saves, auto=True)


def numbers(article):
    return list(article.revisions.order_by("number").values_list("number", "is_autosave", "saves"))


@pytest.fixture
def article(reporter):
    return stories.draft(by=reporter, headline="Before")


def test_many_autosaves_of_a_writer_are_one_version(article, reporter):
    for n in range(5):
        autosaved(article, reporter, headline=f"Draft {n}")
    assert numbers(article) == [(1, False, 1), (2, True, 5)]
    article.refresh_from_db()
    assert article.headline == "Draft 4"


def test_saving_by_hand_closes_the_version(article, reporter):
    autosaved(article, reporter, headline="A")
    latest = article.latest_revision
    publishing.save(article=article, content=Content.from_json(latest.content), by=reporter, base=2, note="Done")
    assert numbers(article) == [(1, False, 1), (2, False, 1)]
    autosaved(article, reporter, headline="B")
    assert numbers(article)[-1] == (3, True, 1)


def test_another_writer_gets_a_version_of_their_own(article, reporter, editor):
    autosaved(article, reporter, headline="A")
    autosaved(article, editor, headline="B")
    assert [number for number, _auto, _saves in numbers(article)] == [1, 2, 3]


def test_a_version_that_was_sent_to_review_stays_as_it_was(article, reporter):
    autosaved(article, reporter, headline="Reviewed")
    publishing.submit(article=article, by=reporter)
    autosaved(article, reporter, headline="Later")
    assert article.revisions.get(number=2).content["headline"] == "Reviewed"


def test_a_live_article_stands_still(editor):
    article = stories.live(headline="Out")
    autosaved(article, editor, headline="Not yet")
    autosaved(article, editor, headline="Not yet either")
    assert Article.objects.public().get(pk=article.pk).headline == "Out"
    assert article.live_revision_id == article.revisions.get(number=1).pk


def test_two_windows_of_one_writer_do_not_overwrite_each_other(article, reporter):
    autosaved(article, reporter, headline="A")
    seen = article.latest_revision
    autosaved(article, reporter, headline="From the first window")
    with pytest.raises(publishing.StaleRevision):
        publishing.save(
            article=article, content=Content(headline="Second"), by=reporter, base=seen.number, saves=1, auto=True
        )


def test_saving_what_is_there_writes_nothing(article, reporter):
    autosaved(article, reporter, headline="Before")
    assert numbers(article) == [(1, False, 1)]


def where(article=None):
    if article is None:
        return reverse("admin:articles_article_autosave_new")
    return reverse("admin:articles_article_autosave", args=[article.pk])


@pytest.fixture
def typed(client, reporter):
    """``typed(article, headline="…")``: what the sheet's form holds then; of a new article without one."""
    client.force_login(reporter)

    def fill(article=None, **changed):
        url = sheets.change(article) if article else sheets.ADD
        return {**sheets.fields_of(client.get(url)), **changed}

    return fill


def test_answer_names_the_version_and_what_the_checks_find(client, typed, article):
    answer = client.post(where(article), typed(article, headline="After"))
    assert answer.status_code == 200
    said = answer.json()
    assert (said["base"], said["saves"]) == (2, 1)
    assert "Before publishing" in said["checks"]


def test_a_new_article_gets_its_address(client, typed):
    said = client.post(where(), typed(headline="Brand new")).json()
    article = Article.objects.get(headline="Brand new")
    assert said["url"] == sheets.change(article)
    assert article.latest_revision.is_autosave


def test_a_wrong_field_is_named_and_nothing_is_written(client, typed, article):
    answer = client.post(where(article), typed(article, canonical_url="nonsense"))
    assert answer.status_code == 422
    assert "Canonical address" in answer.json()["error"]
    assert numbers(article) == [(1, False, 1)]


def test_somebody_elses_save_is_told(client, typed, article, editor):
    mine = typed(article, headline="Mine")
    autosaved(article, editor, headline="Theirs")
    answer = client.post(where(article), mine)
    assert answer.status_code == 409
    assert editor.display_name in answer.json()["error"]
    assert article.revisions.get(number=2).content["headline"] == "Theirs"


def test_an_article_in_the_trash_takes_no_text(client, typed, article, administrator):
    mine = typed(article, headline="Mine")
    publishing.trash(article=article, by=administrator)
    assert client.post(where(article), mine).status_code == 410


def test_people_without_the_right_are_refused(client, article, moderator):
    client.force_login(moderator)
    assert client.post(where(article), {"headline": "x"}).status_code == 403
    assert client.post(where(), {"headline": "x"}).status_code == 403


def test_text_kept_elsewhere_is_shown_and_not_saved(client, typed, article):
    answer = client.post(sheets.change(article), {**typed(article, headline="Kept in a browser"), "act": "bring_back"})
    assert "Kept in a browser" in answer.content.decode()
    assert "It is not saved yet" in answer.content.decode()
    assert numbers(article) == [(1, False, 1)]


def test_after_a_conflict_mine_can_be_saved_on_top(client, typed, article, editor):
    autosaved(article, article.created_by, headline="A")
    mine = typed(article, headline="Mine")
    autosaved(article, editor, headline="Theirs")
    answer = client.post(sheets.change(article), {**mine, "act": ""})
    assert answer.status_code == 409
    again = {**sheets.fields_of(answer), "base": "3"}
    assert client.post(sheets.change(article), again).status_code == 302
    article.refresh_from_db()
    assert article.headline == "Mine"
