"""For the crawl test: a newsroom full of secrets, and a visitor that follows every address it sees.

A *secret* is a word that stands in one field of one article that is not public, and nowhere else.
"""

import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from html import unescape
from itertools import product
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone

from articles import corrections, coverage, publishing, search
from articles.content import SlideContent
from articles.models import Article, Correction, ErrorReport, OldAddress, Page
from comments.models import Status as CommentStatus
from media.models import Photo
from newsroom.models import SiteIdentity
from tests import factories

STATES = (
    "draft", "in_review", "changes_wanted", "approved", "scheduled", "embargoed", "expired", "withdrawn", "killed", "trash", "hidden_section",
)  # fmt: skip
FIELDS = (
    "headline", "short_headline", "seo_headline", "label", "standfirst", "body", "dateline", "source", "slug", "caption", "alt",
    "photo_caption", "photo_credit", "photo_alt", "topic", "author", "bio",
)  # fmt: skip


MARK = "zq"  # how each of them begins


def secret(state, name):
    """The word for one field of the article in one state; a single word for every search, and a slug."""
    return f"{MARK}{state}{name}".replace("_", "") + "qz"


@dataclass
class World:
    """``hidden`` articles by state, ``public`` ones, ``photos`` that must not be shown, by what they belong to."""

    hidden: dict = field(default_factory=dict)
    public: list = field(default_factory=list)
    photos: dict = field(default_factory=dict)
    secrets: set = field(default_factory=set)


def build():
    """A World: a hidden article in every state, each tied to public ones in every way there is."""
    SiteIdentity.load()
    SiteIdentity.objects.update(languages=["en", "es"], guest_comments=True)
    world, section = World(), factories.SectionFactory(name="News", slug="news")
    for state in STATES:
        _add_hidden(world, state, section)
    world.secrets = {secret(state, name) for state in STATES for name in FIELDS}
    _add_public(world, section)
    _add_pending_changes(world)
    _add_versions_never_shown(world, section)
    _add_corrections(world)
    _add_live_posts(world)
    _add_barred_photo(world, section)
    _add_pages(world)
    _add_comments(world)
    search.index(Article.objects.values_list("pk", flat=True))
    return world


def _photo(world, state):
    photo = factories.PhotoFactory(
        caption=secret(state, "photo_caption"), credit=secret(state, "photo_credit"), alt=secret(state, "photo_alt")
    )
    world.photos[state] = photo
    return photo


def _fields(world, state):
    photo = _photo(world, state)
    return {
        **{name: secret(state, name) for name in FIELDS[:5]},
        **{name: secret(state, name) for name in ("dateline", "source", "slug")},
        "body": f'<p>{secret(state, "body")}</p><figure data-node="photo" data-id="{photo.pk}"></figure>',
        "tags": [secret(state, "topic")],
        "bylines": [factories.BylineFactory(name=secret(state, "author"), bio=secret(state, "bio"))],
        "slides": [SlideContent(photo.pk, secret(state, "caption"), secret(state, "alt"))],
    }


def _add_hidden(world, state, section):
    now = timezone.now()
    given = {"section": section, **_fields(world, state)}
    if state == "hidden_section":
        away = factories.SectionFactory(name=secret(state, "label"), slug="hidden")
        article = factories.LiveArticleFactory(**{**given, "section": away})
        away.is_visible = False
        away.save()
    elif state == "embargoed":
        article = factories.LiveArticleFactory(embargo_until=now + timedelta(hours=1), **given)
    elif state == "expired":
        article = factories.LiveArticleFactory(
            at=now - timedelta(hours=2), expires_at=now - timedelta(hours=1), **given
        )
    else:
        article = factories.ArticleFactory(state=state, **given)
    world.hidden[state] = article


def _add_public(world, section):
    """Public articles that point at the hidden ones: in the body, as translations, beside them on the front page."""
    ids = ",".join(str(article.pk) for article in world.hidden.values())
    body = f'<p>Open words.</p><aside data-node="related" data-ids="{ids}"></aside>'
    for language in ("en", "es"):
        article = factories.LiveArticleFactory(
            section=section, body=body, language=language, tags=["Rivers"], bylines=[factories.BylineFactory()],
            photos=[factories.PhotoFactory()],
        )  # fmt: skip
        world.public.append(article)
    hidden = list(world.hidden.values())
    Article.objects.filter(pk__in=[article.pk for article in hidden]).update(
        translation_of=world.public[0], comment_count=99
    )
    Article.objects.filter(pk__in=[article.pk for article in (*hidden[:4], *hidden[-3:])]).update(language="es")
    factories.arrange_front(dict(enumerate(hidden[4:11], 1)))
    factories.arrange_front(dict(enumerate(hidden[:5], 1)), section=section)
    for name, article in [("public", world.public[0]), *world.hidden.items()]:
        OldAddress.objects.create(path=f"/old/{name}.html", article=article)


