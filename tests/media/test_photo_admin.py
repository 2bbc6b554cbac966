"""The desk's photo library: uploads are judged, what was typed is kept, used photos stay."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from media.models import Photo
from tests.factories import LiveArticleFactory, PhotoFactory, UserFactory
from tests.media import images

pytestmark = pytest.mark.django_db
ADD = "/admin/media/photo/add/"
TYPED = {
    "caption": "A bridge at dawn",
    "credit": "Agency",
    "alt": "A bridge",
    "licence": "agency",
    "focal_x": "0.25",
    "focal_y": "0.5",
    "keywords": "river, bridge, river",
}


@pytest.fixture
def editor(client):
    person = UserFactory(role="Photo editor")
    client.force_login(person)
    return person


def uploaded(data=None, name="bridge.jpg", kind="image/jpeg"):
    return SimpleUploadedFile(name, data or images.picture((400, 300)), content_type=kind)


def test_an_uploaded_photo_is_taken_in_with_what_was_typed(client, editor):
    answer = client.post(ADD, {**TYPED, "image": uploaded()})
    photo = Photo.objects.get()

    assert answer.status_code == 302
    assert (photo.caption, photo.credit, photo.focal_x, photo.keywords) == (
        "A bridge at dawn",
        "Agency",
        0.25,
        ["river", "bridge"],
    )
    assert (photo.width, photo.height, photo.uploaded_by) == (400, 300, editor)


def test_what_was_not_typed_comes_from_the_file(client, editor, settings):
    data = (settings.BASE_DIR / "media/demo/photos/port.jpg").read_bytes()
    client.post(ADD, {"image": uploaded(data), "licence": "cc0", "focal_x": "0.5", "focal_y": "0.5", "credit": "Typed"})
    photo = Photo.objects.get()

    assert photo.credit == "Typed"
    assert photo.caption
    assert photo.alt
    assert photo.taken_at


BAD = {
    "huge": (images.huge_png(), "a.png", "more than 120 million pixels"),
    "script": (b"<svg xmlns='http://www.w3.org/2000/svg'/>" + b" " * 50, "a.svg", "SVG or a web page"),
    "lie": (images.picture(kind="PNG"), "a.jpg", "holds a PNG picture"),
    "cut": (images.noise()[:9000], "a.jpg", "damaged or incomplete"),
    "text": (b"hello" * 20, "a.jpg", "not a picture we can read"),
}


@pytest.mark.parametrize(("data", "name", "words"), BAD.values(), ids=BAD.keys())
def test_a_refused_file_says_why_and_keeps_the_rest_of_the_form(client, editor, data, name, words):
    answer = client.post(ADD, {**TYPED, "image": uploaded(data, name)})
    page = answer.content.decode()

    assert answer.status_code == 200
    assert words in page
    assert "A bridge at dawn" in page
    assert 'value="Agency"' in page
    assert 'value="river, bridge, river"' in page
    assert not Photo.objects.exists()


def test_the_same_file_again_names_the_photo_that_is_there(client, editor):
    client.post(ADD, {**TYPED, "image": uploaded()})
    answer = client.post(ADD, {**TYPED, "image": uploaded()})
    assert "in the library already, as “A bridge at dawn”" in answer.content.decode()
    assert Photo.objects.count() == 1


@pytest.mark.parametrize("value", ["1.5", "-0.1", "nan", "inf", "left", ""])
def test_a_focal_point_outside_the_photo_is_refused(client, editor, value):
    answer = client.post(ADD, {**TYPED, "focal_x": value, "image": uploaded()})
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors["focal_x"]


def test_a_missing_file_is_asked_for(client, editor):
    answer = client.post(ADD, TYPED)
    assert "image" in answer.context["adminform"].form.errors


def test_a_photo_added_in_a_pop_up_hands_back_its_number(client, editor):
    answer = client.post(
        ADD + "?_to_field=id&_popup=1", {**TYPED, "image": uploaded(), "_popup": "1", "_to_field": "id"}
    )
    photo = Photo.objects.get()
    assert f"&quot;value&quot;: &quot;{photo.pk}&quot;" in answer.content.decode()


def test_changing_words_keeps_the_file(client, editor):
    photo = PhotoFactory()
    address = reverse("admin:media_photo_change", args=[photo.pk])
    assert client.get(address).status_code == 200
    no_restriction = {"restriction-TOTAL_FORMS": "0", "restriction-INITIAL_FORMS": "0"}
    answer = client.post(address, {**TYPED, **no_restriction, "focal_x": "0.75"})
    changed = Photo.objects.get()

    assert answer.status_code == 302
    assert (changed.caption, changed.focal_x) == ("A bridge at dawn", 0.75)
    assert (changed.sha256, changed.image.name) == (photo.sha256, photo.image.name)


def test_ten_thousand_letters_and_nul_are_answered_with_a_sentence_not_a_crash(client, editor):
    answer = client.post(ADD, {**TYPED, "title": "x" * 10_000, "caption": "a\x00b", "image": uploaded()})
    assert answer.status_code == 200
    assert not Photo.objects.exists()


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?credit=missing",
        "?alt=missing",
        "?shape=portrait",
        "?shape=odd",
        "?usable=no",
        "?usable=yes",
        "?licence=own",
        "?q=bridge+dawn",
        "?o=2.-3",
        "?p=9",
        "?q=%27%22%3C",
    ],
)
def test_the_list_answers_every_filter(client, editor, query):
    PhotoFactory(credit="", do_not_publish=True)
    assert client.get(f"/admin/media/photo/{query}").status_code in {200, 302}


def test_the_filters_find_what_they_say(client, editor):
    good, bare = PhotoFactory(), PhotoFactory(credit="", alt="", do_not_publish=True, size=(200, 300))
    for query in ("credit=missing", "alt=missing", "shape=portrait", "usable=no"):
        found = client.get(f"/admin/media/photo/?{query}").context["cl"].queryset
        assert list(found) == [bare]
    assert list(client.get("/admin/media/photo/?usable=yes").context["cl"].queryset) == [good]


def test_the_list_costs_the_same_for_one_row_and_for_ten(client, editor):
    counts = []
    for _ in range(3):  # the first time more is asked, and kept
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/media/photo/")
        counts.append(len(queries))
        for _ in range(5):
            PhotoFactory(by=editor)
    assert counts[1] == counts[2]


def test_a_photo_in_use_is_not_deleted_and_says_where_it_is_used(client, editor):
    photo = PhotoFactory()
    LiveArticleFactory(headline="Bridge opens", photos=[photo])
    client.post(reverse("admin:media_photo_delete", args=[photo.pk]), {"post": "yes"})
    assert Photo.objects.filter(pk=photo.pk).exists()
    assert "Bridge opens" in client.get(reverse("admin:media_photo_change", args=[photo.pk])).content.decode()


def test_an_unused_photo_can_be_deleted(client, editor):
    photo = PhotoFactory()
    client.post(reverse("admin:media_photo_delete", args=[photo.pk]), {"post": "yes"})
    assert not Photo.objects.exists()


def test_a_reporter_adds_photos_but_deletes_none_and_readers_see_nothing(client):
    photo = PhotoFactory()
    client.force_login(UserFactory(role="Reporter"))
    assert client.get(ADD).status_code == 200
    assert client.get(reverse("admin:media_photo_delete", args=[photo.pk])).status_code == 403
    client.force_login(UserFactory())
    assert client.get(ADD).status_code == 302
