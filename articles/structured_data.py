"""What an article's page tells machines: Open Graph for those who share it, JSON-LD for search engines. No queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.text import Truncator

from articles import share_card
from articles.body import plain_text
from articles.models import Article, Byline, Correction, Section, Topic
from media.models import Photo
from media.renditions import sharing_image
from newsroom.models import SiteIdentity

HEADLINE_MOST = 110  # Source: https://developers.google.com/search/docs/appearance/structured-data/article
DESCRIPTION_MOST = 200


@dataclass(frozen=True)
class Picture:
    """The picture that stands for a page elsewhere."""

    url: str
    width: int
    height: int
    alt: str
    credit: str


@dataclass(frozen=True)
class PageMeta:
    """What the page says of itself in its head. Addresses are absolute, times aware."""

    title: str
    description: str
    url: str
    canonical_url: str
    site_name: str
    language: str
    picture: Picture | None
    card_url: str  # of the picture with the headline's words, for a page without a photo
    published_at: datetime | None
    changed_at: datetime | None
    section: str
    authors: tuple[tuple[str, str], ...]  # name and address
    topics: tuple[str, ...]
    other_languages: tuple[str, ...] = ()

    def properties(self) -> list[tuple[str, str]]:
        """Open Graph's properties in order. Source: https://ogp.me"""
        found = [
            ("og:type", "article"),
            ("og:site_name", self.site_name),
            ("og:title", self.title),
            ("og:description", self.description),
            ("og:url", self.canonical_url),
            ("og:locale", self.language),
            *(("og:locale:alternate", code) for code in self.other_languages),
            ("article:published_time", _stamp(self.published_at)),
            ("article:modified_time", _stamp(self.changed_at)),
            ("article:section", self.section),
            *(("article:author", url) for _name, url in self.authors),
            *(("article:tag", topic) for topic in self.topics),
        ]
        if self.picture:
            found += [
                ("og:image", self.picture.url),
                ("og:image:type", "image/jpeg"),
                ("og:image:width", str(self.picture.width)),
                ("og:image:height", str(self.picture.height)),
                ("og:image:alt", self.picture.alt),
            ]
        else:
            found += card_properties(self.card_url, self.title)
        return [(name, value) for name, value in found if value]


def card_properties(url: str, words: str) -> list[tuple[str, str]]:
    """Open Graph's properties of a card, which says ``words``."""
    width, height = share_card.SIZE
    return [
        ("og:image", url),
        ("og:image:type", "image/png"),
        ("og:image:width", str(width)),
        ("og:image:height", str(height)),
        ("og:image:alt", words),
    ]


def page_meta(
    article: Article,
    *,
    site: SiteIdentity,
    bylines: Iterable[Byline] = (),
    topics: Iterable[Topic] = (),
    photo: Photo | None = None,
    translations: Iterable[Article] = (),
) -> PageMeta:
    """The meta of ``article``'s page; ``photo`` (default: the lead photo) is left out if it may not be shown.

    ``translations``: those that readers may see, see articles.article_page.
    """
    url = settings.SITE_URL + article.get_absolute_url()
    return PageMeta(
        title=article.seo_headline or article.headline,
        description=Truncator(article.standfirst or plain_text(article.body)).chars(DESCRIPTION_MOST),
        url=url,
        canonical_url=article.canonical_url or url,
        site_name=site.name,
        language=article.language,
        picture=_picture(photo or article.lead_photo),
        card_url=settings.SITE_URL + share_card.address(article, site),
        published_at=article.published_at,
        changed_at=article.updated_at or article.published_at,
        section=article.section.name if article.section else "",
        authors=tuple((byline.name, settings.SITE_URL + byline.get_absolute_url()) for byline in bylines),
        topics=tuple(topic.name for topic in topics),
        other_languages=tuple(each.language for each in translations),
    )


