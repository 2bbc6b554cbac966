"""What the sheet refuses, and that no text is ever lost by it."""

import pytest

from articles import publishing
from articles.content import Content
from articles.models import Article, Status
from tests.articles.sheets import ADD, change, fields_of, fill, newest
from tests.articles.stories import content, draft, in_state, live
from tests.factories import PhotoFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def test_a_save_on_an_older_version_keeps_both_texts(desk):
    article = draft(headline="At first", standfirst="The same")
    mine = {**fields_of(desk.get(change(article))), "headline": "Mine"}
    publishing.save(article=article, content=content(headline="Theirs"), by=None, base=None)
    answer = desk.post(change(article), {**mine, "act": "submit"})
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "Theirs" in page
    assert fields_of(answer)["headline"] == ["Mine"]
    article.refresh_from_db()
    assert (article.headline, article.status) == ("Theirs", Status.DRAFT)


def test_mine_is_saved_on_top_by_choice(desk):
    article = draft(headline="At first")
    mine = {**fields_of(desk.get(change(article))), "headline": "Mine"}
    theirs = publishing.save(article=article, content=content(headline="Theirs"), by=None, base=None)
    refused = desk.post(change(article), mine)
    answer = desk.post(change(article), {**fields_of(refused), "base": [mine["base"][0], theirs.number]})

    assert answer.status_code == 302
    article.refresh_from_db()
    assert article.headline == "Mine"
    assert [r.content["headline"] for r in article.revisions.order_by("number")] == ["At first", "Theirs", "Mine"]


def test_an_embargo_set_meanwhile_outlives_an_older_form(desk):
    article = draft()
    mine = {**fields_of(desk.get(change(article))), "headline": "Mine"}
    until = publishing.timezone.now().replace(year=2040, microsecond=0)
    publishing.set_times(article=article, by=None, embargo_until=until, expires_at=None)
    desk.post(change(article), mine)
    article.refresh_from_db()

    assert (article.headline, article.embargo_until) == ("Mine", until)


def test_a_plan_made_meanwhile_outlives_an_older_form(desk):
    article = draft()
    mine = {**fields_of(desk.get(change(article))), "headline": "Mine"}
    when = publishing.timezone.now().replace(year=2040, microsecond=0)
    publishing.plan(article=article, by=None, publish_at=when)
    desk.post(change(article), {**mine, "act": "publish"})
    article.refresh_from_db()

    assert (article.is_scheduled, article.published_at) == (True, when)


def test_times_are_moved_together(desk):
    article = draft()
    fill(desk, change(article), publish_at="2040-01-10T10:00", expires_at="2040-01-20T10:00")
    for begins, ends in (("2040-03-01T10:00", "2040-03-02T10:00"), ("2040-01-01T10:00", "2040-01-02T10:00")):
        assert fill(desk, change(article), publish_at=begins, expires_at=ends).status_code == 302
        shown = fields_of(desk.get(change(article)))
        assert (shown["publish_at"], shown["expires_at"]) == ([begins], [ends])


def test_a_time_can_be_cleared_again_after_a_refused_act(desk):
    article = in_state("in_review")
    refused = fill(desk, change(article), act="ask_changes", expires_at="2040-01-01T10:00")
    desk.post(change(article), {**fields_of(refused), "expires_at": "", "act": ""})
    article.refresh_from_db()

    assert article.expires_at is None


def test_an_emptied_time_means_now(desk):
    article = in_state("withdrawn", at=publishing.timezone.now().replace(year=2020))
    fill(desk, change(article), act="publish", publish_at="")
    article.refresh_from_db()

    assert article.published_at.year > 2020


def test_an_untouched_embargo_keeps_its_seconds(desk):
    until = publishing.timezone.now().replace(year=2040, second=31, microsecond=0)
    article = draft(embargo_until=until)
    fill(desk, change(article), headline="Mine")
    article.refresh_from_db()

    assert article.embargo_until == until


def test_an_embargo_is_not_broken_without_the_right(desk):
    article = draft(embargo_until=publishing.timezone.now().replace(year=2040))
    answer = fill(desk, change(article), headline="Mine", embargo_until="")
    article.refresh_from_db()

    assert answer.status_code == 200
    assert "You may not do this" in answer.content.decode()
    assert fields_of(answer)["headline"] == ["Mine"]
    assert article.embargo_until is not None
    assert article.revisions.count() == 1  # all of it or nothing


def test_what_is_missing_for_print_is_said_at_its_field_and_the_text_is_saved(desk):
    photo = PhotoFactory(alt="", credit="")
    answer = fill(desk, ADD, headline="Without a section", **{"slides-0-photo": photo.pk})
    article = newest()
    answer = fill(desk, change(article), act="publish", standfirst="New words", publish_at="2040-01-01T12:00")
    page = answer.content.decode()

    assert answer.status_code == 200
    for sentence in ("Choose a section.", "has no alt text.", "has no credit."):
        assert sentence in page
    assert fields_of(answer)["publish_at"] == ["2040-01-01T12:00"]
    article.refresh_from_db()
    assert (article.status, article.standfirst) == (Status.DRAFT, "New words")


