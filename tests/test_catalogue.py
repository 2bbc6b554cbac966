"""The Spanish edition is complete, and what is compiled is what was written."""

import gettext
import re

import pytest

from tests import catalogue
from tests.environment import ROOT

pytestmark = pytest.mark.once
FOLDER = ROOT / "newsroom" / "locale" / "es" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def spanish():
    return catalogue.read_po(FOLDER / "django.po")


def test_every_sentence_is_translated(spanish):
    missing = [
        text for key, text in ((key, key[1]) for key in catalogue.wanted()) if text and not all(spanish.get(key, [""]))
    ]
    assert sorted(missing) == []


def test_translations_keep_the_placeholders(spanish):
    wrong = [
        text
        for (_context, text), translations in spanish.items()
        if text
        and len(translations) == 1
        and translations[0]
        and sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(translations[0]))
    ]
    assert wrong == []


def test_compiled_catalogue_is_up_to_date(spanish):
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog
    for (context, text), translations in spanish.items():
        if not text or not all(translations):
            continue
        key = text if context is None else f"{context}\x04{text}"
        assert compiled.get(key, compiled.get((key, 0))) == translations[0]
