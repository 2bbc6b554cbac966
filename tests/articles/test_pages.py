"""Pages outside the sections: about us, contact."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from articles.models import Page
from tests.factories import ArticleFactory, LiveArticleFactory, PhotoFactory, SectionFactory

pytestmark = pytest.mark.django_db


def page(**fields):
    return Page.objects.create(**{"title": "About us", "slug": "about", "body": "<p>Words.</p>", **fields})


def test_a_page_stands_at_its_own_address_and_in_the_footer(client):
    page(summary="Who we are.")
    html = client.get("/about/").content.decode()
    assert '<h1 class="headline">About us</h1>' in html
    assert 'href="/about/">About us</a>' in client.get("/").content.decode()


def test_a_page_that_is_not_public_is_nowhere(client):
    page(is_public=False)
    assert client.get("/about/").status_code == 404
    assert "About us" not in client.get("/").content.decode() + client.get("/sitemaps/pages.xml").content.decode()


def test_a_page_leads_to_public_articles_only_and_shows_its_photos(client):
    shown, hidden, photo = (
        LiveArticleFactory(headline="Shown"),
        ArticleFactory(headline="Hidden"),
        PhotoFactory(alt="Our house"),
    )
    page(
        body=f'<aside data-node="related" data-ids="{shown.pk},{hidden.pk}"></aside><figure data-node="photo" data-id="{photo.pk}"></figure>'
    )
    html = client.get("/about/").content.decode()
    assert "Shown" in html and "Our house" in html and "Hidden" not in html


def test_a_photo_of_a_page_cannot_be_deleted():
    photo = PhotoFactory()
    made = page(body=f'<figure data-node="photo" data-id="{photo.pk}"></figure>')
    with pytest.raises(ProtectedError):
        photo.delete()
    made.body = "<p>No picture.</p>"
    made.save()
    photo.delete()


def test_hostile_text_comes_out_harmless(client):
    page(title="<script>x</script>", body='<p onclick="x()">Words<script>alert(1)</script></p>')
    html = client.get("/about/").content.decode()
    assert "alert(1)" not in html and "onclick" not in html and "<script>x" not in html


@pytest.mark.parametrize("slug", ["archive", "news"])
def test_a_page_takes_no_address_of_another(slug):
    SectionFactory(name="News")
    with pytest.raises(ValidationError):
        Page(title="Words", slug=slug).full_clean()


def test_a_section_takes_no_address_of_a_page():
    page()
    with pytest.raises(ValidationError):
        SectionFactory.build(name="About").full_clean(exclude=["path"])


def test_who_saves_over_a_colleague_is_told_and_keeps_the_text(client, publisher):
    made = page()
    client.force_login(publisher)
    address = f"/admin/articles/page/{made.pk}/change/"
    fields = {
        "title": "Mine",
        "slug": "about",
        "language": "en",
        "body": "<p>Mine.</p>",
        "is_public": "on",
        "position": "0",
    }
    base = client.get(address).context["adminform"].form["base"].value()
    made.save()
    refused = client.post(address, {**fields, "base": base})
    assert "Somebody else saved this page" in refused.content.decode()
    assert Page.objects.get().title == "About us"
    assert (
        client.post(address, {**fields, "base": refused.context["adminform"].form["base"].value()}).status_code == 302
    )
    assert Page.objects.get().title == "Mine"


def test_reporters_do_not_change_pages(client, reporter):
    made = page()
    client.force_login(reporter)
    assert client.post(f"/admin/articles/page/{made.pk}/change/", {"title": "Mine"}).status_code == 403
