"""Translating on the desk: begun with a button, written beside the original, marked as up to date."""

from dataclasses import replace

import pytest

from articles import publishing, translations
from articles.content import Content
from articles.models import Article, Translation
from newsroom.models import SiteIdentity
from tests.articles.sheets import buttons_of, change, fields_of, fill
from tests.articles.stories import live, person, section
from tests.factories import SectionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def editions(db):
    SiteIdentity.load()
    SiteIdentity.objects.update(languages=["en", "es"])
    SectionFactory(name="Noticias", slug="noticias", language="es", translation_of=section())


@pytest.fixture
def original():
    return live(headline="The port opens", body="<p>On Monday the cranes move.</p><p>Nobody speaks.</p>")


@pytest.fixture
def spanish(original):
    return translations.begin(article=original, language="es", by=None)


def about(article):
    return f"/admin/articles/article/{article.pk}/translations/"


def rewrite(article, body):
    said = replace(Content.from_json(article.latest_revision.content), body=body)
    publishing.save(article=article, content=said, by=None, base=None)
    publishing.update(article=article, by=None)


def is_stale(article):
    return Translation.objects.get(article=article).is_stale


def test_a_reporter_begins_a_translation_and_writes_it_beside_the_original(client, original):
    client.force_login(person("Reporter"))
    answer = client.post(about(original), {"language": "es"})
    made = Article.objects.get(translation_of=original)
    assert answer.url == f"{change(made)}?beside=original"
    again = client.post(about(original), {"language": "es"})
    assert again.url == answer.url
    sheet = client.get(answer.url)
    assert (
        "On Monday the cranes move."
        in sheet.content.decode().split('<details class="original')[1].split("</details>")[0]
    )
    saved = client.post(answer.url, {**fields_of(sheet), "headline": "El puerto abre", "act": ""})
    assert saved.url == answer.url
    assert Article.objects.get(pk=made.pk).headline == "El puerto abre"


def test_hostile_or_odd_choices_begin_nothing(client, original):
    client.force_login(person("Reporter"))
    for language in ("", "en", "xx", "\x00", "x" * 5000):
        assert client.post(about(original), {"language": language}).status_code == 302
    client.post(about(original), {"seen": "\x00' --"})
    assert Article.objects.count() == 1
    client.force_login(person("Moderator"))
    assert client.post(about(original), {"language": "es"}).status_code in {302, 403}
    assert Article.objects.count() == 1


def test_the_words_that_changed_in_the_original_are_marked_until_it_is_up_to_date(client, original, spanish):
    rewrite(original, "<p>On Tuesday the cranes move.</p><p>A new one.</p><p>Nobody speaks.</p>")
    client.force_login(person("Editor"))
    html = client.get(about(spanish)).content.decode()
    assert "<del><span" in html
    assert "Monday</del>" in html
    assert "Tuesday</ins>" in html
    assert "Out of date" in html
    listed = client.get("/admin/articles/article/?state=stale").content.decode()
    assert spanish.headline in listed
    sheet = client.get(f"{change(spanish)}?beside=original")
    assert "translation_current" in buttons_of(sheet)
    client.post(change(spanish), {**fields_of(sheet), "headline": "El puerto", "act": "translation_current"})
    assert not is_stale(spanish)
    assert "Monday</del>" not in client.get(about(spanish)).content.decode()
    assert "0 articles" in client.get("/admin/articles/article/?state=stale").content.decode()


def test_a_mark_on_the_page_is_taken_once_the_original_is_seen(client, original, spanish):
    rewrite(original, "<p>Two.</p>")
    client.force_login(person("Editor"))
    mark = client.get(about(spanish)).context["beside"].mark
    rewrite(original, "<p>Three.</p>")
    answer = client.post(about(spanish), {"seen": mark}, follow=True)
    assert "has changed once more" in answer.content.decode()
    assert is_stale(spanish)
    client.post(about(spanish), {"seen": client.get(about(spanish)).context["beside"].mark})
    assert not is_stale(spanish)


def test_an_update_published_beside_the_original_is_up_to_date_and_one_without_is_not(client, original, spanish):
    publishing.publish(article=spanish, by=None)
    rewrite(original, "<p>Two.</p>")
    client.force_login(person("Editor"))
    fill(client, change(spanish), "update", headline="Uno")
    assert is_stale(spanish)
    fill(client, f"{change(spanish)}?beside=original", "update", headline="Dos")
    assert Article.objects.get(pk=spanish.pk).headline == "Dos"
    assert not is_stale(spanish)


def test_an_original_that_is_closed_to_the_translator_is_not_shown(client, original):
    secret = publishing.create(content=replace(Content(), headline="Zqsecret"), by=None)
    made = publishing.create(content=Content(headline="Uno", language="es", translation_of_id=secret.pk), by=None)
    guest = person("Contributor")
    Article.objects.filter(pk=made.pk).update(created_by=guest)
    client.force_login(guest)
    assert "Zqsecret" not in client.get(about(made)).content.decode()
    assert 'class="original' not in client.get(f"{change(made)}?beside=original").content.decode()
