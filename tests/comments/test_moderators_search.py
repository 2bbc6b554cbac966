"""Moderators search all comments and keep their searches; see tests.comments.test_search for the index."""

from datetime import UTC, datetime

import pytest

from articles import publishing
from articles.models import SectionRight
from comments import finding
from comments.finding import SearchForm, find
from comments.models import SavedFilter, Status
from newsroom.models import User
from tests.factories import (
    CommentFactory,
    LiveArticleFactory,
    PublishedCommentFactory,
    SectionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
SEARCH, FILTERS = "/admin/comments/comment/search/", "/admin/comments/comment/filters/"


def asked(**fields):
    return [row.comment for row in find(SearchForm(fields, sees_addresses=True)).rows]


def test_every_way_to_search_narrows():
    writer = UserFactory(name="Jules Okafor", email="jules@example.org")
    wanted = PublishedCommentFactory(
        author=writer, body="The dam is old", created_at=datetime(2026, 3, 1, 12, tzinfo=UTC)
    )
    guest = CommentFactory(author=None, guest_name="Jules Okafor", guest_email="j@example.org", article=wanted.article)
    other = CommentFactory(body="A bridge")

    assert asked(q="dam") == asked(state="published") == asked(since="2026-03-01", until="2026-03-01") == [wanted]
    assert asked(reader="jules okafor") == [guest, wanted]
    assert asked(reader="JULES@example.org") == [wanted]
    assert asked(reader="j@example.org") == [guest]
    assert (
        asked(article=f"/news/the-dam-{wanted.article_id}/") == asked(article=str(wanted.article_id)) == [guest, wanted]
    )
    assert asked(q="dam", state="spam") == []
    assert asked() == [other, guest, wanted]


@pytest.mark.parametrize("q", ["", "dam"])
def test_pages_follow_each_other_without_a_gap(q):
    alike = {"article": LiveArticleFactory(), "author": UserFactory(), "body": "The dam"}
    made = [comment.pk for comment in CommentFactory.create_batch(2 * finding.ROWS + 1, **alike)]

    seen, cursor = [], ""
    while True:
        page = find(SearchForm({"q": q}), before=cursor)
        seen += [row.comment.pk for row in page.rows]
        cursor = page.next_cursor
        if not cursor:
            break

    assert seen == made[::-1]


@pytest.mark.parametrize(
    "query",
    [
        "q=%22",
        "article=x",
        f"article={'x' * 5000}1",
        "article=" + "9" * 18,
        "state=x",
        "since=9999-12-31&until=0001-01-01",
        "like=1",
    ],
)
def test_odd_questions_are_answered(query, client, moderator):
    CommentFactory()
    client.force_login(moderator)

    assert client.get(f"{SEARCH}?{query}").status_code == 200


def test_a_long_text_is_no_article_and_costs_no_search():
    assert SearchForm({"article": "x" * 301 + "1"}).errors.as_data()["article"][0].code == "max_length"
    assert SearchForm({"article": "x"}).errors.as_data()["article"][0].code == "invalid"


def test_a_search_is_kept_under_a_name_for_one_moderator_alone(client, moderator, publisher):
    client.force_login(moderator)
    client.post(FILTERS, {"name": "Rivers", "query": "q=river&x=1&state=spam"})
    kept = SavedFilter.objects.get()
    assert (kept.owner, kept.query) == (moderator, "q=river&state=spam")

    client.force_login(publisher)
    assert list(client.get(SEARCH).context["filters"]) == []
    client.post(FILTERS, {"forget": kept.pk})
    assert SavedFilter.objects.exists()

    client.force_login(moderator)
    assert list(client.get(SEARCH).context["filters"]) == [kept]
    client.post(FILTERS, {"forget": kept.pk})
    assert not SavedFilter.objects.exists()


def test_what_shares_words_or_address_is_found_together():
    model = CommentFactory(words_hash="w", address_hash="a")
    same = CommentFactory(words_hash="w", status=Status.SPAM)
    near = CommentFactory(address_hash="a")
    CommentFactory()

    assert asked(like=str(model.pk)) == [near, same, model]


def test_editors_neither_see_nor_search_readers_addresses(client, editor, moderator):
    guest = CommentFactory(author=None, guest_name="Jules", guest_email="jules@example.org", address_hash="a")
    near = CommentFactory(author=UserFactory(email="berta@example.org"), address_hash="a")
    pages = [
        *("/admin/comments/comment/", f"/admin/comments/comment/{guest.pk}/change/", SEARCH),
        *(f"{SEARCH}?reader=berta@example.org", f"{SEARCH}?reader=jules@example.org", f"{SEARCH}?like={guest.pk}"),
    ]

    def words_and_rows(person):
        client.force_login(person)
        answers = [client.get(path) for path in pages]
        return "".join(answer.content.decode() for answer in answers), [
            [row.comment for row in answer.context["rows"]] for answer in answers[3:]
        ]

    words, rows = words_and_rows(moderator)
    assert ("jules@example.org" in words, "2 readers at this address" in words) == (True, True)
    assert rows == [[near], [guest], [near, guest]]
    words, rows = words_and_rows(editor)
    assert "2 readers at this address" not in words
    assert words.count("jules@example.org") == words.count("berta@example.org") == 1  # what was typed
    assert rows == [[], [], [guest]]


def test_headlines_of_articles_that_a_person_may_not_see_are_not_shown(client, editor):
    own, other = SectionFactory(), SectionFactory()
    comment = CommentFactory(article=LiveArticleFactory(section=other, headline="Nobody elsewhere knows"))
    publishing.withdraw(article=comment.article, by=None, note="Not ready")
    SectionRight.objects.create(user=editor, section=own)
    User.objects.filter(pk=editor.pk).update(sees_other_sections=False)
    client.force_login(User.objects.get(pk=editor.pk))

    for path in ("/admin/", "/admin/comments/comment/", SEARCH, f"/admin/comments/comment/{comment.pk}/change/"):
        assert "Nobody elsewhere knows" not in client.get(path).content.decode()


def test_only_people_who_see_the_queue_search(client, reporter):
    client.force_login(reporter)

    assert client.get(SEARCH).status_code == 403
