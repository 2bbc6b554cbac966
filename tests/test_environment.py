"""The tests' own ground holds."""

import socket

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages

from tests.conftest import NetworkBlocked


def test_no_test_reaches_another_machine():
    with socket.socket() as plug, pytest.raises(NetworkBlocked):
        plug.connect(("192.0.2.1", 80))
    with pytest.raises(NetworkBlocked):
        socket.create_connection(("example.org", 80))


def test_uploads_and_originals_lie_in_the_tests_own_folder(tmp_path):
    for storage in (default_storage, storages["originals"]):
        name = storage.save("a.txt", ContentFile(b"a", name="a.txt"))
        assert storage.path(name).startswith(str(tmp_path))
        assert (tmp_path / storage.path(name)).read_bytes() == b"a"


def test_debug_is_off_and_passwords_are_fast():
    assert settings.DEBUG is False
    assert settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.MD5PasswordHasher"]
