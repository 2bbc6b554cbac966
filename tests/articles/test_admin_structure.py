"""Sections, topics, authors and front page places on the desk."""

import pytest

from articles.models import Byline, Section, Topic
from tests.articles.stories import live, section
from tests.factories import BylineFactory

pytestmark = pytest.mark.django_db
SECTION = {
    "name": "Europe",
    "slug": "",
    "parent": "",
    "description": "",
    "language": "en",
    "position": "1",
    "in_menu": "on",
    "is_visible": "on",
    "comment_mode": "inherit",
}


@pytest.fixture
def desk(client, publisher):
    client.force_login(publisher)
    return client


def test_a_new_section_gets_its_address(desk):
    parent = section("news")
    answer = desk.post("/admin/articles/section/add/", {**SECTION, "parent": parent.pk})

    assert answer.status_code == 302
    assert Section.objects.get(name="Europe").path == "news/europe/"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "Search", "slug": "search"}, "is the address of another page"),
        ({"name": "News"}, "There is already a section at /news/"),
        ({"name": "!!!"}, "Type a slug"),
        ({"name": "x" * 81}, "at most 80 characters"),
        ({"parent": "99999999999999999999"}, "Select a valid choice"),
    ],
)
def test_a_section_that_cannot_be_is_refused_with_a_sentence(desk, typed, sentence):
    section("news")
    answer = desk.post("/admin/articles/section/add/", {**SECTION, **typed})

    assert answer.status_code == 200
    assert sentence in answer.content.decode()


def test_a_section_cannot_lie_inside_itself(desk):
    child = section("news/world")
    url = f"/admin/articles/section/{child.parent_id}/change/"
    answer = desk.post(url, {**SECTION, "name": "News", "slug": "news", "parent": child.pk})

    assert "A section cannot lie inside itself." in answer.content.decode()


def test_sections_stand_in_the_order_of_the_tree(desk):
    for path in ("sport", "news/world", "news"):
        section(path)
    page = desk.get("/admin/articles/section/").content.decode()

    assert page.index("news/") < page.index("news/world/") < page.index("sport/")


def test_a_section_with_articles_is_not_deleted(desk):
    article = live()
    desk.post(f"/admin/articles/section/{article.section_id}/delete/", {"post": "yes"})

    assert Section.objects.filter(pk=article.section_id).exists()


def test_an_author_and_a_topic_are_made(client, editor):
    client.force_login(editor)
    author = {"name": "Ana Lee", "slug": "", "role": "Reporter", "bio": "", "email": "", "language": "en"}
    assert client.post("/admin/articles/byline/add/", author).status_code == 302
    assert Byline.objects.get().slug == "ana-lee"
    client.post("/admin/articles/topic/add/", {"name": "Harbours", "slug": "harbours", "description": ""})
    assert Topic.objects.get().name == "Harbours"


def test_authors_are_found_while_typing(client, editor):
    client.force_login(editor)
    BylineFactory(name="Ana Lee")
    answer = client.get(
        "/admin/autocomplete/",
        {"app_label": "articles", "model_name": "articlebyline", "field_name": "byline", "term": "ana"},
    )

    assert [row["text"] for row in answer.json()["results"]] == ["Ana Lee"]


@pytest.mark.parametrize("url", ["section", "byline", "topic", "frontpage"])
def test_reporters_change_nothing_of_it(client, reporter, url):
    client.force_login(reporter)
    allowed = {"topic"} if url == "topic" else set()
    assert (client.get(f"/admin/articles/{url}/add/").status_code == 200) == bool(allowed)
