"""A kill takes two people, and takes the page away at once."""

import pytest
from django.urls import reverse

from articles import publishing
from articles.models import Article, Status
from tests.articles.stories import draft, in_state, live, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(db):
    return person("Publisher")


@pytest.fixture
def second(db):
    return person("Administrator")


@pytest.fixture
def article(first):
    article = live(headline="Wrong story")
    publishing.ask_kill(article=article, by=first, note="This story was wrong.")
    return article


def stored(article):
    return Article.objects.get(pk=article.pk)


def test_the_page_is_gone_as_soon_as_one_person_asks(article, client):
    assert stored(article).status == Status.WITHDRAWN
    assert client.get(article.get_absolute_url()).status_code == 404
    assert list(article.acts.order_by("pk").values_list("act", flat=True))[-2:] == ["withdraw", "ask_kill"]


def test_who_asked_cannot_kill(article, first):
    with pytest.raises(publishing.NotAllowed, match="second person"):
        publishing.kill(article=article, by=first)
    assert stored(article).status == Status.WITHDRAWN
    assert "kill" not in publishing.available_acts(stored(article), first)


def test_a_second_person_kills_with_the_sentence_of_the_first(article, second, client):
    assert "kill" in publishing.available_acts(stored(article), second)
    publishing.kill(article=article, by=second)
    answer = client.get(article.get_absolute_url())
    assert answer.status_code == 410
    assert "This story was wrong." in answer.text


def test_the_second_person_may_write_another_sentence(article, second):
    publishing.kill(article=article, by=second, note="We withdrew this story.")
    assert stored(article).kill_note == "We withdrew this story."


def test_a_refused_kill_leaves_the_article_withdrawn_and_free_to_return(article, second):
    publishing.refuse_kill(article=article, by=second)
    assert (stored(article).status, stored(article).kill_note) == (Status.WITHDRAWN, "")
    publishing.publish(article=article, by=second)
    assert stored(article).is_public()


@pytest.mark.parametrize("act", ["publish", "trash", "ask_kill"])
def test_nothing_else_happens_while_a_kill_waits(article, second, act):
    given = {"note": "Again."} if act == "ask_kill" else {}
    with pytest.raises(publishing.WrongState, match="Decide on that first"):
        getattr(publishing, act)(article=article, by=second, **given)
    assert act not in publishing.available_acts(stored(article), second)


@pytest.mark.parametrize("act", ["kill", "refuse_kill"])
def test_without_a_request_there_is_nothing_to_decide(second, act):
    with pytest.raises(publishing.WrongState, match="Nobody asked"):
        getattr(publishing, act)(article=in_state(Status.WITHDRAWN), by=second)


def test_a_draft_is_not_killed(second):
    with pytest.raises(publishing.WrongState):
        publishing.ask_kill(article=draft(), by=second, note="Wrong.")


def test_who_is_alone_with_the_right_to_kill_is_told_what_to_do_instead(client):
    article, publisher = live(), person("Publisher")
    client.force_login(publisher)
    page = reverse("admin:articles_article_change", args=[article.pk])
    assert "nobody else here may kill" in client.get(page).text
    person("Publisher")
    assert "nobody else here may kill" not in client.get(page).text
