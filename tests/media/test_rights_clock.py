"""A photo whose right ends leaves every page, feed and preview by itself at its minute; the page stays as it was."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import publishing, search
from articles.content import SlideContent
from articles.models import Article, Genre
from media import renditions
from media.models import Photo, Stream
from tests import crawling, factories

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
CAPTION, CREDIT, ALT = "zqcaptionqz", "zqcreditqz", "zqaltqz"
STARTS = ["/", "/sitemap.xml", "/feeds/all.xml", "/live/", "/search/?q=harvest"]


@pytest.fixture
def end():
    return timezone.now() + timedelta(hours=1)


@pytest.fixture
def clock(monkeypatch):
    """``clock(moment)`` makes it that moment for everybody."""
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.fixture
def photo():
    return factories.PhotoFactory(size=(960, 640), caption=CAPTION, credit=CREDIT, alt=ALT)


@pytest.fixture
def addresses(photo):
    """Every kind of page on which the photo stands, by name."""
    section = factories.SectionFactory(name="Fields", slug="fields")
    author = factories.BylineFactory(name="Ana Writer", portrait=photo)
    given = {"section": section, "bylines": [author], "tags": ["Harvest"]}
    slides = [SlideContent(photo.pk, "", "")]
    body = f'<p>Harvest.</p><figure data-node="photo" data-id="{photo.pk}"></figure>'
    story = factories.LiveArticleFactory(headline="Harvest begins", slides=slides, body=body, **given)
    gallery = factories.LiveArticleFactory(headline="Harvest seen", genre=Genre.GALLERY, slides=slides, **given)
    nodes = (
        f'<aside data-node="related" data-ids="{story.pk}"></aside>'
        f'<figure data-node="gallery" data-id="{gallery.pk}"></figure>'
    )
    other = factories.LiveArticleFactory(headline="Harvest ends", body=f"<p>Harvest.</p>{nodes}", **given)
    factories.LiveArticleFactory(headline="Harvest judged", genre=Genre.OPINION, **given)
    Stream.objects.create(title="Channel", poster=photo, is_on_air=True, video_url="https://example.org/a.m3u8")
    search.index(Article.objects.values_list("pk", flat=True))
    return {
        "home": "/", "section": "/fields/", "article": story.get_absolute_url(), "gallery": gallery.get_absolute_url(),
        "other article": other.get_absolute_url(), "topic": "/topics/harvest/", "author": author.get_absolute_url(),
        "search": "/search/?q=harvest", "feed": "/feeds/all.xml", "section's feed": "/feeds/section/fields.xml", "live": "/live/",
    }  # fmt: skip


def seen(client, address, photo):
    text = crawling.Visit(address, client.get(address)).text
    return [word for word in (photo.key, CAPTION, CREDIT, ALT) if word in text]


def test_a_photo_leaves_every_page_at_its_minute_and_not_a_second_before(client, clock, end, photo, addresses):
    Photo.objects.update(valid_until=end)
    clock(end - SECOND)
    before = {name for name, address in addresses.items() if photo.key in seen(client, address, photo)}
    assert before == set(addresses)

    clock(end)
    assert {name: found for name, address in addresses.items() if (found := seen(client, address, photo))} == {}


def test_no_link_from_anywhere_leads_to_it_any_more(client, clock, end, photo, addresses):
    Photo.objects.update(valid_until=end)
    clock(end + SECOND)
    visits = list(crawling.crawl(client, STARTS))
    assert [visit.path for visit in visits if photo.key in visit.text or CAPTION in visit.text] == []
    assert set(addresses.values()) <= {visit.path for visit in visits}


@pytest.mark.parametrize("name", ["home", "section", "topic", "search"])
def test_a_neutral_frame_stands_in_its_place(client, clock, end, addresses, name):
    Photo.objects.update(valid_until=end)
    clock(end)
    assert "picture--missing" in client.get(addresses[name]).content.decode()


def test_previews_and_structured_data_lose_it_too(client, clock, end, photo, addresses):
    Photo.objects.update(valid_until=end)
    clock(end - SECOND)
    page = client.get(addresses["article"]).content.decode()
    assert 'property="og:image:type" content="image/jpeg"' in page
    assert '"ImageObject"' in page

    clock(end)
    page = client.get(addresses["article"]).content.decode()
    assert 'property="og:image:type" content="image/jpeg"' not in page
    assert photo.key not in page


def test_its_files_are_gone_at_the_same_second_whoever_kept_the_address(client, clock, end, photo):
    Photo.objects.update(valid_until=end)
    renditions.make_common(photo)
    kept = [renditions.address(photo, "3x2", 640, kind) for kind in renditions.EXTENSIONS]
    clock(end - SECOND)
    for address in kept:
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "public, max-age=1"
    clock(end)
    assert {client.get(address).status_code for address in kept} == {404}


def test_do_not_publish_holds_at_once_everywhere(client, photo, addresses):
    for address in addresses.values():
        assert client.get(address).status_code == 200
    photo.do_not_publish = True
    photo.save()
    assert {name: found for name, address in addresses.items() if (found := seen(client, address, photo))} == {}


def test_a_renewed_right_brings_it_back(client, clock, end, photo, addresses):
    Photo.objects.update(valid_until=end)
    clock(end)
    assert seen(client, addresses["article"], photo) == []
    Photo.objects.update(valid_until=end + timedelta(days=30))
    assert photo.key in seen(client, addresses["article"], photo)


def placed(photo, place):
    if place == "slide":
        return {"slides": [SlideContent(photo.pk, "", "")]}
    if place == "body":
        return {"body": f'<p>Words.</p><figure data-node="photo" data-id="{photo.pk}"></figure>'}
    return {"slides": [SlideContent(photo.pk, "", "")], "genre": Genre.GALLERY}


@pytest.mark.parametrize("place", ["slide", "body", "gallery"])
@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        ({"credit": "", "creator": ""}, "credit"),
        ({"alt": ""}, "alt"),
        ({"do_not_publish": True}, "rights"),
        ({"valid_until": timezone.now() - timedelta(minutes=1)}, "rights"),
    ],
)
def test_an_article_with_such_a_photo_is_not_published(place, trouble, code):
    photo = factories.PhotoFactory()
    Photo.objects.filter(pk=photo.pk).update(**trouble)
    article = factories.ArticleFactory(**placed(photo, place))
    with pytest.raises(publishing.NotFitToPrint) as refusal:
        publishing.publish(article=article, by=None)
    assert code in {failure.code for failure in refusal.value.failures}
    article.refresh_from_db()
    assert not article.is_public()


def test_a_right_that_ends_before_the_planned_hour_stops_the_plan():
    photo = factories.PhotoFactory(valid_until=timezone.now() + timedelta(hours=1))
    article = factories.ArticleFactory(**placed(photo, "slide"))
    with pytest.raises(publishing.NotFitToPrint):
        publishing.publish(article=article, by=None, at=timezone.now() + timedelta(hours=2))
