"""What an article's page tells machines."""

import json
import re
from html import unescape

import pytest

from media.models import Photo
from tests.articles import stories
from tests.factories import BylineFactory, PhotoFactory

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


def page(client, article):
    response = client.get(article.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def json_ld(client, article):
    text = re.search(r'<script type="application/ld\+json">(.*?)</script>', page(client, article), re.DOTALL)[1]
    return {node["@type"]: node for node in json.loads(text)["@graph"]}


def properties(client, article):
    return {
        unescape(name): unescape(value)
        for name, value in re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', page(client, article))
    }


def test_news_article_says_what_the_page_says(client):
    byline = BylineFactory(name="Ana Ruiz")
    article = stories.live(
        headline="A dam", bylines=[byline], tags=["Rivers"], photos=[PhotoFactory(credit="Agency", size=(1600, 1000))]
    )
    node = json_ld(client, article)["NewsArticle"]
    assert node["headline"] == "A dam"
    assert node["author"] == [{"@type": "Person", "name": "Ana Ruiz", "url": SITE + byline.get_absolute_url()}]
    assert (node["articleSection"], node["keywords"], node["inLanguage"]) == ("News", ["Rivers"], "en")
    assert (node["commentCount"], node["isAccessibleForFree"]) == (0, True)
    assert node["datePublished"] == node["dateModified"] == article.published_at.isoformat(timespec="seconds")
    assert (node["image"]["width"], node["image"]["creditText"]) == (1200, "Agency")
    assert node["publisher"]["name"] == "Newsroom"
    assert client.get(node["image"]["url"].removeprefix(SITE)).status_code == 200


def test_breadcrumb_leads_to_the_article(client):
    article = stories.live(section_id=stories.section("news/latin-america").pk)
    steps = json_ld(client, article)["BreadcrumbList"]["itemListElement"]
    assert [step["name"] for step in steps] == ["News", "Latin America", article.headline]
    assert [step["item"] for step in steps][:2] == [f"{SITE}/news/", f"{SITE}/news/latin-america/"]


def test_update_moves_the_modified_date(client):
    article = stories.live()
    moment = article.published_at.replace(year=2031)
    type(article).objects.filter(pk=article.pk).update(updated_at=moment)
    assert json_ld(client, article)["NewsArticle"]["dateModified"] == moment.isoformat(timespec="seconds")


def test_open_graph_and_card(client):
    article = stories.live(headline="A dam", standfirst="It broke.", photos=[PhotoFactory(alt="A wall")])
    found = properties(client, article)
    assert (found["og:type"], found["og:title"], found["og:description"]) == ("article", "A dam", "It broke.")
    assert found["og:url"] == SITE + article.get_absolute_url()
    assert found["og:image"].startswith(f"{SITE}/photos/")
    assert (found["og:image:alt"], found["twitter:card"]) == ("A wall", "summary_large_image")
    assert f'<link rel="canonical" href="{found["og:url"]}">' in page(client, article)


def test_headline_for_search_engines_is_the_shared_title(client):
    assert properties(client, stories.live(seo_headline="Dam breaks"))["og:title"] == "Dam breaks"


def test_text_from_elsewhere_names_its_first_address(client):
    article = stories.live(canonical_url="https://other.example.org/story")
    assert '<link rel="canonical" href="https://other.example.org/story">' in page(client, article)


def test_photo_that_may_not_be_shown_is_not_shared(client):
    article = stories.live(photos=[PhotoFactory()])
    Photo.objects.update(do_not_publish=True)
    assert "/photos/" not in properties(client, article)["og:image"]
    assert "image" not in json_ld(client, article)["NewsArticle"]


def test_hostile_text_stays_data(client):
    hostile = '</script><script>alert(1)</script> & "x" \u2028'
    article = stories.live(headline=hostile, standfirst=hostile, tags=[hostile], bylines=[BylineFactory(name=hostile)])
    text = page(client, article)
    assert "<script>alert" not in text
    assert json_ld(client, article)["NewsArticle"]["headline"].startswith("</script><script>alert(1)</script> &")


def test_story_without_a_photo_or_author_names_the_newsroom(client):
    node = json_ld(client, stories.live())["NewsArticle"]
    assert node["author"][0]["name"] == "Newsroom"
    assert "image" not in node
