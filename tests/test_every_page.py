"""What every public page is held to, whatever it shows: HTML without an error, and the same bytes for everybody."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from tests.every_page import FORMS, every_page

CHECKER = "var/vnu/node_modules/vnu-jar/build/dist/vnu.jar"


@pytest.fixture
def addresses(administrator):
    return every_page(administrator)


@pytest.fixture
def checker(settings):
    """The path of the Nu HTML checker."""
    path = Path(os.environ.get("VNU_JAR") or settings.BASE_DIR / CHECKER)
    if not path.is_file() or shutil.which("java") is None:
        pytest.skip("The HTML checker or Java is missing: deploy/vnu.sh says how to get them.")
    return path


@pytest.mark.once
@pytest.mark.whole
def test_the_html_of_every_page_is_without_an_error(checker, client, addresses, tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    for name, address in addresses.items():
        (pages / f"{name}.html").write_bytes(client.get(address).content)
    command = ["java", "-jar", checker, "--errors-only", "--format", "json", pages]
    answer = subprocess.run(command, capture_output=True, check=False, timeout=120)
    found = json.loads(answer.stderr)["messages"]
    assert [(Path(each["url"]).stem, each.get("lastLine"), each["message"]) for each in found] == []


@pytest.mark.once
def test_a_page_is_the_same_bytes_for_everybody_and_sets_no_cookie(addresses, administrator, reader):
    strangers = Client(), Client(headers={"accept-language": "es", "cookie": "theme=dark", "user-agent": "x"})
    for person in (reader, administrator):
        strangers = (*strangers, Client())
        strangers[-1].force_login(person)
    for name in addresses.keys() - FORMS:
        answers = [client.get(addresses[name]) for client in strangers]
        assert len({answer.content for answer in answers}) == 1, name
        assert not any(answer.cookies for answer in answers), name
        assert not {"cookie", "accept-language"} & {
            part.strip() for part in answers[0].get("Vary", "").lower().split(",")
        }, name
