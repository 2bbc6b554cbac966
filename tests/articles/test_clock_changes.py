"""The nights on which the clocks change: what cannot be meant is refused with a sentence, what was shown comes back."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.admin.widgets import Moment
from articles.models import Article
from tests.articles.sheets import change, fields_of, fill
from tests.articles.stories import draft, in_state

FORWARD, BACK = "2027-03-28T02:30", "2027-10-31T02:30"


@pytest.fixture(autouse=True)
def _madrid(settings):
    settings.TIME_ZONE = "Europe/Madrid"
    timezone.get_default_timezone.cache_clear()
    yield
    timezone.get_default_timezone.cache_clear()


@pytest.mark.once
@pytest.mark.parametrize(("typed", "says"), [(FORWARD, "leave 02:30 out"), (BACK, "02:30 comes twice")])
def test_an_hour_that_is_not_or_is_twice_gets_a_sentence(typed, says):
    with pytest.raises(ValidationError, match=says):
        Moment().clean(typed)


@pytest.mark.once
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2027-03-28T01:59", datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        ("2027-03-28T03:00", datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        ("2027-10-31T01:59", datetime(2027, 10, 30, 23, 59, tzinfo=UTC)),
        ("2027-10-31T03:00", datetime(2027, 10, 31, 2, 0, tzinfo=UTC)),
    ],
)
def test_the_minutes_around_it_are_what_they_were(typed, meant):
    assert Moment().clean(typed) == meant


@pytest.mark.django_db
def test_the_text_typed_beside_such_a_time_comes_back(client, editor):
    article = draft()
    client.force_login(editor)
    answer = fill(client, change(article), "", headline="Typed with care", publish_at=FORWARD)
    page = answer.content.decode()
    assert "The clocks go forward that day and leave 02:30 out." in page
    assert "Typed with care" in page
    assert FORWARD in page


@pytest.mark.django_db
def test_an_article_that_came_out_in_the_hour_that_came_twice_can_still_be_saved(client, editor):
    second = datetime(2020, 10, 25, 1, 30, 12, tzinfo=UTC)  # the second 02:30 of that night
    article = in_state("withdrawn", at=second)
    client.force_login(editor)
    assert fields_of(client.get(change(article)))["publish_at"] == ["2020-10-25T02:30"]
    assert fill(client, change(article), "", headline="Mended").status_code == 302
    article = Article.objects.get(pk=article.pk)
    assert (article.headline, article.published_at) == ("Mended", second)
