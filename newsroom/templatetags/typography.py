"""``{{ article.headline|smart:article.language }}``: text set as its language is printed."""

from __future__ import annotations

from django import template

from newsroom import typography

register = template.Library()


@register.filter
def smart(text: str | None, language: str) -> str:
    """``text`` with printed quotation marks, apostrophes, dashes and dots; escaped by the template as ever."""
    return typography.smart(str(text or ""), language)
