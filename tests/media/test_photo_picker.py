"""The pickers' JSON: staff only, by words or by ids, a page at a time."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import PhotoFactory, UserFactory

pytestmark = pytest.mark.django_db
PICKER = "/admin/media/photo/picker/"


@pytest.fixture
def reporter(client):
    client.force_login(UserFactory(role="Reporter"))


def ids(client, query):
    return [row["id"] for row in client.get(PICKER + query).json()["results"]]


def test_a_photo_comes_with_what_a_picker_shows(client, reporter):
    photo = PhotoFactory(
        title="Bridge",
        caption="At dawn",
        alt="A bridge",
        credit="Agency",
        valid_until=timezone.now() - timedelta(days=1),
    )
    (row,) = client.get(PICKER).json()["results"]

    assert (row["id"], row["title"], row["caption"], row["alt"], row["credit"]) == (
        photo.pk,
        "Bridge",
        "At dawn",
        "A bridge",
        "Agency",
    )
    assert row["usable"] is False
    assert client.get(row["thumb"])["Content-Type"] == "image/jpeg"
    assert "private" in client.get(row["thumb"])["Cache-Control"]


def test_every_word_must_be_there_whatever_its_field(client, reporter):
    both = PhotoFactory(title="Bridge", credit="Agency One")
    PhotoFactory(title="Bridge", credit="Other")
    assert ids(client, "?q=bridge+ONE") == [both.pk]
    assert ids(client, "?q=nothing") == []


def test_ids_come_back_in_the_order_asked(client, reporter):
    first, second, third = (PhotoFactory() for _ in range(3))
    assert ids(client, f"?ids={third.pk},{first.pk},999,{third.pk}") == [third.pk, first.pk]
    assert second.pk not in ids(client, "?ids=")


def test_the_newest_stand_first_a_page_at_a_time(client, reporter):
    photos = [PhotoFactory() for _ in range(26)]
    first, second = (client.get(f"{PICKER}?page={number}").json() for number in (1, 2))
    assert [row["id"] for row in first["results"]] == [photo.pk for photo in reversed(photos)][:24]
    assert (first["more"], second["more"], len(second["results"])) == (True, False, 2)


@pytest.mark.parametrize(
    "query",
    [
        "?page=0",
        "?page=-1",
        "?page=x",
        "?page=99999999999999999999",
        "?page=²",
        "?ids=" + "9" * 40,
        "?ids=x,1;2",
        "?q=" + "x" * 5000,
        "?q=%25_%5C",
        "?q=" + "a+" * 500,
    ],
)
def test_odd_questions_get_an_answer(client, reporter, query):
    assert client.get(PICKER + query).status_code == 200


def test_it_asks_one_query_for_the_photos(client, reporter, django_assert_max_num_queries):
    for _ in range(5):
        PhotoFactory()
    client.get(PICKER)  # the frame is warm now
    with django_assert_max_num_queries(8):  # session, person, two for rights, two for roles, the site's row, photos
        client.get(PICKER)


def test_only_staff_who_may_see_photos_get_an_answer(client):
    thumb = reverse("admin:media_photo_thumbnail", args=[PhotoFactory().pk])
    for address in (PICKER, thumb):
        assert client.get(address).status_code == 302
    client.force_login(UserFactory())
    for address in (PICKER, thumb):
        assert client.get(address).status_code == 302
    client.force_login(UserFactory(role="Moderator"))
    for address in (PICKER, thumb):
        assert client.get(address).status_code == 403


def test_a_thumbnail_of_nothing_is_not_found(client, reporter):
    assert client.get("/admin/media/photo/404/thumbnail/").status_code == 404
    assert client.get(f"/admin/media/photo/{'9' * 30}/thumbnail/").status_code == 404