def test_after_a_refused_act_the_form_goes_on_from_the_saved_version(desk):
    article = in_state("in_review")
    refused = fill(desk, change(article), act="ask_changes", headline="Corrected")
    assert "Write a note: it says why." in refused.content.decode()
    answer = desk.post(change(article), {**fields_of(refused), "note": "Name the source.", "act": "ask_changes"})

    assert answer.status_code == 302
    article.refresh_from_db()
    assert (article.status, article.headline) == (Status.CHANGES_WANTED, "Corrected")
    assert "Name the source." in desk.get(change(article)).content.decode()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("headline", "x" * 10_000),
        ("standfirst", "y" * 501),
        ("slug", "z" * 121),
        ("label", "l" * 61),
        ("section", "999999"),
        ("section", "1; DROP TABLE"),
        ("genre", "poem"),
        ("language", "xx"),
        ("translation_of", "99999999999999999999"),
        ("bylines", "77777"),
        ("bylines", "not a number"),
        ("slides-0-photo", "77777"),
        ("comment_mode", "nonsense"),
        ("canonical_url", "javascript:alert(1)"),
        ("publish_at", "the day after"),
        ("embargo_until", "9999-99-99T00:00"),
        ("base", "999999999999999999999"),
        ("base", "-1"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_the_rest_kept(desk, name, value):
    article = draft(headline="As it was")
    sent = {**fields_of(desk.get(change(article))), "body": "<p>Long work.</p>", name: value}
    answer = desk.post(change(article), sent)

    assert answer.status_code == 200
    assert "sheet-error" in answer.content.decode() or "errornote" in answer.content.decode()
    assert fields_of(answer)["body"] == ["<p>Long work.</p>"]
    assert Article.objects.get(pk=article.pk).headline == "As it was"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ 7|add:7 }} {% now 'Y' %}",
        "مرحبا 🇪🇨 \u202ertl",
        "\u0000NUL \u0007bell",
        "'; DROP TABLE articles_article; --",
        "\u00a0 \u2003",
    ],
)
def test_hostile_text_is_harmless_in_every_field(desk, text):
    names = ("headline", "standfirst", "short_headline", "seo_headline", "label", "dateline", "source", "tags", "note")
    answer = fill(desk, ADD, body=f"<p>{text}</p>", section=draft().section_id, **dict.fromkeys(names, text))
    page = desk.get(answer.url if answer.status_code == 302 else ADD).content.decode()

    assert answer.status_code in {200, 302, 400}  # broken text may be refused at the door
    assert "<script>alert(1)</script>" not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"act": "publish"},
        {"act": "no-such-act"},
        {"slides-x-photo": "1"},
        {"slides-99999999-photo": "1"},
        {"slides-0-photo": "1", "slides-0-position": "𝟙"},
        {"slides-0-photo": "²"},
        {"bylines": ["1"] * 500},
    ],
)
def test_a_tampered_form_gets_an_answer(desk, sent):
    assert desk.post(ADD, sent).status_code in {200, 302, 400}
    assert desk.post(change(draft()), sent).status_code in {200, 302, 400, 409}


@pytest.mark.parametrize("url", ["0", "-1", "99999999999999999999", "abc", "1.5", "%00"])
def test_an_unknown_article_is_not_found(desk, url):
    assert desk.get(f"/admin/articles/article/{url}/change/").status_code in {302, 400, 404}
    assert desk.get(f"/admin/articles/article/{url}/preview/").status_code in {302, 400, 404}


def test_a_killed_article_can_only_be_read(desk):
    article = in_state("killed", headline="Gone")
    page = desk.get(change(article))
    assert "headline" not in fields_of(page)
    answer = desk.post(change(article), {"headline": "Back", "genre": "news", "language": "en", "act": "publish"})

    assert answer.status_code == 302
    article.refresh_from_db()
    assert (article.status, Content.from_json(article.latest_revision.content).headline) == (Status.KILLED, "Gone")


def test_an_article_trashed_meanwhile_keeps_nothing_but_says_so(desk):
    article = draft()
    sent = fields_of(desk.get(change(article)))
    publishing.trash(article=article, by=None)
    answer = desk.post(change(article), {**sent, "headline": "Mine", "act": "submit"}, follow=True)

    assert "In the trash" in answer.content.decode()
    assert Article.objects.get(pk=article.pk).status == Status.TRASH


def test_the_expiry_must_follow_the_publication(desk):
    article = live()
    answer = fill(desk, change(article), expires_at="2001-01-01T00:00")

    assert answer.status_code == 200
    assert "The article must expire after it is published." in answer.content.decode()
