"""/healthz and /readyz, with parts that really fail."""

import logging

import pytest
from django.core.cache import caches
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder


@pytest.fixture(autouse=True)
def _quiet():
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_living_process_needs_no_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_ready_when_everything_works(client):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "checks": {"database": "ok", "cache": "ok", "uploads": "ok", "migrations": "ok"},
    }


def failing(client):
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["status"] == "failing"
    return {name for name, state in response.json()["checks"].items() if state == "failing"}, response


@pytest.mark.django_db
def test_missing_migration_is_seen(client):
    MigrationRecorder.Migration.objects.filter(app="articles").order_by("name").last().delete()
    assert failing(client)[0] == {"migrations"}


@pytest.mark.django_db
def test_uploads_folder_that_cannot_be_written_is_seen(client, settings, tmp_path):
    (tmp_path / "uploads").write_text("a file where the folder should be")
    parts, response = failing(client)
    assert parts == {"uploads"}
    assert str(tmp_path) not in response.content.decode()


@pytest.mark.django_db
def test_originals_folder_that_cannot_be_written_is_seen(client, tmp_path):
    (tmp_path / "originals").write_text("a file where the folder should be")
    assert failing(client)[0] == {"uploads"}


@pytest.mark.django_db
def test_cache_that_forgets_is_seen(client, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert failing(client)[0] == {"cache"}


@pytest.mark.django_db
def test_cache_that_is_not_there_is_seen(client, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    }
    caches.close_all()
    assert failing(client)[0] == {"cache"}


@pytest.mark.django_db
def test_database_that_refuses_is_seen(client):
    def refuse(execute, sql, params, many, context):
        raise connection.Database.OperationalError("secret detail")

    with connection.execute_wrapper(refuse):
        parts, response = failing(client)
    assert {"database", "migrations"} <= parts
    assert "secret" not in response.content.decode()


@pytest.mark.django_db
def test_probe_leaves_no_file_behind(client, tmp_path):
    client.get("/readyz")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_other_methods_are_refused(client):
    assert client.post("/healthz").status_code == client.post("/readyz").status_code == 405