def in_languages(article: Article, translations: Sequence[Article], *, main: str) -> list[tuple[str, str]]:
    """Each language with the address of ``article`` in it, and last "x-default": the original, else the site's ``main``
    language, else itself. Source: https://developers.google.com/search/docs/specialty/international/localized-versions"""
    every = {each.language: each for each in (article, *translations)}
    original = next((each for each in every.values() if each.translation_of_id is None), None)
    first = original or every.get(main) or article
    found = [(code, settings.SITE_URL + each.get_absolute_url()) for code, each in sorted(every.items())]
    return [*found, ("x-default", settings.SITE_URL + first.get_absolute_url())]


def _work(article: Article) -> dict[str, str]:
    address = settings.SITE_URL + article.get_absolute_url()
    return {"@type": "NewsArticle", "@id": f"{address}#article", "inLanguage": article.language}


def news_article(
    meta: PageMeta,
    article: Article,
    *,
    site: SiteIdentity,
    corrections: Iterable[Correction] = (),
    translations: Sequence[Article] = (),
) -> dict[str, Any]:
    """schema.org's NewsArticle. Empty fields are left out."""
    authors = [{"@type": "Person", "name": name, "url": url} for name, url in meta.authors]
    return _without_empty(
        {
            "@type": "NewsArticle",
            "@id": f"{meta.url}#article",
            "mainEntityOfPage": meta.canonical_url,
            "url": meta.url,
            "headline": Truncator(article.headline).chars(HEADLINE_MOST),
            "description": meta.description,
            "image": _image(meta.picture),
            "datePublished": _stamp(meta.published_at),
            "dateModified": _stamp(meta.changed_at),
            "author": authors or [_organisation(site)],
            "publisher": _organisation(site),
            "articleSection": meta.section,
            "keywords": list(meta.topics),
            "inLanguage": article.language,
            "wordCount": article.word_count,
            "commentCount": article.comment_count,
            "correction": [_correction(each) for each in corrections],
            **_other_works(article, translations),
            "isAccessibleForFree": True,
        }
    )


def _correction(correction: Correction) -> dict[str, str]:
    stamp = _stamp(correction.published_at)
    return {"@type": "CorrectionComment", "text": correction.text, "datePublished": stamp}


def _other_works(article: Article, translations: Sequence[Article]) -> dict[str, Any]:
    """What ``article`` translates, else what translates it."""
    if article.translation_of_id:
        original = next((each for each in translations if each.pk == article.translation_of_id), None)
        return {"translationOfWork": _work(original) if original else None}
    return {"workTranslation": [_work(each) for each in translations]}


def breadcrumb_list(sections: Sequence[Section], article: Article) -> dict[str, Any]:
    """schema.org's BreadcrumbList: home's sections down to the article itself."""
    steps = [(section.name, section.get_absolute_url()) for section in sections]
    steps.append((article.headline, article.get_absolute_url()))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": settings.SITE_URL + path}
            for number, (name, path) in enumerate(steps, 1)
        ],
    }


def _picture(photo: Photo | None) -> Picture | None:
    shared = sharing_image(photo)
    if photo is None or shared is None:
        return None
    url, width, height = shared
    return Picture(url, width, height, "" if photo.is_decorative else photo.alt, photo.credit_line)


def _image(picture: Picture | None) -> dict[str, Any] | None:
    if picture is None:
        return None
    found = {"@type": "ImageObject", "url": picture.url, "width": picture.width, "height": picture.height}
    return _without_empty({**found, "caption": picture.alt, "creditText": picture.credit})


def _organisation(site: SiteIdentity) -> dict[str, Any]:
    found: dict[str, Any] = {"@type": "NewsMediaOrganization", "name": site.name, "url": f"{settings.SITE_URL}/"}
    if site.logo:
        address = site.logo.url
        found["logo"] = {
            "@type": "ImageObject",
            "url": settings.SITE_URL + address if address.startswith("/") else address,
        }
    return found


def _stamp(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""


def _without_empty(fields: dict[str, Any]) -> dict[str, Any]:
    """Without what says nothing; 0 and True say something."""
    return {name: value for name, value in fields.items() if value not in (None, "", [])}
