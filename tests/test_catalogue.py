"""The Spanish edition is complete, so is what readers see of the Arabic one, and what is compiled is what was written."""

import gettext
import re

import pytest

from tests import catalogue
from tests.environment import ROOT

pytestmark = pytest.mark.once
FOLDER = ROOT / "newsroom" / "locale"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
WANTED = {"es": catalogue.wanted, "ar": catalogue.wanted_by_readers}


@pytest.fixture(scope="module", params=WANTED)
def edition(request):
    """The code of a language and what its catalogue says."""
    return request.param, catalogue.read_po(FOLDER / request.param / "LC_MESSAGES" / "django.po")


def test_every_sentence_is_translated(edition):
    code, translated = edition
    missing = [key[1] for key in WANTED[code]() if key[1] and not all(translated.get(key, [""]))]
    assert sorted(missing) == []


def test_translations_keep_the_placeholders(edition):
    wrong = [
        text
        for (_context, text), translations in edition[1].items()
        if text
        and len(translations) == 1
        and translations[0]
        and sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(translations[0]))
    ]
    assert wrong == []


def test_compiled_catalogue_is_up_to_date(edition):
    code, translated = edition
    with (FOLDER / code / "LC_MESSAGES" / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog
    for (context, text), translations in translated.items():
        if not text or not all(translations):
            continue
        key = text if context is None else f"{context}\x04{text}"
        assert compiled.get(key, compiled.get((key, 0))) == translations[0]
