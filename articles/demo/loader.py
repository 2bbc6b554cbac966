"""Puts the demo's sections, authors, topics, articles and front pages in."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from articles import front_pages
from articles.demo import coverages, mistakes, plans, readings
from articles.demo.life import MARK, bring_to_life
from articles.demo.stories import all_stories
from articles.front_rows import Arrangement, Row
from articles.models import Article, Byline, FrontPageVersion, Newsletter, Page, Revision, Section, Topic
from newsroom import notices
from newsroom.demo.context import Context

FOLDER = Path(__file__).parent
EVERY = 15  # a line of progress after so many articles


@notices.quietly()
def load(context: Context) -> None:
    """``context.articles`` holds the demo's articles by key, in the state their files say.

    An article that is there already stays as it is, edited or not. Each is made in one transaction, so that an
    interrupted run is finished by the next one.
    """
    sections, bylines = _sections(), _bylines(context)
    context.articles.update(_known())
    stories = all_stories()
    for number, story in enumerate(stories, start=1):
        if story.key not in context.articles:
            context.articles[story.key] = bring_to_life(story, context=context, sections=sections, bylines=bylines)
        if number % EVERY == 0 or number == len(stories):
            context.progress(f"{number} of {len(stories)} articles")
    coverages.load(context)
    mistakes.load(context)
    plans.load(context)
    _pages(context, sections)
    _standing_pages()
    readings.load()


def refusal() -> str:
    """Why the demo must not be loaded here, in a sentence: articles it did not make. Empty if there are none. One query."""
    first = Revision.objects.filter(article=OuterRef("pk"), number=1, note__startswith=MARK)
    real = Article.objects.exclude(Exists(first)).count()
    return f"The demo did not make {real} article{'s' if real > 1 else ''} in this database." if real else ""


def _known() -> dict[str, Article]:
    """The demo's articles that are there, by key. One query."""
    marked = Revision.objects.filter(number=1, note__startswith=MARK).select_related("article")
    return {revision.note.removeprefix(MARK): revision.article for revision in marked}


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


@transaction.atomic
def _sections() -> dict[str, Section]:
    """The sections by path without the last slash."""
    there = {section.path.rstrip("/"): section for section in Section.objects.all()}
    for position, facts in enumerate(_read("sections.toml")["sections"]):
        path, counterpart = facts.pop("path"), there.get(facts.pop("translation_of", ""))
        if path not in there:
            above, _slash, slug = path.rpartition("/")
            section = Section(
                slug=slug, parent=there.get(above), position=position, translation_of=counterpart, **facts
            )
            section.full_clean(exclude=["path"])
            section.save()
            there[path] = section
    return there


@transaction.atomic
def _bylines(context: Context) -> dict[str, Byline]:
    there = {byline.slug: byline for byline in Byline.objects.all()}
    for slug, facts in _read("bylines.toml").items():
        if slug not in there:
            user, portrait = context.users.get(facts.pop("user", "")), context.photos.get(facts.pop("portrait", ""))
            there[slug] = Byline.objects.create(slug=slug, user=user, portrait=portrait, **facts)
    return there


@transaction.atomic
def _pages(context: Context, sections: dict[str, Section]) -> None:
    """Topics that nobody has described get their description, front pages that nobody has arranged their places."""
    facts = _read("pages.toml")
    for name, description in facts["descriptions"].items():
        Topic.objects.filter(name=name, description="").update(description=description)
    pages = [(front_pages.home_of(language), front["places"]) for language, front in facts["front"].items()]
    pages += [(front_pages.front_of(sections[path]), places) for path, places in facts["fronts"].items()]
    arranged = set(FrontPageVersion.objects.values_list("page", flat=True))
    for page, places in pages:
        if page.pk not in arranged:
            rows = [Row(position, context.articles[key].pk) for position, key in enumerate(places, start=1)]
            front_pages.arrange(page, Arrangement(tuple(rows)))


def _standing_pages() -> None:
    """The demo's pages outside the sections and its newsletters; one whose address or language is taken stays as it is."""
    for facts in _read("standing_pages.toml")["pages"]:
        if not Page.objects.filter(slug=facts["slug"]).exists():
            Page.objects.create(**facts)
    for facts in _read("standing_pages.toml")["newsletters"]:
        Newsletter.objects.get_or_create(language=facts["language"], defaults=facts)
