"""What a copy editor marks."""

import pytest
from django.core.exceptions import ValidationError

from articles import checks, copy_desk
from articles.models import HouseWord
from tests.articles import stories


def found(text, *words):
    return [(slip.kind, slip.found, slip.better) for slip in copy_desk.slips(text, words)]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("It ended.The ships sailed.", [("space", "ended.The", "ended. The")]),
        ("¿Volvieron?Sí, dijo.", [("space", "Volvieron?Sí", "Volvieron? Sí")]),
        ("See www.example.Org, mail Ana.Rojas@example.org, U.S. ships, the U.S.Navy, 3.Mai", []),
        ("the file crane.Jpg/x is here", []),
        ("He said that that was the the end.", [("twice", "the the", "the")]),
        ("Paris\nParis again", []),
        ("bye-bye and tick-tick tock", []),
    ],
)
def test_slips_of_the_keyboard(text, marked):
    assert found(text) == marked


@pytest.mark.parametrize(
    "text", ["a" * 200_000, "aB." * 60_000, "ab.Cd" * 40_000, "a a " * 50_000, "é.É" * 60_000, "a " * 99_000 + "."]
)
def test_monstrous_words_take_no_time(text):
    """A pattern that goes back and forth over such words would keep the suite for minutes."""
    assert len(found(text, HouseWord(wrong="aaa", right="b"))) <= 3 * copy_desk.MOST


def test_house_words_are_found_whole_and_whatever_their_case():
    word = HouseWord(wrong="e-mail", right="email")
    assert found("An E-mail came.", word) == [("house", "E-mail", "email")]
    assert found("An email, e-mails.", word) == []
    assert found("NATO met.", HouseWord(wrong="nato", right="NATO")) == []


def test_no_more_than_five_of_a_kind():
    assert len(found("a the the b " * 50)) == copy_desk.MOST


def test_checks_warn_in_the_articles_own_language_and_stop_nothing(db):
    HouseWord.objects.create(wrong="very unique", right="unique", note="There are no degrees of it.", language="en")
    HouseWord.objects.create(wrong="harbour", right="puerto", language="es")
    content = stories.content(
        headline="A very unique harbour", standfirst="It is is so.", body="<p>One.</p><p>Two.</p>"
    )
    marked = [(check.field, check.message) for check in checks.run(content) if check.code.startswith("copy")]
    assert marked == [
        ("headline", "“very unique”: the house writes “unique”. There are no degrees of it."),
        ("standfirst", "“is is”: the word stands twice."),
    ]
    assert all(check.level == checks.WARN for check in checks.run(content) if check.code.startswith("copy"))


@pytest.mark.parametrize(("wrong", "right"), [("...", "x"), ("same", "same")])
def test_a_word_that_could_not_be_found_is_refused(wrong, right):
    with pytest.raises(ValidationError):
        HouseWord(wrong=wrong, right=right).clean()
