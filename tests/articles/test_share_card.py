"""The picture of a page that has no photo."""

import io
import re

import pytest
from PIL import Image

from articles import share_card
from articles.models import Article, Status
from newsroom.models import SiteIdentity
from tests.articles.stories import live

pytestmark = pytest.mark.django_db
IMAGE = re.compile(r'property="og:image" content="http://[^/]+([^"]+)"')


def image_of(client, address):
    return IMAGE.search(client.get(address).content.decode())[1]


@pytest.mark.parametrize("headline", ["Short", "Ćwierć wieku pod żaglem", "A harbour " * 20, "W" * 90, "الميناء"])
def test_a_page_without_a_photo_is_shared_with_its_words(client, headline):
    answer = client.get(image_of(client, live(headline=headline).get_absolute_url()))
    image = Image.open(io.BytesIO(answer.content))
    assert (answer["Content-Type"], image.format, image.size) == ("image/png", "PNG", (1200, 630))
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert not answer.cookies
    assert len(answer.content) < 40_000


def test_other_words_make_another_picture_and_the_old_address_leads_there(client):
    article = live(headline="Before")
    old = image_of(client, article.get_absolute_url())
    Article.objects.filter(pk=article.pk).update(headline="After")
    new = image_of(client, article.get_absolute_url())
    assert new != old
    assert client.get(old).url == new
    assert client.get(new).content != client.get(image_of(client, "/")).content


def test_a_story_that_is_not_public_has_no_picture(client):
    article = live()
    address = image_of(client, article.get_absolute_url())
    kept = client.get(address)
    assert kept["Cache-Tag"] == f"article-{article.pk}"
    assert client.get(address, headers={"If-None-Match": kept["ETag"]}).status_code == 304
    Article.objects.filter(pk=article.pk).update(status=Status.WITHDRAWN)
    assert client.get(address, headers={"If-None-Match": kept["ETag"]}).status_code == 404
    assert client.get("/cards/999999-0123456789abcdef.png").status_code == 404


def test_the_same_words_are_drawn_once():
    card = share_card.card_of(live(), SiteIdentity.load())
    first, begun = share_card.drawn(card), share_card._font.cache_info()
    assert share_card.drawn(card) == first
    assert share_card._font.cache_info() == begun


def test_a_headline_that_the_fonts_lack_leaves_the_sites_name(client):
    card = share_card.card_of(live(headline="الميناء", language="ar"), SiteIdentity.load())
    assert card.headline == SiteIdentity.load().name


@pytest.mark.once
def test_the_picture_knows_the_characters_that_browsers_are_promised(settings):
    rules = (settings.BASE_DIR / "newsroom/static/newsroom/css/fonts.css").read_text()
    promised = {text.replace("U+", "").replace(" ", "") for text in re.findall(r"unicode-range: ([^;]+);", rules)}
    assert promised == {share_card.LATIN, share_card.EXTENDED}


def test_the_pages_of_the_site_itself_are_shared_with_its_name_once():
    card = share_card.card_of(None, SiteIdentity.load())
    assert card.headline == card.site_name
    drawings = [share_card.draw(share_card.Card(words, "", words)) for words in ("Meridian", "M" * 200)]
    assert [Image.open(io.BytesIO(each)).size for each in drawings] == [share_card.SIZE, share_card.SIZE]
