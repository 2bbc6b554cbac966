"""Addresses that stories had elsewhere lead to them."""

import pytest
from django.db import IntegrityError, transaction

from articles import old_addresses
from articles.models import OldAddress, Page
from tests.articles.stories import draft, live, section

pytestmark = pytest.mark.django_db
ADD = "/admin/articles/oldaddress/add/"
LIST = "/admin/articles/oldaddress/"


def old(path, article=None, target_path=""):
    return OldAddress.objects.create(path=path, article=article, target_path=target_path)


@pytest.fixture
def desk(client, publisher):
    client.force_login(publisher)
    return client


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("/2011/03/Bridge.html", "/2011/03/Bridge.html"),
        ("/2011/03/Bridge.html", "/2011/03/Bridge.html/?utm=x"),
        ("/el-niño llega", "/el-ni%C3%B1o%20llega/"),
        ("/caf%E9", "/caf%E9"),
        ("/?p=123", "/?p=123&fbclid=x"),
        ("/index.php?id=5&x=1", "/index.php?id=5&x=1"),
        ("/story-999999", "/story-999999/"),
    ],
)
def test_an_old_address_leads_to_its_story_for_good(written, asked, client):
    article = live()
    old(written, article)

    answer = client.get(asked)

    assert (answer.status_code, answer["Location"]) == (301, article.get_absolute_url())
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert not answer.cookies


def test_a_miss_costs_one_query(django_assert_num_queries):
    old("/here", live())
    with django_assert_num_queries(1):
        assert old_addresses.find("/not/here/", "a=1&b=2") is None
    with django_assert_num_queries(0):
        assert old_addresses.find("/" + "x" * 501) is None
        assert old_addresses.find("/admin/here") is None


def test_whatever_answers_goes_before(client):
    news, other = section(), live()
    Page.objects.create(title="About us", slug="about", body="<p>Words.</p>")
    for path in ("/news", "/about", "/search", "/?lang=en"):
        old(path, other)

    assert client.get(news.get_absolute_url()).status_code == 200
    assert client.get("/news")["Location"] == "/news/"
    assert client.get("/about?x=1")["Location"] == "/about/?x=1"
    assert client.get("/search")["Location"] == "/search/"


def test_a_page_of_this_site_takes_an_old_address_and_no_circle_holds_anybody(client):
    section("sport")
    old("/deportes", target_path="/sport/")
    old("/sports", target_path="/deportes")
    old("/a", target_path="/b/")
    old("/b", target_path="/a/")

    assert client.get("/deportes/")["Location"] == "/sport/"
    assert client.get("/sports/")["Location"] == "/sport/"
    assert client.get("/a/").status_code == 404


def test_sections_and_pages_that_move_are_found_at_their_former_addresses(client):
    news, world = section("news"), section("news/world")
    page = Page.objects.create(title="About us", slug="about", body="<p>Words.</p>")
    for slug in ("noticias", "news", "today"):
        news.slug = slug
        news.save()
    page.slug = "who-we-are"
    page.save()

    assert client.get("/news/world/")["Location"] == "/today/world/"
    assert client.get("/noticias")["Location"] == "/today/"
    assert client.get("/about/")["Location"] == "/who-we-are/"
    news.slug = "news"
    news.save()
    assert client.get("/news/world/").status_code == 200
    assert client.get("/noticias/world/")["Location"] == "/news/world/"

    world.refresh_from_db()
    world.is_visible = False
    world.save()
    assert client.get("/noticias/world/").status_code == 404


@pytest.mark.parametrize("path", ["/%00", "/%FF%FE", "/" + "x" * 10_000, "/%E2%80%AE", "/?p=%FF", "/a?" + "b" * 9_000, "//evil.example/x", "/a%0D%0AX:b"])  # fmt: skip
def test_odd_addresses_are_never_an_error(path, client):
    section()
    assert client.get(path).status_code in {200, 301, 400, 404}


def test_the_database_wants_one_target_on_this_site():
    for article, target in ((None, ""), (live(), "/x/"), (None, "//evil.example"), (None, "https://evil.example")):
        with pytest.raises(IntegrityError), transaction.atomic():
            old("/x", article, target)


# --- On the desk ------------------------------------------------------------------------------------------------------


def test_addresses_are_added_as_they_are_pasted_and_found_again(desk):
    article = draft()
    typed = {"path": "https://www.old.example/2011/El%20Puente.html/?p=1#top", "target": article.get_absolute_url()}
    assert desk.post(ADD, typed).status_code == 302
    line = OldAddress.objects.get()
    assert (line.path, line.article) == ("/2011/El Puente.html?p=1", article)

    for found in ("2011/El", str(article.pk), "https://old.example/2011/"):
        assert "El Puente" in desk.get(LIST, {"q": found}).content.decode()
    assert "El Puente" not in desk.get(LIST, {"q": "2012"}).content.decode()

    desk.post(f"{LIST}{line.pk}/change/", {"path": line.path, "target": "/news/"})
    line.refresh_from_db()
    assert (line.article, line.target_path) == (None, "/news/")


@pytest.mark.parametrize(
    ("path", "target", "sentence"),
    [
        ("/news/", "/news/", "This address is one of a page that exists."),
        ("/search", "/news/", "This address is one of a page that exists."),
        ("https://old.example", "/news/", "This address is one of a page that exists."),
        ("/x/y-{pk}/", "/news/", "This address is one of a page that exists."),
        ("/Taken/", "/news/", "This address is in the table already."),
        ("/admin/x", "/news/", "belong to the newsroom itself"),
        ("bridge.html", "/news/", "from its first slash on"),
        ("https://[bad/", "/news/", "from its first slash on"),
        ("/" + "x" * 501, "/news/", "longer than 500 characters"),
        ("/x", "999999", "There is no article 999999."),
        ("/x", "/news/gone-999999/", "There is no article 999999."),
        ("/x", "https://evil.example/news/", "only lead to this site itself"),
        ("/x", "//evil.example/", "only lead to this site itself"),
        ("/x", "/\\evil.example/", "No page of this site has this address."),
        ("/x", "/nowhere/", "No page of this site has this address."),
        ("/x", "/preview/aaaaaaaaaaaaaaaaaaaaaaaaa/", "No page of this site has this address."),
        ("/x", "\x00", "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_is_said_and_stays_typed(path, target, sentence, desk):
    article = live()
    old("/Taken", article)
    answer = desk.post(ADD, {"path": path.format(pk=article.pk), "target": target})

    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert OldAddress.objects.count() == 1


def test_publishers_keep_the_table_and_see_no_address_of_a_story_beyond_their_sections(client, publisher):
    hidden, away = draft(slug="secret-words"), section("sport")
    publisher.section_rights.create(section=away)
    type(publisher).objects.filter(pk=publisher.pk).update(sees_other_sections=False)
    old("/x", hidden)
    client.force_login(publisher)

    assert "secret-words" not in client.get(LIST).content.decode()
    answer = client.post(ADD, {"path": "/y", "target": str(hidden.pk)})
    assert f"There is no article {hidden.pk}." in answer.content.decode()


def test_reporters_and_editors_do_not(client, editor):
    client.force_login(editor)
    assert client.get(LIST).status_code == 403
