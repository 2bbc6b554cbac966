"""A newsroom's day, played by its six roles, while somebody reads everything that is public between their acts."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Article
from newsroom import frame
from newsroom.models import SiteIdentity
from tests import crawling
from tests.factories import LiveArticleFactory, PhotoFactory, SectionFactory, UserFactory
from tests.test_crawl import STARTS

pytestmark = pytest.mark.whole

CHANGE = "/admin/articles/article/{}/change/"


@pytest.fixture
def people(open_context, sign_in):
    """``people(name, role)``: that person's browser, signed in; one a name. The reader and the writers go without scripts."""
    pages = {}

    def page_of(name, role=None, *, javascript=False):
        if name not in pages:
            pages[name] = open_context(javascript=javascript).new_page()
            if role:
                sign_in(pages[name], UserFactory(name=name, role=role))
        return pages[name]

    return page_of


@pytest.fixture
def sections(db):
    """An English section and its Spanish counterpart."""
    SiteIdentity.load()
    SiteIdentity.objects.update(languages=["en", "es"])
    news = SectionFactory(name="News", slug="news")
    return news, SectionFactory(name="Noticias", slug="noticias", language="es", translation_of=news)


def watch(*secrets):
    """Nobody who reads every public page, feed and sitemap, or searches for their first word, finds any of ``secrets``."""
    searches = [f"/search/?q={phrase.split()[0]}" for phrase in secrets if " " in phrase]
    for visit in crawling.crawl(Client(), [*STARTS, *searches]):
        text = visit.text.replace("<mark>", "").replace("</mark>", "")
        assert [secret for secret in secrets if secret in text] == [], visit.path


def act(page, name, **fields):
    """Fills in the open sheet and presses a button of it."""
    for field, value in fields.items():
        page.fill(f"[name={field}]", value)
    with page.expect_navigation():
        page.click(f"button[name=act][value='{name}'] >> nth=0")
    assert page.locator(".errornote, .sheet-error").count() == 0, page.inner_text("main")[:2000]


def write(page, section, **fields):
    """A new article by whoever sits at ``page``, sent to review."""
    page.goto("/admin/articles/article/add/")
    page.select_option("[name=section]", value=str(section.pk))
    act(page, "", **fields)
    act(page, "submit")
    return Article.objects.get(headline=fields["headline"])


def open_sheet(page, article):
    page.goto(CHANGE.format(article.pk))
    return page


def publish(page, article, **fields):
    """An editor approves and publishes."""
    act(open_sheet(page, article), "approve")
    act(page, "publish", **fields)


