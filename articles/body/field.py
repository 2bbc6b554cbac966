"""The body as a form field: the prose editor with its toolbar, a plain text area without JavaScript."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django_prose_editor.widgets import AdminProseEditorWidget

from articles.body.editor import MENU_GROUPS
from articles.body.nodes import SCHEMES


def _extensions() -> dict[str, Any]:
    pickers = {
        "photos": reverse_lazy("admin:media_photo_picker"),
        "articles": reverse_lazy("admin:articles_article_picker"),
    }
    return {
        "Bold": True, "Italic": True, "Strike": True, "Subscript": True, "Superscript": True, "Heading": {"levels": [2, 3]},
        "BulletList": True, "OrderedList": True, "ListItem": True, "Blockquote": True, "HorizontalRule": True, "HardBreak": True,
        "Table": True, "TableRow": True, "TableHeader": True, "TableCell": True,
        "Link": {"enableTarget": False, "protocols": sorted(SCHEMES)}, "Menu": {"groups": MENU_GROUPS}, "NoSpellCheck": False,
        "NewsPhoto": {"endpoint": pickers["photos"]}, "NewsRelated": {"endpoint": pickers["articles"]},
        "NewsPullQuote": True, "NewsUnknown": True, "NewsPaste": True, "NewsAccess": {"label": _("Body")},
    }  # fmt: skip


class BodyWidget(AdminProseEditorWidget):
    """The editor. Its text area keeps everything when the editor does not start."""

    def __init__(self) -> None:
        super().__init__(attrs={"rows": 24}, config={"extensions": _extensions()}, preset="configurable")


def body_form_field() -> forms.CharField:
    """A field for the body. What it gives is sanitised by articles.publishing, as everything is."""
    return forms.CharField(label=_("Body"), required=False, widget=BodyWidget(), strip=False)
