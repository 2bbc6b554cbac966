"""What readers and machines learn of a story in other languages: all that is public at that moment, and nothing else."""

import json
import re

import pytest

from articles import publishing, translations
from newsroom.models import SiteIdentity
from tests.articles.stories import live
from tests.factories import SectionFactory

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


@pytest.fixture(autouse=True)
def editions(db):
    SiteIdentity.load()
    SiteIdentity.objects.update(languages=["en", "es", "ar"])


@pytest.fixture
def original():
    section = SectionFactory(name="World", slug="world")
    SectionFactory(name="Mundo", slug="mundo", language="es", translation_of=section)
    return live(section_id=section.pk, headline="The port opens")


@pytest.fixture
def spanish(original):
    return translations.begin(article=original, language="es", by=None)


def links(html):
    return dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', html))


def story(html):
    return json.loads(re.search(r'application/ld\+json">(.*?)</script>', html)[1])["@graph"][0]


def page(client, article):
    return client.get(article.get_absolute_url()).content.decode()


def test_a_translation_is_linked_from_its_publication_to_its_withdrawal(client, original, spanish):
    assert links(page(client, original)) == {}
    publishing.publish(article=spanish, by=None)
    here, there = SITE + original.get_absolute_url(), SITE + spanish.get_absolute_url()
    for each in (original, spanish):
        assert links(page(client, each)) == {"en": here, "es": there, "x-default": here}
    publishing.withdraw(article=spanish, by=None, note="For a reason.")
    assert links(page(client, original)) == {}
    assert spanish.get_absolute_url() not in page(client, original)


def test_the_page_says_its_language_and_leads_to_the_others(client, original, spanish):
    publishing.publish(article=spanish, by=None)
    html = page(client, spanish)
    assert '<html lang="es" dir="ltr">' in html
    assert '<meta property="og:locale:alternate" content="en">' in html
    assert f'<a href="{original.get_absolute_url()}" hreflang="en" lang="en" dir="ltr">English</a>' in html
    assert story(html)["translationOfWork"]["@id"] == f"{SITE}{original.get_absolute_url()}#article"
    work = story(page(client, original))["workTranslation"]
    assert [(each["inLanguage"], each["@id"]) for each in work] == [
        ("es", f"{SITE}{spanish.get_absolute_url()}#article")
    ]


def test_without_its_original_a_translation_stands_for_every_language(client, original, spanish):
    arabic = live(language="ar", translation_of_id=original.pk)
    publishing.publish(article=spanish, by=None)
    publishing.withdraw(article=original, by=None, note="For a reason.")
    here, there = SITE + spanish.get_absolute_url(), SITE + arabic.get_absolute_url()
    assert links(page(client, spanish)) == {"es": here, "ar": there, "x-default": here}
    assert "translationOfWork" not in story(page(client, spanish))


def test_the_sitemap_links_public_languages_only(client, original, spanish):
    assert "xhtml:link" not in client.get("/sitemaps/articles-0.xml").content.decode()
    publishing.publish(article=spanish, by=None)
    text = client.get("/sitemaps/articles-0.xml").content.decode()
    for code, each in (("en", original), ("es", spanish)):
        link = f'<xhtml:link rel="alternate" hreflang="{code}" href="{SITE}{each.get_absolute_url()}"/>'
        assert text.count(link) == 2


def test_a_section_leads_to_its_counterpart_and_home_to_every_edition(client, original):
    html = client.get("/world/").content.decode()
    assert links(html) == {"en": f"{SITE}/world/", "es": f"{SITE}/mundo/"}
    assert '<a href="/mundo/" lang="es"' in html
    assert links(client.get("/es/").content.decode()) == {
        "en": f"{SITE}/", "es": f"{SITE}/es/", "ar": f"{SITE}/ar/", "x-default": f"{SITE}/",
    }  # fmt: skip
    assert 'href="/feeds/es.xml"' in client.get("/es/").content.decode()
