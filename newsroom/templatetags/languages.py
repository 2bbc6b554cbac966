"""The editions of the site and the sections of the page's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.translation import get_language, get_language_info

from newsroom import languages
from newsroom.frame import Frame
from newsroom.languages import direction

register = template.Library()
register.filter("direction", direction)


@dataclass(frozen=True)
class Edition:
    """One language of the site, in its own name."""

    code: str
    name: str
    url: str
    direction: str


@register.filter
def own_name(code: str) -> str:
    """The language's name in itself: "Español"."""
    return str(get_language_info(code)["name_local"]).capitalize()


@register.filter
def in_sentence(code: str) -> str:
    """The language's name in the page's language, as it stands within a sentence: "English", "inglés"."""
    name = str(get_language_info(code)["name_translated"])
    return name if (get_language() or "").startswith("en") else name[:1].lower() + name[1:]


def _address(frame: Frame, code: str) -> str:
    return "/" if code == frame.site.language else reverse("articles:home_language", args=[code])


@register.simple_tag(takes_context=True)
def all_editions(context: Context) -> list[Edition]:
    """Every edition, the site's main one first. A page may give ``translations`` with the addresses of its own, a
    section leads to its counterparts."""
    frame = context["frame"]
    own = {
        each.language: each.get_absolute_url() for each in [*(context.get("translations") or ()), *_sections(context)]
    }
    codes = sorted(frame.site.languages, key=lambda code: code != frame.site.language)
    return [
        Edition(
            code,
            own_name(code),
            own.get(code) or _address(frame, code),
            direction(code),
        )
        for code in codes
    ]


def _sections(context: Context) -> list[Any]:
    """The public sections that stand for the page's section in other languages; none on an article's page."""
    section = context.get("section")
    if section is None or context.get("article") is not None:
        return []
    first = section.translation_of_id or section.pk
    return [
        each for each in context["frame"].sections if first in {each.pk, each.translation_of_id} and each != section
    ]


def counterparts(context: Context) -> list[Any]:
    """The page's section in every language, itself first, if there is more than one: for links in the head."""
    found = _sections(context)
    return [context["section"], *found] if found else []


@register.simple_tag(takes_context=True)
def other_editions(context: Context) -> list[Edition]:
    """The editions in other languages than the page's."""
    return [edition for edition in all_editions(context) if edition.code != get_language()]


@register.simple_tag(takes_context=True)
def home_address(context: Context) -> str:
    """The home page in the page's language, if the site has that edition."""
    frame, code = context["frame"], get_language() or ""
    return _address(frame, code if code in frame.site.languages else frame.site.language)


@register.simple_tag(takes_context=True)
def feed_address(context: Context) -> str:
    """The feed of the page's language, if the site has that edition, else of the whole site."""
    site, code = context["frame"].site, get_language() or ""
    is_other = code != site.language and code in site.languages
    return reverse("feeds:language", args=[code]) if is_other else reverse("feeds:site")


@register.simple_tag(takes_context=True)
def menu_sections(context: Context) -> list[Any]:
    """The section bar: sections of the page's language (of the site's, if it has none)."""
    frame = context["frame"]
    for code in (get_language(), frame.site.language):
        found = [section for section in frame.sections if section.in_menu and section.language == code]
        if found:
            return found
    return []


@register.simple_tag(takes_context=True)
def menu_place(context: Context, menu: list[Any]) -> int | None:
    """The id of the section of ``menu`` in which the page lies: its own, else the nearest above it. No query."""
    path = getattr(context.get("section"), "path", "")
    around = [section for section in menu if path.startswith(section.path)]
    return max(around, key=lambda section: len(section.path)).pk if around else None


@register.simple_tag(takes_context=True)
def footer_pages(context: Context) -> list[Any]:
    """The pages outside the sections that stand in the footer, in the page's language."""
    return [page for page in context["frame"].pages if page.in_footer and page.language == get_language()]


@register.simple_tag(takes_context=True)
def text_address(context: Context) -> str:
    """This page in the text edition if it is an article or a section there, else the edition's first page."""
    article, section = context.get("article"), context.get("section")
    if article is not None and getattr(article, "section_id", None) and not context.get("is_preview"):
        return f"/text{article.get_absolute_url()}"
    return f"/text{section.get_absolute_url()}" if section else edition_address(context, "articles:text")


@register.simple_tag(takes_context=True)
def edition_address(context: Context, name: str) -> str:
    """The address of the page ``name`` in the page's language (newsroom.languages.edition_address)."""
    return languages.edition_address(name, context["frame"].site)
