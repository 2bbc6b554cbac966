"""Versions compared word by word, and two changed texts put together."""

import itertools
import re

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from articles import comparison, merging, publishing
from articles.body.blocks import blocks, in_words
from articles.comparison import ADDED, REMOVED, SAME, merge, words_changed
from articles.content import Content, SlideContent
from articles.models import Article
from tests.articles import stories
from tests.articles.sheets import change, fields_of
from tests.factories import PhotoFactory

TEXTS = st.text(alphabet="ab \n.é", max_size=60)
BLOCKS = st.lists(st.sampled_from(["<p>a</p>", "<p>b</p>", "<p>c</p>", "<hr>"]), max_size=8)


def old_of(parts):
    return "".join(text for kind, text in parts if kind != ADDED)


def clean(found):
    return comparison.Merged(found, is_clean=True)


def new_of(parts):
    return "".join(text for kind, text in parts if kind != REMOVED)


@given(TEXTS, TEXTS)
def test_the_pieces_make_both_texts_again(old, new):
    parts = words_changed(old, new)
    assert (old_of(parts), new_of(parts)) == (old, new)
    assert all(a[0] != b[0] for a, b in itertools.pairwise(parts))


def test_a_changed_word_is_told_not_its_sentence():
    assert words_changed("The boat left on Monday.", "The boat left on Tuesday.") == [
        (SAME, "The boat left on "),
        (REMOVED, "Monday"),
        (ADDED, "Tuesday"),
        (SAME, "."),
    ]


def test_a_huge_changed_passage_is_shown_as_replaced(monkeypatch):
    monkeypatch.setattr(comparison, "MOST_PAIRS", 10)
    assert words_changed("one two three four", "one two three five") == [
        (REMOVED, "one two three four"),
        (ADDED, "one two three five"),
    ]


@given(BLOCKS)
def test_blocks_joined_are_the_body_again(parts):
    assert blocks("".join(parts)) == parts


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ("<p>Salt &amp; <em>bread</em></p>", "Salt & bread"),
        ('<figure data-node="photo" data-id="7" data-caption="A quay"></figure>', "[Photo 7: A quay]"),
        ('<aside data-node="related" data-ids="5,3"></aside>', "[Related 5, 3]"),
        ('<aside data-node="map" data-place="x"></aside>', "[map]"),
        ("<hr>", "—"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "a\nb"),
    ],
)
def test_a_block_in_words(block, words):
    assert in_words(block) == words


@given(BLOCKS, BLOCKS)
def test_what_only_one_changed_is_taken(base, changed):
    assert merge(base, changed, base) == clean(changed)
    assert merge(base, base, changed) == clean(changed)
    assert merge(base, changed, changed) == clean(changed)


def test_changes_of_different_paragraphs_are_put_together():
    merged = merge(["a", "b", "c"], ["a!", "b", "c"], ["a", "b", "c", "d"])
    assert merged == clean(["a!", "b", "c", "d"])


def test_the_same_paragraph_changed_twice_stands_twice_and_is_told():
    merged = merge(["a", "b"], ["mine", "b"], ["theirs", "b"])
    assert merged == comparison.Merged(["theirs", "mine", "b"], is_clean=False)


def test_neighbours_changed_by_one_each_are_put_together():
    assert merge(["a", "b"], ["a!", "b"], ["a", "b!"]) == clean(["a!", "b!"])


@pytest.mark.django_db
def test_every_kind_of_field_is_compared_in_words():
    photo, section = PhotoFactory(caption="Boats"), stories.section("news/latin-america")
    old = Content(headline="One", tags=["Sea"], body="<p>Here.</p>")
    new = Content(
        headline="Two", tags=["Sea", "Salt"], section_id=section.pk, slides=[SlideContent(photo.pk, "A quay")],
        body=f'<p>Here.</p><figure data-node="photo" data-id="{photo.pk}"></figure>',
    )  # fmt: skip
    found = {change.name: new_of(change.parts) for change in comparison.compare(old, new)}
    assert found["headline"] == "Two"
    assert found["tags"] == "Sea\nSalt"
    assert found["section_id"] == str(section)
    assert str(photo) in found["slides"]
    assert str(photo) in found["body"]


@pytest.mark.django_db
def test_a_change_of_markup_alone_is_told_as_such():
    (change_,) = comparison.compare(Content(body="<p>Salt</p>"), Content(body="<p><em>Salt</em></p>"))
    assert change_.is_only_markup


# --- On the desk ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def article(db):
    article = stories.draft(headline="First", body="<p>One.</p><p>Two.</p>")
    publishing.save(article=article, content=edited(article, headline="Second"), by=None, base=1)
    return article


