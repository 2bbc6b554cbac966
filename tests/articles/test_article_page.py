"""The article's page: its address, what it shows and in which order, and what it costs."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.utils import timezone

from articles import publishing
from articles.models import Status
from newsroom.models import SiteIdentity, SocialLink
from tests.articles.stories import content, in_state, live, section

pytestmark = pytest.mark.django_db


def words(response):
    """The visible words of a page, in order."""
    html = re.sub(r"(?s)<(script|style|svg|template|head)\b.*?</\1>", " ", response.content.decode())
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def in_order(text, *strings):
    place = 0
    for string in strings:
        found = text.find(string, place)
        assert found >= 0, f"{string!r} is missing after {text[max(0, place - 60) : place]!r}"
        place = found + len(string)


def test_the_address_is_section_slug_and_id(client):
    article = live(headline="Port opens", section_id=section("news/latin-america").pk)
    assert article.get_absolute_url() == f"/news/latin-america/port-opens-{article.pk}/"
    assert client.get(article.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("address", ["/world/port-opens-{}/", "/news/older-headline-{}/", "/news/-{}/"])
def test_any_other_address_with_its_id_leads_to_it(client, address):
    article = live(headline="Port opens")
    response = client.get(address.format(article.pk))
    assert (response.status_code, response["Location"]) == (301, article.get_absolute_url())
    response = client.get(address.format(article.pk), {"photo": "5 & a\r\nX: y"})
    assert response["Location"] == f"{article.get_absolute_url()}?photo=5+%26+a%0D%0AX%3A+y"


@pytest.mark.parametrize("state", [s for s in Status.values if s not in {Status.LIVE, Status.KILLED}])
def test_what_is_not_public_answers_404(client, state):
    assert client.get(in_state(state).get_absolute_url()).status_code == 404


def test_a_killed_article_answers_410_with_its_sentence(client):
    article = in_state(Status.KILLED, headline="Secret words")
    response = client.get(article.get_absolute_url())
    assert response.status_code == 410
    assert b"For a reason." in response.content
    assert b"Secret words" not in response.content


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_a_page_cannot_be_written_to(client, method):
    assert getattr(client, method)(live().get_absolute_url()).status_code == 405


@pytest.mark.parametrize(
    "address",
    [
        "/news/x-999999999999999999/",
        "/news/x-9999999999999999999999/",
        "/%00/",
        "/news/?before=x",
        "/news/?before=1-2&page=0",
        "/news/%ff-1/",
    ],
)
def test_a_broken_address_is_never_a_server_error(client, address):
    section()
    assert 400 <= client.get(address).status_code < 500


def test_the_page_says_everything_in_the_order_of_the_design(client):
    site = SiteIdentity.load()
    for position, label in enumerate(["google plus", "facebook", "twitter"]):
        SocialLink.objects.create(site=site, label=label, url="https://example.org/", position=position)
    other = live(headline="An earlier story")
    body = f'<p>First paragraph.</p><aside data-node="related" data-ids="{other.pk}"></aside><p>The rest.</p>'
    article = live(
        at=datetime(2018, 11, 2, 15, tzinfo=UTC), headline="Two ports sign", genre="opinion", standfirst="They also met.",
        body=body, section_id=section("news/latin-america").pk,
    )  # fmt: skip
    text = words(client.get(article.get_absolute_url()))
    in_order(
        text, "Live", "Audio Only", "google plus", "facebook", "twitter", "News", ">", "Latin America", "Two ports sign",
        "Published", "2 November 2018", "Opinion", "They also met.", "First paragraph.", "RELATED:", "An earlier story", "The rest.",
        "Comment", "0", "Comments", "Post with no comments.",
    )  # fmt: skip


def test_a_page_sets_no_cookie_and_is_the_same_for_everyone(client, admin_client):
    address = live().get_absolute_url()
    anonymous, signed_in = client.get(address), admin_client.get(address)
    assert not anonymous.cookies
    assert "Cookie" not in anonymous.headers.get("Vary", "")
    assert anonymous.content == signed_in.content


def test_an_unchanged_page_is_not_sent_again(client):
    address = live().get_absolute_url()
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


def test_the_page_costs_the_same_however_much_there_is(client, django_assert_max_num_queries):
    articles = [live(tags=["Ports"]) for _ in range(12)]
    client.get(articles[0].get_absolute_url())
    with django_assert_max_num_queries(8):
        client.get(articles[0].get_absolute_url())


def test_an_arabic_article_reads_right_to_left(client):
    html = client.get(live(language="ar", headline="الميناء يفتح").get_absolute_url()).content.decode()
    assert re.search(r'<html[^>]*lang="ar"[^>]*dir="rtl"', html)


def test_a_translation_links_its_original(client):
    original = live(headline="Port opens")
    translated = live(headline="El puerto abre", language="es", translation_of_id=original.pk)
    html = client.get(original.get_absolute_url()).content.decode()
    assert f'hreflang="es" href="http://127.0.0.1:8000{translated.get_absolute_url()}"' in html


def test_updated_is_shown_after_an_update_of_substance_only(client):
    article = live(headline="Befor", at=timezone.now() - timedelta(days=3))
    assert "Updated" not in words(client.get(article.get_absolute_url()))
    publishing.save(article=article, content=content(headline="Before", body="<p>More.</p>"), by=None, base=1)
    publishing.update(article=article, by=None)
    assert "Updated" in words(client.get(article.get_absolute_url()))


@pytest.mark.parametrize("days", [364, 366, 3 * 365 + 1])
def test_an_old_story_says_so(client, days):
    expected = {366: "more than a year old", 1096: "more than 3 years old"}.get(days, "")
    text = words(client.get(live(at=timezone.now() - timedelta(days=days)).get_absolute_url()))
    assert ("This story is more than" in text) == bool(expected)
    assert expected in text
