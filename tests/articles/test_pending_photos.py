"""A photo that stands in a version which readers do not see yet cannot be deleted, and the desk says where it stands."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone

from articles import publishing, updates
from articles.content import Content
from articles.models import Byline, PendingPhoto
from media import usage
from media.models import Photo
from tests.articles.stories import live
from tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db


def node(photo):
    return f'<p>Two.</p><figure data-node="photo" data-id="{photo.pk}"></figure>'


def write(article, **given):
    """The newest version of ``article`` differs in what is ``given``."""
    article.refresh_from_db()
    content = Content.from_json({**article.latest_revision.content, **given})
    publishing.save(article=article, content=content, by=None, base=None)


def is_kept(photo):
    """Whether it counts as used, and deleting it is refused; both always agree."""
    used = Photo.objects.filter(usage.is_used(), pk=photo.pk).exists()
    assert used == bool(usage.uses(photo))
    if used:
        with pytest.raises(ProtectedError), transaction.atomic():
            photo.delete()
    return used


def test_photos_of_a_draft_of_a_live_article_are_used_until_it_no_longer_shows_them():
    article, cited, slide = live(headline="Bridge opens"), PhotoFactory(), PhotoFactory()
    write(article, body=node(cited), slides=[{"photo_id": slide.pk}])
    assert is_kept(cited)
    assert is_kept(slide)
    assert [use.label for use in usage.uses(cited)] == ["Bridge opens (in a version not yet public)"]
    write(article, body=node(cited))
    write(article, body="<p>Without.</p>", slides=[])
    assert not is_kept(cited)
    assert not is_kept(slide)


def test_a_scheduled_update_keeps_its_photo_whatever_is_saved_until_then():
    article, photo = live(headline="Bridge opens"), PhotoFactory()
    write(article, body=node(photo))
    due = timezone.now() + timedelta(hours=1)
    updates.schedule_update(article=article, by=None, at=due)
    write(article, body="<p>A later draft.</p>")
    assert is_kept(photo)

    updates.apply_due(due)
    assert is_kept(photo)
    assert [use.label for use in usage.uses(photo)] == ["Bridge opens"]  # the public text shows it now
    assert not article.pending_photos.exists()


def test_a_cancelled_update_lets_go_of_what_the_newest_version_does_not_show():
    article, photo = live(), PhotoFactory()
    write(article, body=node(photo))
    updates.schedule_update(article=article, by=None, at=timezone.now() + timedelta(hours=1))
    write(article, body="<p>A later draft.</p>")
    updates.cancel_update(article=article, by=None)
    assert not is_kept(photo)


def test_a_version_that_outlives_withdrawal_and_trash_keeps_its_photo():
    article, photo = live(), PhotoFactory()
    write(article, body=node(photo))
    publishing.withdraw(article=article, by=None, note="Wrong.")
    assert is_kept(photo)
    publishing.trash(article=article, by=None)
    assert is_kept(photo)
    publishing.restore(article=article, by=None)
    assert is_kept(photo)


def test_a_portrait_keeps_its_photo():
    portrait = PhotoFactory()
    Byline.objects.create(name="Ada Example", portrait=portrait)
    assert is_kept(portrait)


def test_the_desk_names_the_version_and_refuses_to_delete(client, administrator):
    article, photo = live(headline="Bridge opens"), PhotoFactory()
    write(article, body=node(photo))
    client.force_login(administrator)
    page = client.get(reverse("admin:media_photo_change", args=[photo.pk])).text
    assert "Bridge opens (in a version not yet public)" in page
    client.post(reverse("admin:media_photo_delete", args=[photo.pk]), {"post": "yes"})
    client.post(
        reverse("admin:media_photo_changelist"),
        {"action": "delete_selected", "_selected_action": [photo.pk], "post": "yes"},
    )
    assert Photo.objects.filter(pk=photo.pk).exists()


def test_asking_costs_the_same_for_one_waiting_version_and_for_many(django_assert_num_queries):
    photo, articles = PhotoFactory(), [live() for _number in range(4)]
    live(body=node(photo))
    write(articles[0], body=node(photo))
    with django_assert_num_queries(3):
        usage.registered_uses(photo)
    for article in articles[1:]:
        write(article, body=node(photo))
    with django_assert_num_queries(3):
        assert len(usage.registered_uses(photo)) == 5


def test_what_waited_before_the_rows_were_kept_is_found_by_the_migration():
    article, scheduled, newest, gone = live(), PhotoFactory(), PhotoFactory(), PhotoFactory()
    write(article, body=node(scheduled))
    updates.schedule_update(article=article, by=None, at=timezone.now() + timedelta(hours=1))
    write(article, body=node(gone), slides=[{"photo_id": newest.pk}])
    PendingPhoto.objects.all().delete()
    gone.delete()
    import_module("articles.migrations.0026_fill_pending_photos").fill(apps, None)
    assert set(article.pending_photos.values_list("photo", flat=True)) == {scheduled.pk, newest.pk}
