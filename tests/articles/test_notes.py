"""Notes to colleagues: on an article and on a paragraph that may be edited, with answers, mentions and an end."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test.utils import CaptureQueriesContext

from articles import notes, publishing
from articles.acts import NotAllowed, WrongState
from articles.models import Note
from newsroom.models import Notice
from tests.articles.sheets import change
from tests.articles.stories import content, draft, person

pytestmark = pytest.mark.django_db
BODY = "<p>The harbour opened at dawn.</p><p>Nobody came to see it.</p><h2>Later</h2><p>Then all came.</p>"


def page(article):
    return f"/admin/articles/article/{article.pk}/notes/"


def told(who):
    return list(Notice.objects.filter(person=who).values_list("kind", flat=True))


def test_a_note_stays_with_its_paragraph_through_edits():
    article, editor = draft(body=BODY), person("Editor")
    text = "Nobody came to see it."
    note = notes.write(article=article, by=editor, body="Really?", block=1, quote=text)

    assert notes.find(note, ["A new start.", "Another.", text]) == 2
    assert notes.find(note, ["A new start.", "Nobody at all came to see it."]) == 1
    assert notes.find(note, [text, "x", text]) in {0, 2}
    assert notes.find(note, ["Something else altogether, about ferries."]) is None


def test_of_two_equal_paragraphs_the_nearer_one_is_meant():
    article, editor = draft(body=BODY), person("Editor")
    note = notes.write(article=article, by=editor, body="Twice?", block=4, quote="Same.")

    assert notes.find(note, ["Same.", "a", "b", "Same."]) == 3


def test_mentioned_colleagues_know_of_it():
    article, editor, reporter, reader = draft(), person("Editor"), person("Reporter"), person(None)
    body = f"@{reporter.username.upper()}, @{reader.username}, @{editor.username}, mail@{reporter.username} and @nobody: look."
    note = notes.write(article=article, by=editor, body=body)

    assert set(note.mentions.all()) == {reporter, editor}
    assert (told(reporter), told(reader), told(editor)) == (["mention"], [], [])


def test_an_answer_stands_one_level_deep_and_tells_who_talks():
    article, editor, reporter = draft(), person("Editor"), person("Reporter")
    top = notes.write(article=article, by=editor, body="Is that so?", block=0, quote="A")
    answer = notes.write(article=article, by=reporter, body="Yes.", parent=top, block=0, quote="A")
    again = notes.write(article=article, by=editor, body="Good.", parent=answer)

    assert answer.parent == again.parent == top
    assert (answer.block, answer.quote) == (None, "")
    assert (told(editor), told(reporter)) == (["answer"], ["answer"])


def test_a_note_is_resolved_and_reopened():
    article, editor, reporter = draft(), person("Editor"), person("Reporter")
    top = notes.write(article=article, by=editor, body="Is that so?")
    answer = notes.write(article=article, by=reporter, body="Yes.", parent=top)
    notes.resolve(note=top, by=reporter)
    first = top.resolved_at
    notes.resolve(note=top, by=editor)  # a second click

    assert (top.resolved_at, top.resolved_by) == (first, reporter)
    assert notes.open_notes(article) == 0
    notes.reopen(note=top, by=editor)
    assert notes.open_notes(article) == 1
    with pytest.raises(WrongState):
        notes.resolve(note=answer, by=editor)


@pytest.mark.parametrize("body", ["", "  \n", "\x00"])
def test_a_note_says_something(body):
    with pytest.raises(notes.EmptyNote):
        notes.write(article=draft(), by=person("Editor"), body=body)


def test_readers_write_no_notes():
    with pytest.raises(NotAllowed):
        notes.write(article=draft(), by=person(None), body="Hello.")


def test_what_was_asked_for_in_review_stands_in_the_talk():
    article, editor = draft(body=BODY), person("Editor")
    publishing.submit(article=article, by=editor)
    publishing.ask_changes(article=article, by=editor, note="Name the ferry.")
    notes.write(article=article, by=editor, body="See above.")
    stream = notes.stream(article, notes.paragraphs(content(body=BODY)))

    assert [entry.act.note if entry.act else entry.note.body for entry in stream] == ["Name the ferry.", "See above."]


# --- Pages ------------------------------------------------------------------------------------------------------------


def test_a_note_is_written_once_per_form(client, reporter, editor):
    client.force_login(reporter)
    article = draft(body=BODY)
    sent = {"body": "Why?", "block": "1", "quote": "Nobody came to see it.", "tell": editor.pk, "key": str(uuid4())}
    first, second = client.post(page(article), sent), client.post(page(article), sent)
    note = Note.objects.get()

    assert first.url == second.url == f"{page(article)}#note-{note.pk}"
    assert (note.block, note.quote, told(editor)) == (1, "Nobody came to see it.", ["mention"])
    parts = client.get(page(article)).context["parts"]
    assert [len(part["entries"]) for part in parts] == [0, 1, 0, 0]


def test_a_paragraph_changed_since_the_form_was_opened_keeps_the_words_seen(client, reporter):
    client.force_login(reporter)
    article = draft(body=BODY)
    client.post(page(article), {"body": "Why?", "block": "1", "quote": "Nobody came to look."})

    assert Note.objects.get().quote == "Nobody came to look."


@pytest.mark.parametrize("wrong", [{"body": ""}, {"body": "x" * 4001}, {"tell": "9" * 30}, {"tell": "x"}, {"key": "x"}])
def test_bad_input_keeps_the_text(client, reporter, wrong):
    client.force_login(reporter)
    article = draft(body=BODY)
    answer = client.post(page(article), {"body": "Kept <b>text</b>.", "block": "1", "quote": "Nobody", **wrong})

    assert answer.status_code == 422
    assert answer.context["block"] == 1
    assert not Note.objects.exists()


@pytest.mark.parametrize(
    "odd", [{"block": "99"}, {"block": "-1"}, {"block": "9" * 40}, {"parent": "9" * 40}, {"parent": "x"}]
)
def test_a_place_that_is_not_there_makes_it_a_note_on_the_article(client, reporter, odd):
    client.force_login(reporter)
    article = draft(body=BODY)

    assert client.get(page(article), odd).status_code == 200
    assert client.post(page(article), {"body": "So.", **odd}).status_code == 302
    assert Note.objects.get().block is None


def test_buttons_resolve_and_reopen(client, editor):
    client.force_login(editor)
    article = draft(body=BODY)
    note = notes.write(article=article, by=editor, body="So?")
    client.post(page(article), {"resolve": note.pk})
    assert notes.open_notes(article) == 0
    assert len(client.get(page(article)).context["settled"]) == 1
    client.post(page(article), {"reopen": note.pk})
    assert notes.open_notes(article) == 1
    assert client.post(page(article), {"resolve": "9" * 40}).status_code == 404
    assert client.post(page(draft()), {"resolve": note.pk}).status_code == 404


def test_hostile_words_are_words(client, editor):
    client.force_login(editor)
    article = draft(body=BODY)
    notes.write(article=article, by=editor, body="<script>alert(1)</script>", block=0, quote="<img src=x onerror=y>")

    for address in (page(article), change(article)):
        text = client.get(address).content.decode()
        assert "<script>alert" not in text
        assert "<img src=x" not in text


def test_the_sheet_shows_what_is_open(client, editor):
    client.force_login(editor)
    article = draft(body=BODY)
    notes.resolve(note=notes.write(article=article, by=editor, body="Settled words."), by=editor)
    notes.write(article=article, by=editor, body="Open words.")
    text = client.get(change(article)).content.decode()

    assert "Open words." in text
    assert "Settled words." not in text


def test_a_long_talk_costs_no_more(client, editor):
    from django.db import connection

    client.force_login(editor)
    article = draft(body=BODY)

    def cost():
        top = notes.write(article=article, by=person("Reporter"), body="A", block=1, quote="Nobody came to see it.")
        notes.write(article=article, by=person("Reporter"), body="B", parent=top)
        client.get(page(article))
        with CaptureQueriesContext(connection) as found:
            client.get(page(article))
        return len(found)

    few = cost()
    assert [cost() for _number in range(3)][-1] == few


def test_the_moment_of_a_note_is_kept():
    article, editor = draft(), person("Editor")
    first = notes.write(article=article, by=editor, body="One")
    Note.objects.filter(pk=first.pk).update(created_at=first.created_at + timedelta(hours=1))
    notes.write(article=article, by=editor, body="Two")

    assert [entry.note.body for entry in notes.stream(article, ())] == ["Two", "One"]


def test_who_may_not_see_the_article_is_not_told():
    article, editor, guest = draft(), person("Editor"), person("Contributor")
    note = notes.write(article=article, by=editor, body=f"@{guest.username} look", mentioned=[guest])

    assert not note.mentions.exists()
    assert told(guest) == []
