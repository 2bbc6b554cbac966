"""Typewriter marks become printed ones when text is drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.typography import Typesetter, smart


@pytest.mark.parametrize(
    ("typed", "language", "printed"),
    [
        ('She said "no" twice.', "en", "She said “no” twice."),
        ("It isn't the harbour's fault.", "en", "It isn’t the harbour’s fault."),
        ("the '90s and 'quoted' words", "en", "the ’90s and ‘quoted’ words"),
        ("the dockers' strike", "en", "the dockers’ strike"),
        ('"It is," he said, "done."', "en", "“It is,” he said, “done.”"),
        ('("in brackets")', "en", "(“in brackets”)"),
        ("\"'Twice', he said\"", "en", "“‘Twice’, he said”"),
        ("a pause - or not -- and on...", "en", "a pause – or not – and on…"),
        ("word--word", "en", "word—word"),
        ("well-known, 3-4", "en", "well-known, 3-4"),
        ('Er sagte "nein".', "de", "Er sagte „nein“."),
        ('Il a dit "non".', "fr", "Il a dit «\u202fnon\u202f»."),
        ('Dijo "no".', "es-AR", "Dijo “no”."),
        ('قال "لا".', "ar", 'قال "لا".'),
        ("“already printed”", "en", "“already printed”"),
        ("", "en", ""),
    ],
)
def test_marks_are_printed_as_the_language_prints_them(typed, language, printed):
    assert smart(typed, language) == printed


def test_a_quotation_may_begin_before_a_tag_and_end_after_it():
    setter = Typesetter("en")
    assert [setter.set(piece) for piece in ('He said "', "never", '" again.')] == ["He said “", "never", "” again."]


@given(st.text())
def test_no_text_breaks_it_and_printed_text_stays(text):
    once = smart(text, "en")
    assert smart(once, "en") == smart(smart(once, "en"), "en")
