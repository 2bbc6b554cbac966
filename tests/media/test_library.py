"""The photo library: what it shows, how it is narrowed, what many photos at once become."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from media.models import Collection, Photo
from tests.factories import ArticleFactory, BylineFactory, LiveArticleFactory, PhotoFactory, UserFactory, arrange_front
from tests.media import images

pytestmark = pytest.mark.django_db
LIBRARY = "/admin/media/photo/"
NO_RESTRICTION = {"restriction-TOTAL_FORMS": "0", "restriction-INITIAL_FORMS": "0"}
DAY = timedelta(days=1)


@pytest.fixture
def desk(client):
    client.force_login(UserFactory(role="Photo editor"))
    return client


def shown(desk, query=""):
    answer = desk.get(LIBRARY + query)
    assert answer.status_code == 200
    return list(answer.context["cl"].result_list)


@pytest.mark.parametrize("words", ["caminos", "CAMINOS", "rojas puerto", "IMG_77", "niebla", "Quay"])
def test_search_finds_words_of_every_field_accents_and_case_aside(desk, words):
    photo = PhotoFactory(
        title="The quay", caption="Camiños de niebla", credit="Ana Rojas", place="Puerto", keywords=["Fog"]
    )
    Photo.objects.filter(pk=photo.pk).update(file_name="IMG_7701.jpg")
    Photo.objects.get(pk=photo.pk).save()
    PhotoFactory(caption="Something else")
    assert shown(desk, f"?q={words}") == [photo]


def test_expiring_expired_and_barred_photos_are_told_apart(desk):
    soon = PhotoFactory(valid_until=timezone.now() + 3 * DAY)
    late = PhotoFactory(valid_until=timezone.now() + 30 * DAY)
    gone = PhotoFactory(valid_until=timezone.now() - DAY)
    barred = PhotoFactory(do_not_publish=True)
    assert shown(desk, "?usable=expiring") == [soon]
    assert set(shown(desk, "?usable=no")) == {gone, barred}
    assert set(shown(desk, "?usable=yes")) == {soon, late}
    page = desk.get(LIBRARY).content.decode()
    assert page.count("expired") >= 1
    assert "barred" in page


def test_unused_photos_are_those_that_nothing_shows(desk):
    slide, cited, portrait, unused = (PhotoFactory() for _ in range(4))
    LiveArticleFactory(photos=[slide])
    ArticleFactory(body=f'<figure data-node="photo" data-id="{cited.pk}"></figure>')
    BylineFactory(portrait=portrait)
    Collection.objects.create(name="Quays").photos.add(unused)
    assert shown(desk, "?used=no") == [unused]
    assert set(shown(desk, "?used=yes")) == {slide, cited, portrait}


def test_archived_photos_are_out_of_sight_until_asked_for(desk):
    kept, archived = PhotoFactory(), PhotoFactory(is_archived=True)
    assert shown(desk) == [kept]
    assert shown(desk, "?archive=only") == [archived]
    assert set(shown(desk, "?archive=all")) == {kept, archived}
    ids = [row["id"] for row in desk.get(reverse("admin:media_photo_picker")).json()["results"]]
    assert ids == [kept.pk]


def test_photographer_and_collection_narrow(desk):
    hers, other = PhotoFactory(creator="Ana Rojas"), PhotoFactory(creator="Bo Lind")
    quays = Collection.objects.create(name="Quays")
    quays.photos.add(other)
    assert shown(desk, "?creator=Ana+Rojas") == [hers]
    assert shown(desk, f"?collection={quays.pk}") == [other]
    assert len(shown(desk, "?collection=x")) == 2


def test_library_costs_the_same_for_one_photo_and_for_many(desk):
    counts = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as queries:
            shown(desk, "?q=a&used=no")
        counts.append(len(queries))
        for _ in range(6):
            PhotoFactory(caption="a")
    assert counts[1] == counts[2]


# --- Many at once -----------------------------------------------------------------------------------------------------


def change(desk, photos, **typed):
    """Ticks ``photos``, fills the form, sends it. Returns the answer."""
    ticked = {"action": "edit_selected", "_selected_action": [photo.pk for photo in photos]}
    form = desk.post(LIBRARY + "?archive=all", ticked)
    assert form.status_code == 200
    assert f"Change {len(photos)} photo" in form.content.decode()
    return desk.post(LIBRARY + "?archive=all", {**ticked, "apply": "1", **typed}, follow=True)


def test_credit_fills_what_is_empty_and_overwrites_only_when_told(desk):
    bare, credited = PhotoFactory(credit="", creator=""), PhotoFactory(credit="Agency")
    answer = change(desk, [bare, credited], credit="Ana Rojas")
    assert "1 photo was changed." in answer.content.decode()
    assert [photo.credit for photo in Photo.objects.order_by("pk")] == ["Ana Rojas", "Agency"]
    change(desk, [bare, credited], credit="Bo Lind", overwrites="on")
    assert {photo.credit for photo in Photo.objects.all()} == {"Bo Lind"}
    assert shown(desk, "?q=lind") == list(Photo.objects.all())


def test_keywords_are_added_and_removed_whatever_their_case(desk):
    photo = PhotoFactory(keywords=["Harbour", "old"])
    change(desk, [photo], add_keywords="harbour, crane", remove_keywords="OLD")
    photo.refresh_from_db()
    assert photo.keywords == ["Harbour", "crane"]


def test_photos_are_archived_barred_and_put_into_a_new_collection(desk):
    photos = [PhotoFactory(), PhotoFactory()]
    change(desk, photos, archived="yes", barred="yes", new_collection="Port strike")
    assert Photo.objects.filter(is_archived=True, do_not_publish=True).count() == 2
    assert Collection.objects.get().photos.count() == 2
    change(desk, photos, archived="no", new_collection="port STRIKE")
    assert Collection.objects.count() == 1


def test_an_unknown_choice_is_refused_and_nothing_is_changed(desk):
    photo = PhotoFactory(credit="Agency")
    ticked = {"action": "edit_selected", "_selected_action": [photo.pk], "apply": "1"}
    answer = desk.post(LIBRARY, {**ticked, "licence": "stolen", "credit": "X", "overwrites": "on"})
    assert "Nothing was changed yet" in answer.content.decode()
    photo.refresh_from_db()
    assert photo.credit == "Agency"


def test_a_change_of_many_costs_a_fixed_number_of_queries(desk, django_assert_max_num_queries):
    from media import bulk

    photos = [PhotoFactory() for _ in range(30)]
    with django_assert_max_num_queries(12 + bulk.AT_ONCE):  # the renditions of the first ones are jobs of their own
        bulk.edit(photos, bulk.BulkEdit(credit="New", overwrites=True))


def test_reporters_of_another_trade_change_nothing(client):
    photo = PhotoFactory(credit="Agency")
    client.force_login(UserFactory(role="Moderator"))
    sent = {"action": "edit_selected", "_selected_action": [photo.pk], "apply": "1", "credit": "X", "overwrites": "on"}
    assert client.post(LIBRARY, sent).status_code in {302, 403}
    photo.refresh_from_db()
    assert photo.credit == "Agency"


# --- Uploads ----------------------------------------------------------------------------------------------------------


def file(name="a.jpg", data=None):
    return SimpleUploadedFile(name, data or images.picture((400, 300)), content_type="image/jpeg")


def test_one_dropped_file_is_answered_with_what_it_lacks(desk):
    answer = desk.post(reverse("admin:media_photo_upload"), {"file": file("quay.jpg")})
    assert answer.status_code == 201
    assert answer.json()["missing"] == ["credit", "alt"]
    photo = Photo.objects.get()
    assert photo.file_name == "quay.jpg"
    assert len(photo.colour) == 7


def test_the_same_file_again_names_the_photo(desk):
    data = images.picture((400, 300))
    desk.post(reverse("admin:media_photo_upload"), {"file": file(data=data)})
    answer = desk.post(reverse("admin:media_photo_upload"), {"file": file("b.jpg", data)})
    assert answer.status_code == 409
    assert answer.json()["duplicate"]["id"] == Photo.objects.get().pk


@pytest.mark.parametrize(
    ("sent", "status"),
    [({}, 422), ({"file": file(data=b"not a picture")}, 422), ({"file": "words"}, 422)],
    ids=["nothing", "words", "no file"],
)
def test_a_refused_file_is_answered_with_a_sentence(desk, sent, status):
    answer = desk.post(reverse("admin:media_photo_upload"), sent)
    assert answer.status_code == status
    assert len(answer.json()["error"]) > 10


def test_many_files_each_get_their_own_answer_without_a_script(desk):
    twin = images.picture((500, 300))
    files = [
        file("good.jpg", twin),
        file("twin.jpg", twin),
        file("bad.jpg", b"x"),
        file("x" * 300 + ".jpg", images.picture((300, 301))),
    ]
    answer = desk.post(reverse("admin:media_photo_upload_many"), {"files": files})
    page = answer.content.decode()
    assert "2 photos were taken" in page
    assert "in the library already" in page
    assert "bad.jpg" in page
    assert Photo.objects.count() == 2


def test_no_file_at_all_is_asked_for(desk):
    assert desk.post(reverse("admin:media_photo_upload_many"), {}).status_code == 422


def test_facts_are_kept_by_those_who_may(desk, client):
    photo = PhotoFactory(credit="", alt="")
    address = reverse("admin:media_photo_facts", args=[photo.pk])
    assert desk.post(address, {"credit": "Ana Rojas", "alt": "A quay\x00"}).json()["missing"] == []
    client.force_login(UserFactory(role="Moderator"))
    assert client.post(address, {"credit": "X"}).status_code == 403


# --- One photo --------------------------------------------------------------------------------------------------------


def sent_for(photo, **typed):
    return {"caption": photo.caption, "alt": photo.alt, "credit": photo.credit, "licence": photo.licence, "focal_x": "0.5", "focal_y": "0.5", **NO_RESTRICTION, **typed}  # fmt: skip


def test_another_file_keeps_the_number_and_the_words_and_changes_every_page(
    desk, client, django_capture_on_commit_callbacks
):
    photo = PhotoFactory(caption="The quay", credit="Ana Rojas")
    story = LiveArticleFactory(photos=[photo])
    former, address = photo.image.name, photo.token
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(
            reverse("admin:media_photo_change", args=[photo.pk]),
            sent_for(photo, replacement=file("new.jpg", images.picture((640, 360)))),
        )
    assert answer.status_code == 302
    photo.refresh_from_db()
    assert (photo.width, photo.caption, photo.version, photo.file_name) == (640, "The quay", 2, "new.jpg")
    assert photo.token != address
    assert not photo.image.storage.exists(former)
    assert photo.token in client.get(story.get_absolute_url()).content.decode()


def test_a_broken_replacement_leaves_the_photo_as_it_was(desk):
    photo = PhotoFactory(caption="The quay")
    answer = desk.post(
        reverse("admin:media_photo_change", args=[photo.pk]),
        sent_for(photo, caption="Changed", replacement=file("new.jpg", b"broken")),
    )
    assert answer.status_code == 200
    assert "Changed" in answer.content.decode()
    photo.refresh_from_db()
    assert (photo.caption, photo.version) == ("The quay", 1)
    assert photo.image.storage.exists(photo.image.name)


def test_a_used_photo_leads_to_the_archive_instead_of_being_deleted(desk):
    photo = PhotoFactory()
    LiveArticleFactory(photos=[photo])
    answer = desk.post(reverse("admin:media_photo_delete", args=[photo.pk]), {"post": "yes"}, follow=True)
    assert "Archive it, or give it another file." in answer.content.decode()
    assert Photo.objects.filter(pk=photo.pk).exists()


def test_desk_lists_what_expires_and_is_silent_otherwise(desk):
    assert "expire in 14 days" not in desk.get("/admin/").content.decode()
    PhotoFactory(title="A rented view", valid_until=timezone.now() + 2 * DAY)
    assert "A rented view" in desk.get("/admin/").content.decode()


def test_where_used_names_the_place_on_the_home_page(desk):
    photo = PhotoFactory()
    arrange_front({2: LiveArticleFactory(photos=[photo])})
    page = desk.get(reverse("admin:media_photo_change", args=[photo.pk])).content.decode()
    assert "Home page (en), place 2" in page
