"""The dashboard's figures: counted by day of the site's zone, drawn with words for who cannot see them, at a fixed price."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import figures, publishing
from articles.content import Content
from articles.missing import missing
from articles.models import Article, EditorialAct
from comments import moderation
from newsroom import charts
from tests.factories import (
    ArticleFactory,
    CommentFactory,
    LiveArticleFactory,
    PhotoFactory,
    PublishedCommentFactory,
    SectionFactory,
    content,
)

DESK = "/admin/"


def charts_of(client):
    return {panel["chart"].title: panel["chart"] for panel in client.get(DESK).context["panels"] if "chart" in panel}


def queries(client, connection):
    """Of the second look: the first one fills what the process keeps."""
    client.get(DESK)
    with CaptureQueriesContext(connection) as found:
        assert client.get(DESK).status_code == 200
    return len(found)


@pytest.mark.django_db
def test_published_articles_are_counted_on_their_day_of_the_zone(settings):
    with timezone.override("America/Bogota"):
        days = charts.last_days(datetime(2026, 3, 11, 4, 30, tzinfo=UTC))  # still the tenth in Bogotá
        LiveArticleFactory(at=charts.begins(date(2026, 3, 9)))
        LiveArticleFactory(at=charts.begins(date(2026, 3, 9)) - timedelta(seconds=1))
        LiveArticleFactory(at=charts.begins(days[0]) - timedelta(seconds=1))
        counted = figures.published_per_day(days, datetime(2026, 3, 11, 4, 30, tzinfo=UTC))

    assert days[-1] == date(2026, 3, 10)
    assert len(days) == 14
    assert (counted[-3], counted[-2], sum(counted)) == (1, 1, 2)


@pytest.mark.django_db
def test_a_day_on_which_the_clock_changes_keeps_its_hours():
    with timezone.override("Europe/Madrid"):
        short = date(2026, 3, 29)
        LiveArticleFactory(at=datetime(2026, 3, 28, 23, 0, tzinfo=UTC))  # midnight
        LiveArticleFactory(at=datetime(2026, 3, 29, 21, 59, tzinfo=UTC))  # 23:59, summer time by now
        LiveArticleFactory(at=datetime(2026, 3, 29, 22, 0, tzinfo=UTC))
        days = [short, short + timedelta(days=1)]
        counted = figures.published_per_day(days, datetime(2026, 4, 1, tzinfo=UTC))

        assert charts.begins(days[1]) - charts.begins(short).astimezone(UTC) == timedelta(hours=23)
    assert counted == [2, 1]


@pytest.mark.django_db
def test_what_lies_ahead_or_was_withdrawn_is_not_counted(client, publisher):
    LiveArticleFactory(at=timezone.now() - timedelta(minutes=1))
    ArticleFactory(state="scheduled", at=timezone.now() + timedelta(minutes=5))
    ArticleFactory(state="withdrawn")
    client.force_login(publisher)
    chart = charts_of(client)["Published"]

    assert chart.number == "1"
    assert [row.pk for row in client.get(chart.url).context["cl"].queryset] == [Article.objects.order_by("pk")[0].pk]


@pytest.mark.django_db
def test_time_in_review_runs_from_the_last_sending(editor):
    article = ArticleFactory()
    now = timezone.now()
    for act, before in [("submit", 300), ("ask_changes", 200), ("submit", 90), ("approve", 30)]:
        getattr(publishing, act)(article=article, by=None, **({"note": "More."} if act == "ask_changes" else {}))
        EditorialAct.objects.filter(pk=article.acts.latest("pk").pk).update(at=now - timedelta(minutes=before))
    days = charts.last_days(now)
    spans = [value for value in figures.review_medians(days) if value is not None]

    assert sum(spans) / len(spans) == 80 * 60  # 100 and 60 minutes, on one day or on two


@pytest.mark.django_db
def test_what_left_review_for_the_trash_is_no_review(editor):
    article = ArticleFactory(state="in_review")
    publishing.trash(article=article, by=editor)

    assert figures.review_medians(charts.last_days()) == [None] * 14


@pytest.mark.django_db
def test_comments_are_counted_by_what_became_of_them(client, publisher):
    for _number in range(3):
        PublishedCommentFactory()
    moderation.reject(comment=CommentFactory(), by=publisher)
    CommentFactory()
    client.force_login(publisher)
    chart = charts_of(client)["Comments"]

    assert (chart.number, chart.about) == ("4", "in 14 days, 25% rejected")
    assert chart.rows[-1][1] == ["3", "1"]
    assert chart.label == "3 comments approved and 1 rejected in 14 days. Today: 3 and 1."


@pytest.mark.django_db
def test_every_chart_is_drawn_with_a_sentence_and_a_table(client, publisher):
    PublishedCommentFactory()
    client.force_login(publisher)
    page = client.get(DESK).content.decode()

    assert page.count('role="img" aria-label="') == 4
    assert page.count("Show as table") == 4
    assert 'style="' not in page


@pytest.mark.django_db
def test_people_see_only_charts_of_what_they_may_do(client, reporter, moderator, photo_editor):
    for person, seen in [
        (reporter, {"Published", "Page views"}),
        (moderator, {"Published", "Page views", "Comments"}),
        (photo_editor, {"Published", "Page views"}),
    ]:
        client.force_login(person)
        assert set(charts_of(client)) == seen


@pytest.mark.django_db
def test_most_commented_today_names_the_talk_of_the_day(client, publisher):
    quiet, loud = LiveArticleFactory(headline="A quiet one"), LiveArticleFactory(headline="A loud one")
    PublishedCommentFactory(article=quiet)
    for _number in range(2):
        PublishedCommentFactory(article=loud)
    PublishedCommentFactory(article=quiet, decided_at=timezone.now() - timedelta(days=2))
    CommentFactory(article=quiet)
    client.force_login(publisher)
    panel = next(p for p in client.get(DESK).context["panels"] if p["template"].endswith("_most_panel.html"))

    assert [(row["article"], row["number"]) for row in panel["rows"]] == [(loud, 2), (quiet, 1)]


@pytest.mark.django_db
def test_the_dashboard_costs_the_same_for_many_rows(client, publisher):
    from django.db import connection

    def fill():
        photo, section = PhotoFactory(alt=""), SectionFactory()
        ArticleFactory(by=publisher, photos=[photo], section=section, headline="")
        ArticleFactory(state="in_review", section=section)
        ArticleFactory(state="scheduled", section=section)
        CommentFactory(article=LiveArticleFactory(section=section))
        PublishedCommentFactory(article=LiveArticleFactory(section=section))

    client.force_login(publisher)
    fill()
    few = queries(client, connection)
    for _number in range(6):
        fill()

    assert queries(client, connection) == few
    assert few < 60


@pytest.mark.django_db
def test_a_draft_says_what_it_lacks():
    photo = PhotoFactory(alt="", credit="")
    bare = content(headline="", body="", section_id=None)
    shown = content(headline="Shown", photos=[photo])

    assert missing([bare, shown, Content(headline="A", body="<p>b</p>", section_id=shown.section_id)]) == [
        "headline, section, text",
        "alt text on 1 photo, credit on 1 photo",
        "",
    ]


def test_columns_stand_on_each_other():
    low, high = charts.stacked([[2, 0], [2, 0]])

    assert (low.series, high.series) == (0, 1)
    assert high.y + high.height <= low.y
    assert charts.stacked([[0, 0]]) == []


def test_a_day_without_a_value_breaks_the_line():
    lines, dot = charts.polyline([1.0, 2.0, None, 2.0])

    assert len(lines) == 2
    assert dot == (245.0, 4.0)
    assert charts.polyline([None, None]) == ([], None)


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0 min"), (59 * 60, "59 min"), (3600, "1 h"), (6600, "1 h 50"), (93600, "26 h")]
)
def test_spans_are_short(seconds, words):
    assert charts.duration(seconds) == words


def test_a_panel_says_how_many_its_list_holds(publisher, client):
    for _ in range(4):
        CommentFactory()
    client.force_login(publisher)

    page = client.get("/admin/").content.decode()

    assert ">All 4<" in page
