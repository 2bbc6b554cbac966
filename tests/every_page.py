"""A newsroom that shows every public template: for whatever all pages are held to."""

from datetime import timedelta

from django.utils import timezone

from articles import coverage, publishing
from articles.models import Newsletter, Page, Topic
from media.models import Stream
from newsroom.models import SiteIdentity
from tests.articles import stories
from tests.articles.coverages import covered, posted
from tests.factories import BylineFactory, PhotoFactory, PublishedCommentFactory

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
# Forms carry a token of their own for everybody; every other page is the same bytes for all.
STATUS = {"404": 404, "410": 410}  # of every other page 200
FORMS = frozenset({"comment", "reply", "report", "sign in", "sign up", "password", "newsletter", "report an error"})


def every_page(administrator):
    """{name: path} of a page of every public template, with everything on it that a page can have, made anew."""
    site = SiteIdentity.load()
    site.guest_comments, site.languages = True, ["en", "es", "ar"]
    site.save()
    Newsletter.objects.create(title="The morning", language="en")
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
    PublishedCommentFactory(article=other)  # a second story, so that there is something to rank
    quiet = stories.live(headline="An argument", section_id=opinion.pk, photos=[tall], genre="opinion")
    arabic = stories.live(
        headline="الميناء يفتح أبوابه", body="<p>عادت الرافعات.</p>", language="ar", photos=[wide, tall]
    )
    gallery = stories.live(headline="A day at the quay", genre="gallery", photos=[wide, tall], body="<p>x</p>")
    old = stories.live(headline="Long ago", at=timezone.now() - timedelta(days=800), section_id=news.pk)
    live = covered(headline="The gates", section_id=news.pk, photos=[wide])
    coverage.pin(entry=posted(live), by=None)
    posted(live, "<p>The second ship is in.</p>")
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
        "galleries": "/galleries/",
        "live coverage": live.get_absolute_url(),
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
        "archive": "/archive/",
        "archive of a day": f"/archive/{timezone.localtime(full.published_at):%Y/%m/%d}/",
        "corrections": "/corrections/",
        "old story": old.get_absolute_url(),
        "page": Page.objects.create(title="About us", body="<p>Who we are.</p>").get_absolute_url(),
        "newsletter": "/newsletter/",
        "report an error": f"/report-error/{full.pk}/",
        "text": "/text/",
        "410": gone.get_absolute_url(),
    }
