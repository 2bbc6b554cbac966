"""Every word the editor's scripts ask for is given by the widget, and none is given that nobody asks for."""

import re
from pathlib import Path

import pytest

from articles.body import field

FOLDER = Path(field.__file__).parents[1] / "static" / "articles" / "editor"


@pytest.fixture(scope="module")
def asked():
    scripts = "\n".join(path.read_text() for path in sorted(FOLDER.glob("*.js")))
    tools = re.findall(r'^  \["(\w+)", (?:\{|\(chain)', scripts, re.MULTILINE)
    return set(re.findall(r"\bwords\.(\w+)", scripts)) | set(tools)


def test_words_asked_for_are_given(asked):
    assert asked <= set(field._words())


def test_words_given_are_asked_for(asked):
    assert set(field._words()) - asked == set()


def test_every_script_but_the_first_has_a_name_in_the_import_map():
    assert {path.stem for path in FOLDER.glob("*.js")} == {*field.PARTS, "editor"}
