"""A comment's text as HTML, and the links in it."""

from __future__ import annotations

import re

from django.utils.html import Urlizer, escape
from django.utils.safestring import SafeString, mark_safe

_LINK = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:com|net|org|info|biz|shop|top|xyz|online|site|io|co|ru|cn|example)\b",
    re.IGNORECASE,
)
_EMPTY_LINE = re.compile(r"\n\s*\n")


class _ReaderLinks(Urlizer):
    """Addresses become links that search engines do not follow; mail addresses stay text."""

    url_template = '<a href="{href}" rel="nofollow ugc">{url}</a>'

    def handle_word(self, word: str, **kwargs: object) -> str:
        """The word escaped; a link if it is a web address."""
        if "@" in word and "://" not in word:
            return escape(word)
        return str(super().handle_word(word, **kwargs))  # type: ignore[arg-type]  # passed on as it came


_linkify = _ReaderLinks()


def links_in(text: str) -> list[str]:
    """The web addresses in ``text``, with or without ``https://``."""
    return [found.group() for found in _LINK.finditer(text)]


def as_html(text: str) -> SafeString:
    """``text`` as paragraphs, line breaks kept, everything escaped, web addresses as ``nofollow ugc`` links."""
    paragraphs = [part for part in _EMPTY_LINE.split(text) if part.strip()]
    linked = (_linkify(part, nofollow=False, autoescape=True).replace("\n", "<br>") for part in paragraphs)
    return mark_safe("".join(f"<p>{part}</p>" for part in linked))  # every word went through escape() above
