"""The body as a form field: the editor with its toolbar, and a plain text area where no script runs."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from js_asset import ImportMap, Media, Script

from articles.body.nodes import ATTRIBUTES, MAX_RELATED, NODE_TAGS, SCHEMES, TAGS

PARTS = (  # by bare names, so that each is found under its hashed address
    "cards", "dom", "facts", "inserts", "nodes", "paste", "picker", "slash", "toolbar", "upload",
)  # fmt: skip
IMPORT_MAP = ImportMap(
    {
        "django-prose-editor/editor": "django_prose_editor/editor.js",
        "newsroom-media/send": "media/desk/send.js",
        **{f"newsroom-editor/{part}": f"articles/editor/{part}.js" for part in PARTS},
    }
)


def _words() -> dict[str, str]:
    """What the editor says, in the language of the desk."""
    return {
        "toolbar": _("Formatting"),
        "bold": _("Bold"),
        "italic": _("Italic"),
        "heading": _("Heading"),
        "quote": _("Quote"),
        "bullets": _("List"),
        "numbers": _("Numbered list"),
        "link": _("Link"),
        "related": _("Related articles"),
        "relatedShort": _("Related"),
        "photo": _("Photo"),
        "pullQuote": _("Pull quote"),
        "gallery": _("Gallery"),
        "embed": _("Player of another site"),
        "factBox": _("Fact box"),
        "table": _("Table"),
        "divider": _("Divider"),
        "more": _("More"),
        "insertPart": _("Insert"),
        "undo": _("Undo"),
        "redo": _("Redo"),
        "count": _("{words} words, {minutes} min read"),
        **_words_of_tables(),
        **_words_of_cards(),
        **_words_of_uploads(),
        **_words_of_dialogs(),
    }


def _words_of_tables() -> dict[str, str]:
    return {
        "rowAfter": _("Row below"),
        "columnAfter": _("Column after"),
        "rowAway": _("Delete row"),
        "columnAway": _("Delete column"),
        "headerRow": _("Heading row"),
        "tableAway": _("Delete table"),
    }


def _words_of_uploads() -> dict[str, str]:
    return {
        "uploadFailed": _("The file did not arrive. Drop it again."),
        "close": _("Close"),
        "factsOf": _("What is missing on “{photo}”"),
        "factsFailed": _("This was not kept. Try again."),
        "credit": _("Credit"),
        "altText": _("Alt text"),
        "captionText": _("Caption"),
        "later": _("Later"),
        "keep": _("Keep"),
    }


def _words_of_cards() -> dict[str, str]:
    return {
        "change": _("Change"),
        "remove": _("Remove"),
        "caption": _("Caption here"),
        "alt": _("Alt text here"),
        "size": _("Size"),
        "normal": _("As wide as the text"),
        "wide": _("Wide"),
        "source": _("Source (optional)"),
        "galleryGone": _("This gallery was deleted."),
        "embedTitle": _("What it shows"),
        "embedUnknown": _("This site is not on the list: readers get a link."),
        "factBoxHeading": _("Heading of the box"),
        "loading": _("Loading …"),
        "unanswered": _("The server did not answer. The reference is kept."),
        "unusable": _("This photo may not be published."),
        "decorative": _("Decorative, no alt text needed"),
        "noCredit": _("Credit missing"),
        "photoGone": _("This photo was deleted."),
        "relatedGone": _("These articles were deleted."),
        "notPublic": _("Readers do not see it yet."),
        "unknown": _("This editor does not know this part. It is kept as it is."),
    }


def _words_of_dialogs() -> dict[str, str]:
    return {
        "pickPhoto": _("Insert a photo"),
        "pickRelated": _("Insert related articles"),
        "pickGallery": _("Insert a gallery"),
        "embedHint": _("Hosts that can be shown: {hosts}."),
        "embedRefused": _("Type the address of a page of {hosts}."),
        "search": _("Search"),
        "insert": _("Insert"),
        "setLink": _("Set link"),
        "cancel": _("Cancel"),
        "upload": _("Upload a new one"),
        "nothing": _("Nothing found. Try fewer words."),
        "failed": _("The search did not answer. Try again."),
        "address": _("Address"),
        "unlink": _("Remove link"),
        "badAddress": _("Type a web address, an e-mail address with mailto: before it, or a path of this site."),
    }


def _options() -> dict[str, Any]:
    """What the script is told: the addresses it asks, the allowlist of articles.body.nodes, its words."""
    return {
        "photos": reverse("admin:media_photo_picker"),
        "articles": reverse("admin:articles_article_picker"),
        "add": reverse("admin:media_photo_add"),
        "upload": reverse("admin:media_photo_upload"),
        "hosts": settings.EMBED_HOSTS,
        "most": MAX_RELATED,
        "allowed": {
            "tags": sorted(TAGS),
            "nodeTags": sorted(NODE_TAGS),
            "attributes": {tag: sorted(names) for tag, names in ATTRIBUTES.items()},
            "schemes": sorted(SCHEMES),
        },
        "words": _words(),
    }


class BodyWidget(forms.Textarea):
    """The editor. Its text area is what the form sends; it keeps everything when the editor does not start."""

    def __init__(self) -> None:
        super().__init__(attrs={"rows": 24})

    @property
    def media(self) -> Media:
        return Media(
            importmap=IMPORT_MAP,
            css={"all": ["articles/editor/editor.css"]},
            js=[Script("articles/editor/editor.js", type="module")],
        )

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-body-editor"] = json.dumps(_options(), separators=(",", ":"))
        return context


def body_form_field() -> forms.CharField:
    """A field for the body. What it gives is sanitised by articles.publishing, as everything is."""
    return forms.CharField(label=gettext_lazy("Body"), required=False, widget=BodyWidget(), strip=False)
