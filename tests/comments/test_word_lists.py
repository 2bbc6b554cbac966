"""Words of a list are found in every trivial disguise, and ordinary words that hold one are left alone."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.pipeline.words import WordMatcher, lines_of

LISTED = ["zorble", "grimpo", "fleck", "ass", "tunk"]
LEET = {"o": "0", "i": "1", "l": "1", "e": "3", "a": "@", "s": "$", "t": "7", "b": "8", "g": "9"}
ALIKE = dict(zip("aceopxysi", "асеорхуѕі", strict=True))
ACCENTS = ["\u0301", "\u0308", "\u0323", "\u0336"]
UNSEEN = ["\u200b", "\u200d", "\u00ad", "\ufe0f", "\u2060"]


def found(words, text):
    line = WordMatcher(lines_of(words)).find(text)
    return line.typed if line is not None else None


@st.composite
def disguised(draw):
    """A listed word, and the word as somebody writes it who wants it to pass."""
    word = draw(st.sampled_from(LISTED))
    letters = []
    for letter in word:
        shown = draw(st.sampled_from([letter, letter.upper(), LEET.get(letter, letter), ALIKE.get(letter, letter)]))
        letters.append(shown * draw(st.sampled_from([1, 1, 3, 5])) + draw(st.sampled_from(["", *ACCENTS, *UNSEEN])))
    if not any(sign.isalpha() for sign in "".join(letters)):  # "455" is a number
        letters[0] = word[0]
    between = draw(st.sampled_from(["", ".", "-", "_", " ", "  ", " . ", "\u200b", "\n", "*"]))
    return word, between.join(letters)


@given(disguised(), st.sampled_from(["", "So you ", "(", "¿", "«"]), st.sampled_from(["", " then", ")", "!", ".\nYes"]))
def test_a_disguised_word_is_found(pair, before, after):
    word, shown = pair

    assert found("\n".join(LISTED), f"{before}{shown}{after}") == word


@given(
    st.sampled_from(LISTED),
    st.text("bcdfghjkmnpqrvwxyz", min_size=1, max_size=5),
    st.text("bcdfhjkmnpqrvwxyz", max_size=5),
)
def test_a_word_inside_another_is_left_alone(word, before, after):
    assert found(word, f"The {before}{word}{after} stands.") is None
    assert found(f"*{word}*", f"The {before}{word}{after} stands.") == f"*{word}*"


@pytest.mark.parametrize(
    "text",
    [
        "A classic assessment of the embassy",
        "Pass the assets",
        "He'll pay 455 or $455",
        "as s, as so",
        "The gas.So what",
    ],
)
def test_ordinary_sentences_are_left_alone(text):
    assert found("ass\nhell\nscunt\nsso", text) is None


@pytest.mark.parametrize(
    ("words", "text"),
    [("raper", "A rapper, wrapped"), ("god", "A good start"), ("ass", "as it is"), ("fal", "a fall"), ("1488", "1489")],
)
def test_letters_that_are_often_doubled_make_other_words(words, text):
    assert found(words, text) is None


@pytest.mark.parametrize(
    ("words", "text", "hit"),
    [
        ("zorb*", "zorblings", True),
        ("zorb*", "unzorb", False),
        ("*ble", "zorble", True),
        ("*ble", "blemish", False),
        ("go  home", "Go, HOME then", True),
        ("go home", "gohome", False),
        ("нытик", "НЫТИК!", True),
        ("привереда", "прив3реда", True),
        ("كلمة", "كـلـمـة", True),
        ("straße", "STRASSE", True),
        ("1488", "No. 1488", True),
        ("grimpo", "gr*mpo, gr**po", True),
        ("# grimpo\n\ntunk", "grimpo", False),
    ],
)
def test_what_a_line_means(words, text, hit):
    assert (found(words, text) is not None) is hit


@given(st.text(max_size=200))
def test_no_text_breaks_the_search(text):
    found("zorble\n*tunk*\n1*", text)


@pytest.mark.parametrize("text", ["a" * 4000, "ab" * 2000, "a " * 2000, "a.b" * 1300, "a**" * 1300, "1l!|" * 1000])
def test_hostile_texts_and_long_lists_cost_little(text):
    rng = random.Random(7)  # a list of made-up words, no secret
    words = ["*" + "".join(rng.choices("abilx", k=rng.randint(6, 12))) + "*" for _n in range(10_000)]
    matcher = WordMatcher(lines_of("\n".join(words)))

    begun = time.process_time()
    matcher.find(text)

    assert time.process_time() - begun < 2
