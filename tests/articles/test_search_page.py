"""The search page."""

import pytest

from articles import search
from tests.articles import stories

pytestmark = pytest.mark.django_db


def live(**given):
    article = stories.live(**given)
    search.index([article.pk])
    return article


def page(client, query="", **parameters):
    return client.get("/search/", {"q": query, **parameters} if query is not None else parameters)


def test_page_marks_what_was_found(client):
    article = live(headline="The zeppelin lands", body="<p>A <em>zeppelin</em> & more.</p>")
    text = page(client, "Zeppelin").content.decode()
    assert "The <mark>zeppelin</mark> lands" in text
    assert "A <mark>zeppelin</mark> &amp; more." in text
    assert article.get_absolute_url() in text


def test_page_is_kept_from_search_engines(client):
    response = page(client, "zeppelin")
    assert response["X-Robots-Tag"].startswith("noindex")
    assert 'name="robots" content="noindex' in response.content.decode()


def test_page_sets_no_cookie(client):
    assert not page(client, "zeppelin").cookies


def test_query_comes_back_escaped(client):
    text = page(client, '"><script>alert(1)</script>').content.decode()
    assert "<script>alert" not in text
    assert "&quot;&gt;&lt;script&gt;" in text


@pytest.mark.parametrize(
    "typed",
    ["'", '"', '"""', "* ( ) : ^ ~ NEAR( AND NOT OR", "a AND", "headline:x", "-", "-a", "a-", "%", "😀", "ﷺ", "!&|<->", "\\",
     "x" * 10_000, "a " * 5_000, '"' * 10_000, "\u202e" + "a", "\ufeff", "ｆｕｌｌ", "a\tb\nc", "{}", "'; DROP TABLE x; --", "𝒜" * 300],
)  # fmt: skip
def test_whatever_is_typed_answers_with_a_page(client, typed):
    live()
    assert page(client, typed).status_code == 200
    assert page(client, f"harbour {typed}").status_code == 200


@pytest.mark.parametrize("raw", ["q=%00", "q=%ff%fe", "q=%ed%a0%80", "section=%00"])
def test_broken_text_is_refused_with_a_sentence(client, raw):
    response = client.get(f"/search/?{raw}")
    assert response.status_code == 400
    assert response.content


@pytest.mark.parametrize("typed", ["...", "???", "😀", "-"])
def test_query_without_a_word_says_what_to_do(client, typed):
    assert "Type a word to search for" in page(client, typed).content.decode()


def test_overlong_query_says_that_it_was_cut(client):
    assert "Only the first 200 characters" in page(client, "a " * 300).content.decode()


def test_nothing_found_says_so(client):
    assert "No stories match “zepelin timetable”" in page(client, "zepelin timetable").content.decode()


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999999999999", "1.5", "", "²", "2"])
def test_page_that_does_not_exist_is_404(client, number):
    live()
    assert page(client, "harbour", page=number).status_code == 404


def test_second_page_goes_on_where_the_first_ended(client):
    for number in range(11):
        live(headline=f"Zeppelin {number}")
    first, second = page(client, "zeppelin"), page(client, "zeppelin", page=2)
    assert [len(first.context["page"].hits), len(second.context["page"].hits)] == [10, 1]
    assert 'rel="next"' in first.content.decode()
    assert "11–11 of 11" in second.content.decode()


def test_one_page_of_results_has_no_pager_and_a_breaking_story_is_red(client):
    live(headline="Zeppelin down", stage="flash")
    text = page(client, "zeppelin").content.decode()
    assert 'class="pager"' not in text
    assert 'class="card__kicker card__kicker--urgent">Breaking' in text


def test_filters_stay_on_the_way_to_the_next_page(client):
    for number in range(11):
        live(headline=f"Zeppelin {number}")
    response = page(client, "zeppelin", section="news", kind="news", when="week", order="newest")
    assert response.context["page"].next_url == "?q=zeppelin&order=newest&section=news&kind=news&when=week&page=2"


def test_chip_takes_its_filter_away(client):
    live(headline="Zeppelin")
    chips = page(client, "zeppelin", section="news", kind="news").context["chips"]
    assert [(chip.label, chip.url) for chip in chips] == [
        ("News", "?q=zeppelin&kind=news"),
        ("News", "?q=zeppelin&section=news"),
    ]


@pytest.mark.parametrize("given", [{"section": "gone"}, {"kind": "gone"}, {"when": "gone"}, {"order": "gone"}])
def test_unknown_filter_is_passed_over(client, given):
    live(headline="Zeppelin")
    assert page(client, "zeppelin", **given).context["total"] == 1


def test_page_speaks_the_language_asked_for(client):
    assert page(client, "zeppelin", lang="es")["Content-Language"] == "es"


def test_post_is_refused(client):
    assert client.post("/search/", {"q": "x"}).status_code == 405


@pytest.mark.parametrize("count", [1, 10])
def test_page_costs_three_queries(client, count, django_assert_num_queries):
    for number in range(count):
        live(headline=f"Zeppelin {number}")
    page(client, "warm")
    with django_assert_num_queries(3):
        page(client, "zeppelin")


def test_words_that_find_nothing_lead_to_near_ones_that_do(client):
    live(headline="The zeppelin timetable", standfirst="It flies on Zürich's lake.")
    answer = page(client, "zepelin timetabel").content.decode()
    assert "No stories match “zepelin timetabel”." in answer
    assert '<a href="?q=zeppelin%20timetable">zeppelin timetable</a>' in answer
    assert page(client, "zuerich zepelin").context["suggested"] == "zürich zeppelin"


@pytest.mark.parametrize("typed", ["zeppelin", "qqqqqq", "zzzzzzeppelin", "a b c d e f zepelin", '"zepelin', "1234567"])
def test_nothing_is_suggested_that_would_not_help(client, typed):
    live(headline="The zeppelin timetable")
    assert page(client, typed).context["suggested"] == ("" if '"' not in typed else '"zeppelin')


def test_a_story_that_is_not_public_suggests_nothing(client):
    stories.draft(headline="Secretariat")
    assert page(client, "secretariet").context["suggested"] == ""
