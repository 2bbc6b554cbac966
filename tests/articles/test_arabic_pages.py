"""Readers of the Arabic edition read no English of ours."""

import re

import pytest

from newsroom.models import SiteIdentity
from tests import catalogue
from tests.articles import stories
from tests.factories import BylineFactory, PhotoFactory, PublishedCommentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
OWN_NAMES = {"English"}  # a language is called by its own name
WORDS = re.compile(r">([^<>]*[A-Za-z][^<>]*)<|(?:aria-label|placeholder|alt)=\"([^\"]*[A-Za-z][^\"]*)\"")


@pytest.fixture
def arabic():
    """An article of the Arabic edition with all that a page can have."""
    site = SiteIdentity.load()
    site.languages = ["en", "ar"]
    site.save()
    section = stories.section("akhbar")
    section.language = "ar"
    section.save()
    made = {"language": "ar", "section_id": section.pk, "photos": [PhotoFactory(), PhotoFactory()]}
    other = stories.live(headline="الرافعة", **made)
    article = stories.live(
        headline="الميناء",
        body=f'<p>عادت الرافعات.</p><aside data-node="related" data-ids="{other.pk}"></aside>',
        bylines=[BylineFactory(name="سلمى")],
        tags=["موانئ"],
        **made,
    )
    first = PublishedCommentFactory(article=article, body="نعم")
    PublishedCommentFactory(article=article, parent=first, body="لا")
    return article


def test_no_page_of_the_arabic_edition_says_a_sentence_in_english(client, arabic):
    ours = {text.strip() for _context, text in catalogue.wanted()} - OWN_NAMES
    pages = [arabic.get_absolute_url(), "/ar/", "/akhbar/", "/ar/archive/", "/ar/corrections/", "/search/?lang=ar&q=x"]
    pages += [f"/comments/{arabic.pk}/new/", "/text/ar/", "/nowhere/?lang=ar"]
    english = {}
    for address in pages:
        html = re.sub(r"(?s)<(script|style|title).*?</\1>", "", client.get(address).content.decode())
        said = {(one or two).strip() for one, two in WORDS.findall(html[html.index("<body") :])}
        english[address] = said & ours
    assert {address: words for address, words in english.items() if words} == {}