def edited(article, **given):
    return Content.from_json({**article.latest_revision.content, **given})


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def test_the_list_leads_to_the_comparison(desk, article):
    page = desk.get(reverse("admin:articles_article_versions", args=[article.pk])).text
    compare = reverse("admin:articles_article_compare", args=[article.pk])
    assert compare in page
    for query in ("?from=1&to=2", "?from=2&to=1", ""):
        text = desk.get(compare + query).text
        assert "First</del>" in text
        assert "Second</ins>" in text


@pytest.mark.parametrize("query", ["?from=9", "?to=x", "?from=-1", "?to=99999999999999999999"])
def test_an_unknown_version_is_not_found(desk, article, query):
    assert desk.get(reverse("admin:articles_article_compare", args=[article.pk]) + query).status_code == 404


def test_the_list_of_versions_costs_the_same_for_many(desk, article, django_assert_max_num_queries):
    address = reverse("admin:articles_article_versions", args=[article.pk])
    for n in range(30):
        article.refresh_from_db()
        publishing.save(article=article, content=edited(article, headline=f"No. {n}"), by=None, base=None)
    desk.get(address)
    with django_assert_max_num_queries(16):
        desk.get(address)


def conflict(desk, article, *, mine, theirs):
    """The answer to a save on an old version: ``theirs`` was saved meanwhile. The fields of its form, and it."""
    sent = {**fields_of(desk.get(change(article))), **mine}
    article.refresh_from_db()
    publishing.save(article=article, content=edited(article, **theirs), by=None, base=None)
    answer = desk.post(change(article), sent)
    assert answer.status_code == 409
    return answer


def checked(answer):
    """The choices that stand ready."""
    found = re.findall(r'name="merge_(\w+)" value="(\w+)" checked', answer.text)
    return {f"merge_{name}": value for name, value in found}


def merge_now(desk, article, answer, **choices):
    fields = {name: value for name, value in fields_of(answer).items() if not name.startswith("merge_")}
    return desk.post(change(article), {**fields, **checked(answer), **choices, "act": "merge"})


def newest(article):
    return Content.from_json(Article.objects.get(pk=article.pk).latest_revision.content)


def test_what_one_of_two_changed_is_chosen_already(desk, article):
    answer = conflict(desk, article, mine={"headline": "Mine"}, theirs={"standfirst": "Theirs."})
    assert checked(answer) == {"merge_headline": "mine", "merge_standfirst": "theirs"}
    assert merge_now(desk, article, answer).status_code == 302
    assert (newest(article).headline, newest(article).standfirst) == ("Mine", "Theirs.")


def test_paragraphs_of_both_are_put_together(desk, article):
    answer = conflict(
        desk, article, mine={"body": "<p>One, mine.</p><p>Two.</p>"}, theirs={"body": "<p>One.</p><p>Two, theirs.</p>"}
    )
    assert checked(answer) == {"merge_body": "both"}
    merge_now(desk, article, answer)
    assert newest(article).body == "<p>One, mine.</p><p>Two, theirs.</p>"


def test_a_field_that_both_changed_must_be_chosen(desk, article):
    answer = conflict(desk, article, mine={"headline": "Mine"}, theirs={"headline": "Theirs"})
    assert checked(answer) == {}
    again = merge_now(desk, article, answer)
    assert again.status_code == 409
    assert "Choose one of the two texts for: Headline." in again.text
    assert newest(article).headline == "Theirs"
    assert merge_now(desk, article, again, merge_headline="mine").status_code == 302
    assert newest(article).headline == "Mine"


def test_a_third_save_meanwhile_is_not_overwritten(desk, article):
    answer = conflict(desk, article, mine={"headline": "Mine"}, theirs={"standfirst": "Theirs."})
    article.refresh_from_db()
    publishing.save(article=article, content=edited(article, label="Third"), by=None, base=None)
    again = merge_now(desk, article, answer)
    assert again.status_code == 409
    assert newest(article).label == "Third"
    assert merge_now(desk, article, again, merge_label="theirs").status_code == 302
    content = newest(article)
    assert (content.headline, content.label, content.standfirst) == ("Mine", "Third", "Theirs.")


@pytest.mark.django_db
def test_without_a_known_beginning_every_field_is_asked():
    found = merging.conflicts(base=None, mine=Content(headline="Mine"), theirs=Content(headline="Theirs"))
    assert [(each.name, each.choice, each.has_both) for each in found] == [("headline", "", False)]
