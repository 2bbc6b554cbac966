"""Fit to print? Small named checks; those that block stop publication, the others warn."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import copy_desk
from articles.body import plain_text, references, word_count
from articles.content import Content
from articles.models import Article, Genre, HouseWord, PhotoRestriction, Section, Stage
from media.models import Photo

BLOCK, WARN = "block", "warn"
FLASH_WORDS = 50  # one long sentence
RELATIVE_DATE = re.compile(
    r"\b(today|yesterday|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|hoy|ayer|mañana|lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Check:
    """One thing found: ``level`` is "block" or "warn", ``field`` the form field it is about."""

    code: str
    level: str
    message: str
    field: str


def headline(content: Content, at: datetime) -> Iterator[Check]:
    if not content.headline:
        yield Check("headline", BLOCK, _("The headline is missing."), "headline")


def section(content: Content, at: datetime) -> Iterator[Check]:
    if content.section_id is None or not Section.objects.filter(pk=content.section_id).exists():
        yield Check("section", BLOCK, _("Choose a section."), "section")


def body(content: Content, at: datetime) -> Iterator[Check]:
    if content.stage != Stage.FLASH and not plain_text(content.body).strip() and not content.slides:
        yield Check("body", BLOCK, _("There is no text and no photo yet."), "body")


def photos(content: Content, at: datetime) -> Iterator[Check]:
    alts = {slide.photo_id: slide.alt for slide in content.slides}
    cited = [pk for kind, pk in references(content.body) if kind == "photo"]
    found = Photo.objects.in_bulk([*alts, *cited])
    for pk in dict.fromkeys([*alts, *cited]):
        field = "slides" if pk in alts else "body"
        photo = found.get(pk)
        if photo is None:
            yield Check(
                "photo_gone",
                BLOCK if field == "slides" else WARN,
                _("Photo %(id)s was deleted. Remove it.") % {"id": pk},
                field,
            )
            continue
        yield from _photo(photo, alts.get(pk, ""), field, at)


def _photo(photo: Photo, alt: str, field: str, at: datetime) -> Iterator[Check]:
    name = photo.title or photo.caption[:40] or _("Photo %(id)s") % {"id": photo.pk}
    if not (alt or photo.alt or photo.is_decorative):
        yield Check("alt", BLOCK, _("“%(photo)s” has no alt text.") % {"photo": name}, field)
    if not photo.credit_line:
        yield Check("credit", BLOCK, _("“%(photo)s” has no credit.") % {"photo": name}, field)
    if not photo.is_usable(at):
        yield Check(
            "rights",
            BLOCK,
            _("“%(photo)s” may not be published: its rights have ended or it is blocked.") % {"photo": name},
            field,
        )


def restricted_photos(content: Content, at: datetime) -> Iterator[Check]:
    slides = {slide.photo_id for slide in content.slides}
    cited = {pk for kind, pk in references(content.body) if kind == "photo"}
    bounds = PhotoRestriction.objects.filter(photo_id__in=slides | cited).select_related("photo")
    found = list(bounds.prefetch_related("sections")) if slides | cited else []
    place = Section.objects.filter(pk=content.section_id or 0).first() if found else None
    for bound in found:
        names = [section.name for section in bound.sections.all()]
        if place is None or any(place.path.startswith(section.path) for section in bound.sections.all()):
            continue
        sentence = _("“%(photo)s” may be shown in these sections only: %(sections)s.")
        about = {"photo": bound.photo, "sections": ", ".join(names) or "–"}
        yield Check("photo_section", BLOCK, sentence % about, "slides" if bound.photo_id in slides else "body")


def standfirst(content: Content, at: datetime) -> Iterator[Check]:
    if not content.standfirst and content.stage != Stage.FLASH:
        yield Check("standfirst", WARN, _("The standfirst is missing."), "standfirst")


def flash(content: Content, at: datetime) -> Iterator[Check]:
    if content.stage == Stage.FLASH and word_count(content.body) > FLASH_WORDS:
        yield Check("flash", WARN, _("A flash is one sentence. This is more: make it a story."), "stage")


def playing_time(content: Content, at: datetime) -> Iterator[Check]:
    if content.playing_time and 'data-node="embed"' not in content.body:
        yield Check("playing_time", WARN, _("It has a playing time and nothing in the text to play."), "playing_time")


def author(content: Content, at: datetime) -> Iterator[Check]:
    if content.genre == Genre.OPINION and not content.byline_ids:
        yield Check("author", WARN, _("Opinion has no author."), "bylines")


def relative_dates(content: Content, at: datetime) -> Iterator[Check]:
    found = RELATIVE_DATE.search(plain_text(content.body))
    if found and not content.dateline:
        yield Check(
            "relative_date",
            WARN,
            _("“%(word)s” may be unclear later. Name the date.") % {"word": found.group(0)},
            "body",
        )


def related(content: Content, at: datetime) -> Iterator[Check]:
    cited = {pk for kind, pk in references(content.body) if kind == "article"}
    hidden = len(cited) - Article.objects.public(at).filter(pk__in=cited).count() if cited else 0
    if hidden:
        message = ngettext(
            "%(count)s related article is not public and will not be shown.",
            "%(count)s related articles are not public and will not be shown.",
            hidden,
        )
        yield Check("related", WARN, message % {"count": hidden}, "body")


def copy(content: Content, at: datetime) -> Iterator[Check]:
    words = list(HouseWord.objects.filter(language=content.language))
    for field in ("headline", "standfirst", "body"):
        text = getattr(content, field)
        for slip in copy_desk.slips(plain_text(text) if field == "body" else text, words):
            yield Check(f"copy_{slip.kind}", WARN, _copy_sentence(slip), field)


def _copy_sentence(slip: copy_desk.Slip) -> str:
    if slip.kind == "space":
        return _("“%(found)s”: a space is missing.") % {"found": slip.found}
    if slip.kind == "twice":
        return _("“%(found)s”: the word stands twice.") % {"found": slip.found}
    if slip.better:
        sentence = _("“%(found)s”: the house writes “%(better)s”.") % {"found": slip.found, "better": slip.better}
    else:
        sentence = _("“%(found)s”: the house leaves it out.") % {"found": slip.found}
    return f"{sentence} {slip.note}".strip()


CHECKS: tuple[Callable[[Content, datetime], Iterator[Check]], ...] = (
    headline, section, body, photos, restricted_photos, standfirst, flash, playing_time, author, relative_dates, related, copy,
)  # fmt: skip


def run(content: Content, at: datetime | None = None) -> list[Check]:
    """Everything found in ``content`` for a publication at ``at`` (default now), in the order of CHECKS. At most 8 queries."""
    moment = at or timezone.now()
    return [found for check in CHECKS for found in check(content, moment)]


def blocking(content: Content, at: datetime | None = None) -> list[Check]:
    """Only what stops publication."""
    return [found for found in run(content, at) if found.level == BLOCK]
