"""The site on a home screen: manifest and service worker say what the browser needs."""

import json
import re

import pytest
from django.contrib.staticfiles import finders
from PIL import Image

from newsroom.models import SiteIdentity

pytestmark = pytest.mark.django_db


def test_the_manifest_names_the_site_and_pictures_of_the_right_size(client):
    SiteIdentity.load()
    SiteIdentity.objects.update(name="The Evening Lantern", language="ar", languages=["ar"])
    about = json.loads(client.get("/manifest.webmanifest").content)
    assert (about["name"], about["lang"], about["dir"]) == ("The Evening Lantern", "ar", "rtl")
    for icon in about["icons"]:
        with Image.open(finders.find(icon["src"].removeprefix("/static/"))) as picture:
            assert f"{picture.width}x{picture.height}" == icon["sizes"]


def test_the_worker_is_asked_for_each_time_and_knows_every_language(client):
    SiteIdentity.load()
    SiteIdentity.objects.update(languages=["en", "es"])
    answer = client.get("/sw.js")
    known = json.loads(re.search(r"self\.known = (.*);\n", answer.content.decode())[1])
    assert "no-cache" in answer.headers["Cache-Control"]
    assert known["words"]["es"] != known["words"]["en"] and "{when}" in known["words"]["es"]
    assert all(finders.find(part.removeprefix("/static/")) for part in known["parts"])


def test_the_offline_page_is_the_same_for_everyone(client, administrator):
    before = client.get("/offline/").content
    client.force_login(administrator)
    assert client.get("/offline/").content == before
