"""The page of the editor: its import map is let through by the page's own nonce, and the policy has no hole for it."""

import json
import re

import pytest

from articles.body import field, nodes

pytestmark = pytest.mark.django_db
ADD = "/admin/articles/article/add/"


@pytest.fixture
def sheet(client, administrator):
    client.force_login(administrator)
    return client.get(ADD)


def test_import_map_carries_the_nonce_of_the_page(sheet):
    policy = sheet.headers["Content-Security-Policy"]
    [nonce] = re.findall(r"'nonce-([^']+)'", policy)
    [tag] = re.findall(r"<script[^>]*importmap[^>]*>", sheet.content.decode())
    assert f'nonce="{nonce}"' in tag


def test_policy_of_the_desk_has_no_hole(sheet):
    policy = sheet.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "style-src 'self';" in policy + ";"


def test_editor_is_told_the_sanitisers_own_allowlist(sheet):
    area = sheet.context["form"]["body"].field.widget.get_context("body", "", {})["widget"]["attrs"]
    allowed = json.loads(area["data-body-editor"])["allowed"]
    assert set(allowed["tags"]) == nodes.TAGS
    assert set(allowed["nodeTags"]) == nodes.NODE_TAGS
    assert set(allowed["schemes"]) == nodes.SCHEMES
    assert {tag: set(names) for tag, names in allowed["attributes"].items()} == nodes.ATTRIBUTES


def test_every_part_of_the_editor_is_in_the_import_map(sheet):
    found = re.search(r'type="importmap"[^>]*>(.*?)</script>', sheet.content.decode(), re.DOTALL)
    imports = json.loads(found.group(1))["imports"]
    wanted = set(field.PARTS)
    assert {name.removeprefix("newsroom-editor/") for name in imports if name.startswith("newsroom-editor/")} == wanted
    assert "django-prose-editor/editor" in imports


def test_words_of_the_editor_come_in_the_language_of_the_desk(sheet):
    area = sheet.context["form"]["body"].field.widget.get_context("body", "", {})["widget"]["attrs"]
    words = json.loads(area["data-body-editor"])["words"]
    assert all(words.values())
    assert {"toolbar", "bold", "related", "photo", "pullQuote", "nothing", "badAddress"} <= set(words)
