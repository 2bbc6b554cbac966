"""``{% page_meta article %}`` and ``{% json_ld article %}`` for the head of an article's page.

Both take bylines, topics, slides, breadcrumb and site from the page's context, so they ask the database nothing.
"""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from articles import share_card, structured_data
from articles.live_data import live_blog
from articles.models import Article
from articles.structured_data import PageMeta
from newsroom.templatetags.languages import all_editions, counterparts

register = template.Library()
# Characters that could end the script element or a line of it. Source: django.utils.html.json_script
ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}


@register.simple_tag(takes_context=True)
def page_meta(context: dict[str, Any], article: Article) -> SafeString:
    """Description, canonical address, Open Graph and Twitter card; a preview is kept from robots besides."""
    meta = _meta(context, article)
    named = [("description", meta.description), ("twitter:card", "summary_large_image")]
    if context.get("is_preview"):
        named.append(("robots", "noindex"))
    return format_html(
        '{}<link rel="canonical" href="{}">\n{}',
        format_html_join("", '<meta name="{}" content="{}">\n', ((n, v) for n, v in named if v)),
        meta.canonical_url,
        format_html_join("", '<meta property="{}" content="{}">\n', meta.properties()),
    )


@register.simple_tag(takes_context=True)
def list_meta(context: dict[str, Any], title: str, description: str = "") -> SafeString:
    """The same for a page that lists stories; the pages after its first have no canonical address but their own."""
    frame, request = context["frame"], context["request"]
    url = settings.SITE_URL + request.path
    card = settings.SITE_URL + share_card.address(None, frame.site)
    properties = [
        ("og:type", "website"),
        ("og:site_name", frame.site.name),
        ("og:title", title),
        ("og:description", description),
        ("og:url", url),
        ("og:locale", context.get("page_language", frame.site.language)),
        *structured_data.card_properties(card, frame.site.name),
    ]
    number = context["page"].number if "page" in context else 1
    return format_html(
        '<meta name="description" content="{}">\n<meta name="twitter:card" content="summary_large_image">\n{}{}',
        description or f"{title} – {frame.site.name}",
        format_html('<link rel="canonical" href="{}">\n', url) if number == 1 else "",
        format_html_join("", '<meta property="{}" content="{}">\n', ((n, v) for n, v in properties if v)),
    )


@register.simple_tag(takes_context=True)
def json_ld(context: dict[str, Any], article: Article) -> SafeString:
    """NewsArticle (LiveBlogPosting with a live coverage) and BreadcrumbList as JSON-LD.

    Nothing for a preview or an article without a date.
    """
    if context.get("is_preview") or article.published_at is None:
        return SafeString("")
    story = structured_data.news_article(
        _meta(context, article),
        article,
        site=context["site"],
        corrections=context.get("corrections") or [],
        translations=context.get("translations") or [],
    )
    graph = [
        live_blog(story, context["live"]) if context.get("live") else story,
        structured_data.breadcrumb_list(context.get("breadcrumb") or [], article),
    ]
    text = json.dumps(
        {"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":")
    ).translate(ESCAPES)
    # JSON whose <, >, & and line separators are escaped cannot leave the element it stands in.
    return format_html('<script type="application/ld+json">{}</script>\n', mark_safe(text))


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> SafeString:
    """The page, an article's, a section's or home, in every language in which readers may see it, itself included.

    Nothing for one alone or a preview.
    """
    if context.get("is_preview"):
        return SafeString("")
    return format_html_join("", '<link rel="alternate" hreflang="{}" href="{}">\n', _in_languages(context))


def _in_languages(context: Context) -> list[tuple[str, str]]:
    article, site = context.get("article"), context["site"]
    if article is not None:
        others = context.get("translations") or []
        return structured_data.in_languages(article, others, main=site.language) if others else []
    if context.get("section") is not None:
        return [(each.language, settings.SITE_URL + each.get_absolute_url()) for each in counterparts(context)]
    found = [(each.code, settings.SITE_URL + each.url) for each in all_editions(context)]
    return [*found, ("x-default", found[0][1])] if len(found) > 1 else []


def _meta(context: dict[str, Any], article: Article) -> PageMeta:
    slides = context.get("slides") or []
    return structured_data.page_meta(
        article,
        site=context["site"],
        bylines=context.get("bylines") or [],
        topics=context.get("topics") or [],
        photo=slides[0].photo if slides else None,
        translations=context.get("translations") or [],
    )