def local(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def time_passes(article, **fields):
    """The moments in ``fields`` of ``article`` are a second ago."""
    Article.objects.filter(pk=article.pk).update(**dict.fromkeys(fields or {}, timezone.now() - timedelta(seconds=1)))
    frame.bump()


def test_a_newsrooms_day(people, sections, complaints):
    complaints.expected += ["status of 404", "status of 409", "status of 410"]
    news, noticias = sections
    marisol, tomas = people("Marisol", "Reporter"), people("Tomás", "Reporter")
    irene, noor = people("Irene", "Editor"), people("Noor", "Photo editor")
    helga, greta = people("Helga", "Publisher"), people("Greta", "Publisher")
    reader = people("reader")
    photo = PhotoFactory(caption="The wall at noon.", credit="")
    picture = f'<figure data-node="photo" data-id="{photo.pk}"></figure>'

    # Under embargo: published at once, public at its minute; the photo desk sees to the credit that stops it.
    dam = write(marisol, news, headline="Zircon dam cracked", body=f"<p>The wall moved.</p>{picture}")
    act(open_sheet(irene, dam), "approve")
    with irene.expect_navigation():
        irene.click("button[name=act][value=publish] >> nth=0")
    assert "credit" in irene.locator(".sheet-error, .errornote, .checks").all_inner_texts().__str__().lower()
    noor.goto(f"/admin/media/photo/{photo.pk}/change/")
    noor.fill("[name=credit]", "Harbour Agency")
    with noor.expect_navigation():
        noor.click("[name=_save]")
    act(open_sheet(irene, dam), "publish", embargo_until=local(timezone.now() + timedelta(days=1)))
    assert reader.goto(dam.get_absolute_url()).status == 404
    watch("Zircon dam cracked", "The wall moved", photo.key)

    # Two reporters save the same text: nothing is lost, the second one puts it together.
    ferry = write(marisol, news, headline="Ferry timetable", standfirst="Four a day.", body="<p>From the quay.</p>")
    open_sheet(marisol, ferry)
    open_sheet(tomas, ferry)
    act(marisol, "", standfirst="Five a day.")
    tomas.fill("[name=body]", "<p>From the quay.</p><p>And back.</p>")
    tomas.click("button[name=act][value=''] >> nth=0")
    expect(tomas.get_by_role("heading", name="Somebody else saved this article")).to_be_visible()
    with tomas.expect_navigation():
        tomas.get_by_role("button", name="Save what I chose").click()
    publish(irene, ferry)
    reader.goto(ferry.get_absolute_url())
    assert "Five a day." in reader.inner_text("main") and "And back." in reader.inner_text(".body")

    # A live piece gets a newer version, published at a set time; the page stands still until then.
    act(open_sheet(irene, ferry), "", headline="Ferries sail hourly")
    act(irene, "update", update_at=local(timezone.now() + timedelta(hours=2)))
    reader.reload()
    assert reader.inner_text("h1") == "Ferry timetable"
    watch("Ferries sail hourly", "Zircon dam cracked")
    time_passes(ferry, update_at=True)
    reader.goto("/")
    reader.get_by_role("link", name="Ferries sail hourly").first.click()
    assert reader.inner_text("h1") == "Ferries sail hourly"

    # A translation is begun, published, and out of date once the original says something else.
    tomas.goto(f"/admin/articles/article/{ferry.pk}/translations/")
    tomas.get_by_role("button", name="Translate:").click()
    tomas.wait_for_url("**/change/**")
    tomas.goto(f"{tomas.url.split('?')[0]}?beside=original")
    expect(tomas.locator(".original")).to_contain_text("Ferries sail hourly")
    act(tomas, "", headline="Los barcos salen cada hora")
    act(tomas, "submit")
    spanish = Article.objects.get(language="es")
    watch("Los barcos salen", "Zircon dam cracked")
    publish(irene, spanish)
    assert spanish.section_id == noticias.pk
    reader.goto(ferry.get_absolute_url())
    assert reader.locator(f"link[hreflang=es][href$='-{spanish.pk}/']").count() == 1
    open_sheet(irene, ferry)
    irene.fill("[name=body]", "<p>From the quay, in fog too.</p><p>And back.</p>")
    act(irene, "")
    act(irene, "update")
    expect(open_sheet(tomas, spanish).get_by_role("heading", name="Out of date")).to_be_visible()

    # A correction stands on the article and among the others.
    irene.goto(f"/admin/articles/article/{ferry.pk}/corrections/")
    irene.fill("[name=text]", "There are five ferries a day, not four.")
    with irene.expect_navigation():
        irene.get_by_role("button", name="Publish the correction").click()
    for path in (ferry.get_absolute_url(), "/corrections/"):
        reader.goto(path)
        assert "There are five ferries a day, not four." in reader.inner_text("main")
    watch("Zircon dam cracked", photo.key)

    # A live coverage at the same address.
    irene.goto(f"/admin/articles/article/{ferry.pk}/coverage/")
    with irene.expect_navigation():
        irene.click("button[value=start]")
    marisol.goto(f"/admin/articles/article/{ferry.pk}/coverage/")
    marisol.fill("[name=body]", "<p>The first ferry has left.</p>")
    with marisol.expect_navigation():
        marisol.click("button[value=post]")
    reader.goto(ferry.get_absolute_url())
    assert "The first ferry has left." in reader.inner_text("main")

    # The home page is arranged anew. What is running live has a place of its own, so something newer leads so far.
    LiveArticleFactory(headline="The tide is out", section=news, at=timezone.now() - timedelta(days=1))
    lead = LiveArticleFactory(headline="The market moves", section=news, at=timezone.now() - timedelta(days=2))
    irene.goto("/admin/articles/frontpage/")
    irene.get_by_role("radio", name="The market moves").check()
    with irene.expect_navigation():
        irene.click("button[value='put:1']")
    reader.goto("/")
    assert reader.locator(".card--lead").inner_text().find(lead.headline) < 0
    with irene.expect_navigation():
        irene.get_by_role("button", name="Publish front page").first.click()
    reader.goto("/")
    assert lead.headline in reader.locator(".card--lead").inner_text()

    watch("Zircon dam cracked", photo.key)

    # A kill takes two people; then nothing of it is left but its sentence.
    wrong = LiveArticleFactory(headline="Quartz mine sold", body="<p>It was not.</p>", section=news)
    assert reader.goto(wrong.get_absolute_url()).status == 200
    act(open_sheet(helga, wrong), "ask_kill", note="This story was not true.")
    assert open_sheet(helga, wrong).locator("button[value=kill]").count() == 0
    act(open_sheet(greta, wrong), "kill", note="This story was not true.")
    assert reader.goto(wrong.get_absolute_url()).status == 410
    assert "This story was not true." in reader.inner_text("main")
    watch("Quartz mine sold", "Zircon dam cracked", "The wall moved", photo.key)

    # The embargo ends.
    time_passes(dam, embargo_until=True)
    assert reader.goto(dam.get_absolute_url()).status == 200
    assert reader.inner_text("h1") == "Zircon dam cracked"
    assert "The wall at noon. | Photo: Harbour Agency" in reader.inner_text(".body")
    with pytest.raises(AssertionError, match="/"):
        watch("Zircon dam cracked")  # who watched so far would have seen it