def _add_pending_changes(world):
    """A public article with a newer version that nobody has published yet."""
    article = world.public[0]
    state = "pending"
    content = factories.content(section_id=article.section_id, **_fields(world, state))
    publishing.save(article=article, content=content, by=None, base=None)
    world.secrets |= {secret(state, name) for name in FIELDS}


def _add_live_posts(world):
    """Posts under every hidden article; drafts and removed ones under a public article, beside one that readers see."""
    for state, article in [*world.hidden.items(), ("post", world.public[0])]:
        if article.status in publishing.EDITABLE:
            word = secret(state, "post")
            coverage.start_coverage(article=article, by=None)
            said = coverage.EntryContent(headline=word, body=f"<p>{word}</p>")
            shown = coverage.post(article=article, content=said, by=None)
            coverage.mark_key(entry=shown, by=None)
            world.secrets.add(word)
    coverage.remove(entry=shown, by=None)
    draft = coverage.EntryContent(body=f"<p>{secret('postdraft', 'post')}</p>")
    coverage.keep_draft(article=world.public[0], content=draft, by=None)
    world.secrets.add(secret("postdraft", "post"))
    coverage.post(article=world.public[0], content=coverage.EntryContent(body="<p>Open post.</p>"), by=None)


def _add_versions_never_shown(world, section):
    """A public article that changed twice: before its minute, and afterwards."""
    article = factories.LiveArticleFactory(
        section=section, at=timezone.now() + timedelta(hours=1), headline=secret("early", "headline"), slug="early"
    )
    for headline in ("Open words", "Opened words"):
        content = factories.content(section_id=section.pk, headline=headline, body="<p>Open words.</p>")
        publishing.save(article=article, content=content, by=None, base=None)
        publishing.update(article=article, by=None)
        Article.objects.filter(pk=article.pk).update(published_at=timezone.now() - timedelta(hours=1))
        article.refresh_from_db()
    world.public.append(article)
    world.secrets.add(secret("early", "headline"))


def _add_corrections(world):
    """Corrections and readers' reports: of a public article, one withdrawn, and of those that are not public."""
    open_, gone = (
        corrections.publish(article=world.public[0], kind="correction", text=text, by=None)
        for text in ("Open words.", secret("gone", "correction"))
    )
    corrections.withdraw(correction=gone, by=None)
    world.secrets.add(gone.text)
    for state, article in [("open", open_.article), *world.hidden.items()]:
        words = [secret(state, name) for name in ("correction", "report", "reporter")]
        if state != "open":
            Correction.objects.create(article=article, text=words[0])
            Article.objects.filter(pk=article.pk).update(corrected_at=timezone.now())
        ErrorReport.objects.create(article=article, text=words[1], name=words[2])
        world.secrets |= set(words)


def _add_barred_photo(world, section):
    """A public article whose photos may no longer be shown, in its slides and in its body."""
    for state, barred in (
        ("barred", {"do_not_publish": True}),
        ("lapsed", {"valid_until": timezone.now() - timedelta(hours=1)}),
    ):
        photo = _photo(world, state)
        body = f'<p>Open words.</p><figure data-node="photo" data-id="{photo.pk}"></figure>'
        slides = [SlideContent(photo.pk, secret(state, "caption"), secret(state, "alt"))]
        byline = factories.BylineFactory(portrait=photo)
        world.public.append(factories.LiveArticleFactory(section=section, body=body, slides=slides, bylines=[byline]))
        Photo.objects.filter(pk=photo.pk).update(**barred)
        world.secrets |= {secret(state, name) for name in FIELDS if name.startswith(("photo", "caption", "alt"))}


def _add_pages(world):
    """A page that leads to every hidden article, and one that readers may not see."""
    ids = ",".join(str(article.pk) for article in world.hidden.values())
    Page.objects.create(title="About", body=f'<p>Open words.</p><aside data-node="related" data-ids="{ids}"></aside>')
    Page.objects.create(title=secret("page", "title"), body=secret("page", "body"), is_public=False)
    world.secrets |= {secret("page", "title"), secret("page", "body")}


