"""RSS 2.0 with the lead photo (Media RSS), the authors (Dublin Core) and the feed's own address (Atom)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from articles.models import Article, Correction
from media.renditions import sharing_image
from newsroom.models import SiteIdentity

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Channel(Rss201rev2Feed):
    """A channel whose bytes change only when its stories do: no clock in it."""

    def rss_attributes(self) -> dict[str, str]:
        return {
            **super().rss_attributes(),
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:media": "http://search.yahoo.com/mrss/",
        }

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """With the hubs from which news of the feed come. Source: WebSub, section 4."""
        super().add_root_elements(handler)
        for hub in self.feed["hubs"]:
            handler.addQuickElement("atom:link", None, {"rel": "hub", "href": hub})

    def latest_post_date(self) -> datetime:
        return max((item["changed"] for item in self.items), default=EPOCH)

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name in item["authors"]:
            handler.addQuickElement("dc:creator", name)
        handler.addQuickElement("dc:language", item["language"])
        if item["changed"] != item["pubdate"]:
            handler.addQuickElement("atom:updated", item["changed"].isoformat(timespec="seconds"))
        if item["photo"]:
            _add_photo(handler, item)


def _add_photo(handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
    url, width, height = item["photo"]
    about = {"url": url, "medium": "image", "type": "image/jpeg", "width": str(width), "height": str(height)}
    handler.startElement("media:content", AttributesImpl(about))
    if item["photo_caption"]:
        handler.addQuickElement("media:description", item["photo_caption"], {"type": "plain"})
    if item["photo_credit"]:
        handler.addQuickElement("media:credit", item["photo_credit"])
    handler.endElement("media:content")


def rss(
    articles: Iterable[Article],
    *,
    title: str,
    description: str,
    path: str,
    feed_path: str,
    language: str,
    hubs: Iterable[str] = (),
) -> tuple[bytes, datetime]:
    """The feed's bytes and when it last changed (aware). ``articles`` come with section, photo, bylines and topics."""
    channel = Channel(
        title=title,
        link=settings.SITE_URL + path,
        description=description or title,
        language=language,
        feed_url=settings.SITE_URL + feed_path,
        hubs=hubs,
    )
    for article in articles:
        _add(channel, article)
    return channel.writeString("utf-8").encode(), channel.latest_post_date()


def corrections_rss(
    corrections: Iterable[Correction], *, site: SiteIdentity, feed_path: str, language: str, hubs: Iterable[str] = ()
) -> tuple[bytes, datetime]:
    """The feed of corrections and when it last changed (aware). Each comes with its article and that one's section."""
    channel = Channel(
        title=_("Corrections – %(site)s") % {"site": site.name},
        link=f"{settings.SITE_URL}{reverse('articles:corrections')}",
        description=_("What we got wrong, and what is right."),
        language=language,
        feed_url=settings.SITE_URL + feed_path,
        hubs=hubs,
    )
    for correction in corrections:
        channel.add_item(
            title=f"{correction.get_kind_display()}: {correction.article.headline}",
            link=settings.SITE_URL + correction.get_absolute_url(),
            description=correction.text,
            unique_id=f"correction-{correction.pk}@{urlsplit(settings.SITE_URL).hostname}",
            unique_id_is_permalink=False,
            pubdate=correction.published_at,
            changed=correction.published_at,
            authors=[],
            language=correction.article.language,
            photo=None,
        )
    return channel.writeString("utf-8").encode(), channel.latest_post_date()


def _add(channel: Channel, article: Article) -> None:
    photo = article.lead_photo
    section = [article.section.name] if article.section else []
    channel.add_item(
        title=article.headline,
        link=settings.SITE_URL + article.get_absolute_url(),
        description=article.standfirst,
        unique_id=f"article-{article.pk}@{urlsplit(settings.SITE_URL).hostname}",  # no address: those may change
        unique_id_is_permalink=False,
        pubdate=article.published_at,
        categories=list(dict.fromkeys([*section, *(row.tag.name for row in article.tagged.all())])),
        changed=max(moment for moment in (article.published_at, article.updated_at) if moment),
        authors=[byline.name for byline in article.ordered_bylines],
        language=article.language,
        photo=sharing_image(photo),
        photo_caption=photo.caption if photo else "",
        photo_credit=photo.credit_line if photo else "",
    )
