"""The buttons of the sheet against the transition table: who is offered what, and what pressing it does."""

import pytest

from articles import publishing
from articles.models import Article
from articles.publishing import TRANSITIONS
from newsroom.roles import GUEST, ROLES
from tests.articles.sheets import buttons_of, change, fields_of
from tests.articles.stories import in_state, person

pytestmark = pytest.mark.django_db
WRITERS = [role for role, rights in ROLES.items() if "articles.change_article" in rights and role != GUEST]
READERS_ON_DESK = [role for role in ROLES if role not in {*WRITERS, GUEST} and "articles.view_article" in ROLES[role]]


def pressed(client, article, act):
    sent = fields_of(client.get(change(article)))
    return client.post(change(article), {**sent, "note": "For a reason.", "act": act})


@pytest.mark.parametrize("role", WRITERS)
@pytest.mark.parametrize("act", TRANSITIONS)
def test_a_button_works_for_those_who_see_it_and_for_nobody_else(client, role, act):
    article = in_state(min(TRANSITIONS[act].sources), scheduled=act == "unschedule")
    if act in {"kill", "refuse_kill"}:
        publishing.ask_kill(article=article, by=None, note="It was wrong.")
    before = article.status
    client.force_login(person(role))
    if act == "update":
        pressed(client, article, "")
        sent = {**fields_of(client.get(change(article))), "headline": "A newer one"}
        client.post(change(article), sent)
    page = client.get(change(article))
    offered = act in buttons_of(page)
    client.post(change(article), {**fields_of(page), "note": "For a reason.", "act": act})

    allowed = TRANSITIONS[act].permission in ROLES[role]
    assert offered == allowed
    assert Article.objects.get(pk=article.pk).status == (TRANSITIONS[act].target if allowed else before)


@pytest.mark.parametrize("role", READERS_ON_DESK)
def test_those_who_may_only_read_get_no_button_and_no_way_round(client, role):
    article = in_state("draft")
    client.force_login(person(role))
    page = client.get(change(article))

    assert (page.status_code, buttons_of(page)) == (200, [])
    assert client.post(change(article), {"headline": "Mine", "act": "submit"}).status_code == 403
    assert client.get("/admin/articles/article/add/").status_code == 403


def test_a_reader_is_kept_out(client, reader):
    article = in_state("draft")
    client.force_login(reader)
    for url in ("/admin/", change(article), f"/admin/articles/article/{article.pk}/preview/"):
        assert client.get(url, follow=True).status_code == 403


def test_a_stranger_is_asked_to_sign_in(client):
    answer = client.get("/admin/articles/article/", follow=True)

    assert answer.redirect_chain[-1][0].startswith("/accounts/login/?next=")
    assert answer.status_code == 200


@pytest.mark.parametrize("wanted", ["//evil.example/", "https://evil.example/", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(client, administrator, wanted):
    client.force_login(administrator)
    assert client.get("/admin/login/", {"next": wanted}).url == "/admin/"