def _add_comments(world):
    """Comments that are not published on a public article, and published ones on the hidden articles."""
    for status in CommentStatus:
        if status not in {CommentStatus.PUBLISHED, CommentStatus.REMOVED, CommentStatus.DELETED}:
            word = secret(f"comment{status.value}", "body")
            factories.CommentFactory(article=world.public[0], body=word, status=status)
            world.secrets.add(word)
    factories.PublishedCommentFactory(article=world.public[0])
    for state, article in world.hidden.items():
        word = secret(state, "comment")
        factories.PublishedCommentFactory(article=article, body=word)
        world.secrets.add(word)


# --- The visitor ------------------------------------------------------------------------------------------------------

ADDRESS = re.compile(
    r"""(?:href|src|action|url|content|data-[\w-]+)\s*=\s*["']([^"'<>]+)["']|<(?:loc|link|guid)[^>]*>\s*([^<\s][^<]*)</"""
)
SRCSET = re.compile(r"""srcset=["']([^"']+)["']""")
JSON_ADDRESS = re.compile(r"\"(?:@id|url|item|mainEntityOfPage)\": ?\"([^\"]+)\"")
ROBOTS = re.compile(r"^Sitemap: *(\S+)", re.MULTILINE)
PATTERN = re.compile(r"<template\b.*?</template>", re.DOTALL)
MOST = 3000


@dataclass
class Visit:
    """One answer, its text searched as it is: markup, feeds, scripts and headers alike."""

    path: str
    response: object

    @cached_property
    def text(self):
        data = b"".join(self.response) if self.response.streaming else self.response.content
        head = "\n".join(f"{name}: {value}" for name, value in self.response.items())
        return f"{head}\n{data.decode('utf-8', 'replace')}"


def own_path(found, base):
    """The path and query of an address on this site, else None."""
    address = urlsplit(urljoin(base, unescape(found.strip())))
    own = not address.netloc or f"{address.scheme}://{address.netloc}" == settings.SITE_URL
    if not own or address.scheme not in {"", "http", "https"} or not address.path.startswith("/"):
        return None
    if address.path.startswith(("/static/", "/admin/")):
        return None
    return f"{address.path}?{address.query}" if address.query else address.path


def addresses(text, path):
    """Every address of this site that stands in ``text``, but for patterns that a script fills in."""
    text = PATTERN.sub("", text)
    found = [one or two for one, two in ADDRESS.findall(text)]
    found += [part.split()[0] for row in SRCSET.findall(text) for part in row.split(",") if part.split()]
    found += JSON_ADDRESS.findall(text) + ROBOTS.findall(text)
    likely = [address for address in found if address.startswith(("/", "?", settings.SITE_URL))]
    return {own for address in likely if (own := own_path(address, path))}


def crawl(client, starts):
    """Visits ``starts`` and all that is linked from there, one rendition a photo. Yields each Visit."""
    seen, queue, photos = set(starts), list(starts), set()
    while queue:
        path = queue.pop()
        assert len(seen) < MOST, "The crawl finds no end."
        if path.startswith("/photos/"):
            photo = path.rsplit("/", 1)[0]
            if photo in photos:
                continue
            photos.add(photo)
        visit = Visit(path, client.get(path))
        yield visit
        new = addresses(visit.text, path) - seen
        if visit.response.get("Location"):
            new |= {own for own in [own_path(visit.response["Location"], path)] if own} - seen
        seen |= new
        queue += sorted(new)


def every_address(values):
    """The address of every view outside the admin, for each of ``values``: dicts of {name of a part: [values]}.

    A part that is in none of them raises KeyError: a new kind of address must say what to try there.
    """
    found = set()
    for name, parts in _views(get_resolver().url_patterns, ()):
        for known in values:
            for given in product(*(known[part] for part in parts)):
                with suppress(NoReverseMatch):
                    found.add(reverse(name, kwargs=dict(zip(parts, given, strict=True))))
    return sorted(found)


def _views(patterns, spaces):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            if pattern.namespace != "admin":
                yield from _views(pattern.url_patterns, (*spaces, *filter(None, [pattern.namespace])))
        else:
            parts = getattr(pattern.pattern, "converters", None) or pattern.pattern.regex.groupindex
            yield ":".join((*spaces, pattern.name)), list(parts)
