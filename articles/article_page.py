"""What the article's page needs, for readers and for the preview alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from articles import changes
from articles.body import references, render
from articles.content import PLAIN, Content
from articles.live_page import live_page
from articles.models import Article, Byline, CorrectionKind, Genre, Section, Slide, Topic
from articles.querysets import COMMENTED_WITHIN
from media.models import Photo
from newsroom.frame import Frame

MORE, STRIP, COMMENTED = 3, 4, 5


def with_content(article: Article, content: Content) -> tuple[Article, list[Slide], list[Byline], list[Topic]]:
    """An unsaved picture of ``article`` as ``content`` would make it, for the preview. Up to four queries."""
    shown = Article.objects.select_related("section").get(pk=article.pk)
    for name in PLAIN:
        setattr(shown, name, getattr(content, name))
    photos = Photo.objects.in_bulk([slide.photo_id for slide in content.slides])
    slides = [
        Slide(article=shown, photo=photos[s.photo_id], position=n, caption=s.caption, alt=s.alt)
        for n, s in enumerate(content.slides)
        if s.photo_id in photos
    ]
    shown.lead_photo = slides[0].photo if slides else None
    bylines = Byline.objects.select_related("portrait").in_bulk(content.byline_ids)
    return (
        shown,
        slides,
        [bylines[pk] for pk in content.byline_ids if pk in bylines],
        [Topic(name=name, slug="") for name in content.tags],
    )


def context(
    article: Article,
    *,
    frame: Frame,
    at: datetime,
    slides: Iterable[Slide] | None = None,
    bylines: list[Byline] | None = None,
    topics: list[Topic] | None = None,
    asked: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The context of ``articles/article_detail.html``. Five queries besides those for what is passed in, five more with
    a live coverage, whose page of posts ``asked`` names (see articles.live_page), one more with corrections, one for an
    updated article.

    Photos that may not be shown at ``at`` are left out of the slides.
    """
    if slides is None:
        slides = article.slides.select_related("photo").order_by("position")
    shown_slides = [slide for slide in slides if slide.photo.is_usable(at)]
    cited = references(article.body)
    others = _others(article, [pk for kind, pk in cited if kind == "article"], at)
    section = next((known for known in frame.sections if known.pk == article.section_id), article.section)
    return {
        "article": article,
        "section": section,
        "breadcrumb": breadcrumb(section),
        "slides": shown_slides,
        "bylines": article.ordered_bylines if bylines is None else bylines,
        "topics": _topics(article) if topics is None else topics,
        "body": _body(article, cited, shown_slides, others["by_id"], at),
        "live": live_page(article, at=at, asked=asked or {}),
        "more_from_section": others["section"][:MORE],
        "strip": others["section"][MORE:],
        "most_commented": others["commented"],
        "translations": others["translations"],
        "site_url": settings.SITE_URL,
        "share_url": f"{settings.SITE_URL}{article.get_absolute_url()}",
        **since(article, frame=frame, at=at),
    }


def _topics(article: Article) -> list[Topic]:
    """The topics of ``article`` in the order in which they were typed. One query."""
    return list(Topic.objects.filter(tagged__content_object=article).order_by("tagged__pk"))


def since(article: Article, *, frame: Frame, at: datetime) -> dict[str, Any]:
    """What became of the article since it was published: corrections, is_corrected, is_updated, has_changes. At most two queries."""
    corrections = list(article.corrections.filter(withdrawn_at__isnull=True)) if article.corrected_at else []
    is_updated = bool(article.updated_at and article.published_at and article.updated_at > article.published_at)
    is_told = is_updated and frame.site.show_changes and article.is_public(at)
    return {
        "corrections": corrections,
        "is_corrected": any(each.kind == CorrectionKind.CORRECTION for each in corrections),
        "is_updated": is_updated,
        "old_years": (at - article.published_at).days // 365 if article.published_at else 0,
        "has_changes": is_told and len(changes.log(article, corrections=corrections)) > 1,
    }


