"""What a hit shows of the text."""

import pytest

from articles.search.highlight import excerpt, highlighted

pytestmark = pytest.mark.once


def test_original_spelling_is_marked():
    assert highlighted("Das alte ZÜRICH lebt", {"zurich"}) == "Das alte <mark>ZÜRICH</mark> lebt"


def test_other_forms_of_the_word_are_marked():
    assert highlighted("New sanctions", {"sanction"}) == "New <mark>sanctions</mark>"


def test_markup_in_the_text_stays_text():
    text = '<script>alert("storm")</script> & storm'
    assert highlighted(text, {"storm"}) == (
        "&lt;script&gt;alert(&quot;<mark>storm</mark>&quot;)&lt;/script&gt; &amp; <mark>storm</mark>"
    )


def test_excerpt_is_cut_round_the_hit_between_words():
    text = "lorem " * 100 + "the zeppelin landed " + "ipsum " * 100
    found = excerpt(text, {"zeppelin"})
    assert found.startswith("… lorem")
    assert found.endswith("ipsum …")
    assert "<mark>zeppelin</mark> landed" in found
    assert len(found) < 260


def test_excerpt_stands_where_the_words_come_together():
    text = "bus " + "x " * 300 + "the night bus left"
    assert "<mark>night</mark> <mark>bus</mark>" in excerpt(text, {"night", "bus"})


def test_excerpt_sets_a_heading_off_from_what_follows():
    text = "The crane stood still.\nHow we counted\nThe crane moved."
    assert "still. How we counted · The <mark>crane</mark>" in excerpt(text, {"crane"})


def test_excerpt_of_a_text_without_the_word_is_empty():
    assert excerpt("Nothing here", {"zeppelin"}) == ""


def test_long_text_without_a_blank_is_cut_all_the_same():
    assert len(excerpt("storm" + "x" * 5000 + " storm", {"storm"})) < 300
