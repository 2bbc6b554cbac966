"""What the editor is told: its extensions and where its own nodes are. Read by the settings, so no model is imported."""

from __future__ import annotations

from typing import Any

from django_prose_editor.config import html_tags
from js_asset import static_lazy

MODULE = "articles/editor/nodes.js"  # every name below is exported there
NEWS_EXTENSIONS = ("NewsPhoto", "NewsRelated", "NewsPullQuote", "NewsUnknown", "NewsPaste", "NewsAccess")

# The sanitiser is articles.body.sanitise; the tags named here only satisfy the library's own bookkeeping.
PROSE_EDITOR_EXTENSIONS: list[dict[str, Any]] = [
    {"js": [static_lazy(MODULE)], "extensions": {name: html_tags([]) for name in NEWS_EXTENSIONS}}
]
MENU_GROUPS: list[dict[str, Any]] = [
    {"group": "marks"},
    {"group": "blockType -lists", "type": "dropdown", "minItems": 2},
    {"group": "lists"},
    {"group": "link"},
    {"group": "news"},
    {"group": "history"},
]