def gallery(slides: list[Slide], asked: str, *, article: Article, at: datetime) -> dict[str, Any]:
    """What ``articles/gallery.html`` needs besides: the slide ``asked`` for by its number (else the first) and its
    neighbours' numbers (None at an end), other galleries. One query."""
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
    number = number if 1 <= number <= len(slides) else 1
    others = Article.objects.public(at).filter(genre=Genre.GALLERY, language=article.language).exclude(pk=article.pk)
    return {
        "number": number,
        "slide": slides[number - 1],
        "previous_number": number - 1 if number > 1 else None,
        "next_number": number + 1 if number < len(slides) else None,
        "other_galleries": list(others.for_listing().newest_first()[:STRIP]),
    }


def _body(
    article: Article, cited: list[tuple[str, int]], slides: list[Slide], stories: dict[int, Article], at: datetime
) -> SafeString:
    photos = _photos(cited, slides, at)
    return render(article.body, photos=photos, articles=stories, at=at, language=article.language)


def _photos(cited: list[tuple[str, int]], slides: list[Slide], at: datetime) -> dict[int, Photo]:
    """The photos of the body that may be shown, by id. No query for those that are slides too."""
    photos = {slide.photo_id: slide.photo for slide in slides}
    missing = {pk for kind, pk in cited if kind == "photo"} - set(photos)
    return {**photos, **Photo.objects.usable(at).in_bulk(missing)} if missing else photos


def breadcrumb(section: Section | None) -> list[Section]:
    """The way down to ``section``, itself last. No query for a section of the frame."""
    if section is None:
        return []
    ancestors = getattr(section, "ancestors", None)
    if ancestors is None:
        ancestors, above = [], section.parent
        while above is not None:
            ancestors.insert(0, above)
            above = above.parent
    return [*ancestors, section]


def _others(article: Article, related_ids: list[int], at: datetime) -> dict[str, Any]:
    """Every other article the page names, by one query: related, the section's newest, most commented, translations."""
    public = Article.objects.public(at)
    beside = public.filter(section=article.section).exclude(pk=article.pk)
    newest = beside.newest_first().values("pk")[: MORE + STRIP]
    commented = public.in_language(article.language).most_commented(at=at).values("pk")[:COMMENTED]
    original = article.translation_of_id or article.pk
    translations = Article.objects.filter(translation_of_id=original).order_by().values("pk")
    wanted = Article.objects.filter(pk__in=[*related_ids, original]).order_by().values("pk")
    picked = [Article.objects.filter(pk__in=ids).order_by().values("pk") for ids in (newest, commented)]
    found = list(public.for_listing().filter(pk__in=wanted.union(translations, *picked)).newest_first())
    recent = [
        a
        for a in found
        if a.comment_count
        and a.language == article.language
        and a.published_at
        and a.published_at >= at - COMMENTED_WITHIN
    ]
    return {
        "by_id": {a.pk: a for a in found if a.pk in set(related_ids)},
        "section": [a for a in found if a.section_id == article.section_id and a.pk != article.pk][: MORE + STRIP],
        "commented": sorted(recent, key=lambda a: (a.comment_count, a.published_at, a.pk), reverse=True)[:COMMENTED],
        "translations": _one_a_language(
            [a for a in found if a.pk != article.pk and original in {a.pk, a.translation_of_id}], article
        ),
    }


def _one_a_language(found: list[Article], article: Article) -> list[Article]:
    """Of the public ones ``found`` the original or oldest in each language but that of ``article``, the original first."""
    oldest_first = sorted(found, key=lambda each: (each.translation_of_id is not None, each.pk))
    by_language: dict[str, Article] = {}
    for each in oldest_first:
        if each.language != article.language:
            by_language.setdefault(each.language, each)
    return list(by_language.values())
