"""Tags for pages that list stories."""

from __future__ import annotations

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from articles import front_page, page_views
from articles.models import Article

register = template.Library()


@register.simple_tag
def latest_stories(count: int) -> list[Article]:
    """``count`` of the newest public stories in the page's language, those with a picture first. One query."""
    public = Article.objects.public(timezone.now()).in_language(get_language() or "")
    newest = list(public.for_listing().newest_first()[: 3 * count])
    return sorted(newest, key=lambda story: story.lead_photo is None)[:count]


@register.simple_tag
def most_read(count: int) -> list[Article]:
    """The ``count`` public stories in the page's language that were read most in 24 hours. At most two queries."""
    return page_views.most_read(get_language() or "", at=timezone.now(), number=count)


@register.filter
def columns(stories: list[Article]) -> list[list[Article]]:
    """What stands beside the first of ``stories``: one column or two."""
    return front_page.columns(stories)
