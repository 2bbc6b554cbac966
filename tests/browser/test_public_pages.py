"""Every public template in a browser: axe finds nothing, nothing scrolls sideways, and it reads without JavaScript."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import publishing
from articles.models import Topic
from media.models import Stream
from newsroom.models import SiteIdentity
from tests.articles import stories
from tests.browser.conftest import is_wider_than_its_window
from tests.factories import BylineFactory, PhotoFactory, PublishedCommentFactory

pytestmark = pytest.mark.once  # what it looks at is drawn the same over both databases
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
WIDTHS = [320, 390, 640, 820, 1024, 1280, 1600]
# Source: WCAG 2.2, success criterion 1.4.12.
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"


@pytest.fixture
def addresses(administrator):
    """{name: path} of a page of every public template, with everything on it that a page can have."""
    SiteIdentity.objects.update(guest_comments=True)
    news, opinion = stories.section("news/latin-america"), stories.section("opinion")
    opinion.is_opinion = True
    opinion.save()
    author = BylineFactory(portrait=PhotoFactory(size=(500, 500)))
    wide, tall = PhotoFactory(size=(1600, 1000), caption="A quay at dawn."), PhotoFactory(size=(600, 900))
    other = stories.live(headline="The ferries sail again", section_id=news.pk, photos=[wide])
    full = stories.live(
        headline=f"The harbour opens after the strike {LONG}",
        standfirst="Two weeks of silence ended at six.",
        section_id=news.pk,
        photos=[wide, tall],
        bylines=[author],
        tags=["Harbours", LONG],
        body=f'<h2>At six</h2><p>The first crane <a href="https://example.org/a">moved</a> {LONG}.</p>'
        f'<aside data-node="related" data-ids="{other.pk}"></aside>'
        f'<figure data-node="photo" data-id="{wide.pk}" data-size="wide"></figure>'
        '<blockquote data-node="pullquote"><p>We waited.</p></blockquote>'
        '<aside data-node="factbox"><h3>In brief</h3><p>Twelve ships.</p></aside>'
        '<figure data-node="embed" data-url="https://www.youtube.com/watch?v=abcdef123" data-title="The crane"></figure>'
        "<table><thead><tr><th>Day</th><th>Ships</th><th>Tonnes</th></tr></thead>"
        "<tbody><tr><td>Monday</td><td>12</td><td>48,000</td></tr></tbody></table><ul><li>One</li></ul>",
    )
    first = PublishedCommentFactory(article=full, body=LONG * 3)
    PublishedCommentFactory(article=full, parent=first, body="مرحبا")
    quiet = stories.live(headline="An argument", section_id=opinion.pk, photos=[tall], genre="opinion")
    arabic = stories.live(
        headline="الميناء يفتح أبوابه", body="<p>عادت الرافعات.</p>", language="ar", photos=[wide, tall]
    )
    gallery = stories.live(headline="A day at the quay", genre="gallery", photos=[wide, tall], body="<p>x</p>")
    gone = stories.live(headline="Taken back")
    publishing.ask_kill(article=gone, by=administrator, note="It was wrong.")
    publishing.kill(article=gone, by=None)
    Stream.objects.create(
        title="Bulletin", video_url="/static/none.m3u8", audio_url="/static/none.mp3", is_on_air=True, poster=wide
    )
    Stream.objects.create(title="Later", audio_url="/static/none.mp3", starts_at=timezone.now() + timedelta(hours=2))
    return {
        "home": "/",
        "empty home": "/es/",
        "section": "/news/",
        "inner section": news.get_absolute_url(),
        "opinion section": opinion.get_absolute_url(),
        "article": full.get_absolute_url(),
        "gallery": gallery.get_absolute_url(),
        "opinion": quiet.get_absolute_url(),
        "right to left": arabic.get_absolute_url(),
        "right to left home": "/ar/",
        "topic": Topic.objects.get(name="Harbours").get_absolute_url(),
        "author": author.get_absolute_url(),
        "search": "/search/?q=harbour",
        "nothing found": "/search/?q=zeppelin",
        "live": "/live/",
        "audio": "/audio/",
        "comment": f"/comments/{quiet.pk}/new/",
        "reply": f"/comments/{first.pk}/reply/",
        "report": f"/comments/{first.pk}/report/",
        "sign in": "/accounts/login/",
        "sign up": "/accounts/signup/",
        "password": "/accounts/password/reset/",
        "404": "/nowhere/",
        "410": gone.get_absolute_url(),
    }


@pytest.fixture(autouse=True)
def refused_on_purpose(complaints):
    """The pages for what is not there, and streams without a file."""
    complaints.expected += ["status of 404", "status of 410"]


@pytest.mark.parametrize(("size", "color_scheme"), [("phone", "dark"), ("desktop", "light")])
def test_axe_finds_nothing(open_context, addresses, violations, size, color_scheme):
    page = open_context(size=size, color_scheme=color_scheme, bypass_csp=True).new_page()
    found = {}
    for name, address in addresses.items():
        page.goto(address)
        found[name] = violations(page)
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_nothing_scrolls_sideways(open_context, addresses):
    page = open_context(bypass_csp=True).new_page()
    wider = []
    for name, address in addresses.items():
        page.goto(address)
        for spacing, widths in (("", WIDTHS), (SPACED, [320, 820])):
            if spacing:
                page.add_style_tag(content=spacing)
            for width in widths:
                page.set_viewport_size({"width": width, "height": 800})
                if is_wider_than_its_window(page):
                    wider.append((name, width, spacing))
    assert wider == []


def test_every_page_says_the_same_without_javascript(open_context, addresses):
    scripted, plain = open_context(size="phone").new_page(), open_context(size="phone", javascript=False).new_page()
    for name, address in addresses.items():
        texts = []
        for page in (scripted, plain):
            page.goto(address)
            texts.append(page.locator("main").inner_text())
        assert texts[0] == texts[1], name
        assert plain.locator("h1").count() == 1, name
