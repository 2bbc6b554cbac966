"""``{% icon "comment" %}``: a line drawing, 24 units square, coloured by its surroundings, silent for screen readers."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# Drawn for this project. The markup below is ours and constant, so it is safe as it stands.
PATHS = {
    "arrow": '<path d="M5 12h14M13 6l6 6-6 6"/>',
    "arrow-back": '<path d="M19 12H5M11 6l-6 6 6 6"/>',
    "article": '<path d="M6 3h9l3 3v15H6zM9 9h6M9 13h6M9 17h4"/>',
    "captions": '<path d="M3 5h18v14H3zM10.5 10.5a2 2 0 100 3M17 10.5a2 2 0 100 3"/>',
    "check": '<path d="M5 13l4 4L19 7"/>',
    "chevron": '<path d="M9 5l7 7-7 7"/>',
    "chevron-back": '<path d="M15 5l-7 7 7 7"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 2"/>',
    "comment": '<path d="M4 5h16v11H10l-5 4v-4H4z"/>',
    "cross": '<path d="M6 6l12 12M18 6L6 18"/>',
    "eye": '<path d="M2 12s4-6 10-6 10 6 10 6-4 6-10 6-10-6-10-6z"/><circle cx="12" cy="12" r="2.5"/>',
    "flag": '<path d="M6 21V4h12l-2 4 2 4H6"/>',
    "full-screen": '<path d="M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5"/>',
    "grip": '<path d="M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01"/>',
    "headphones": '<path d="M4 18v-5a8 8 0 0116 0v5"/><path d="M4 14h3v6H4zM17 14h3v6h-3z"/>',
    "link": '<path d="M10 14a4 4 0 006 0l3-3a4 4 0 00-6-6l-1 1M14 10a4 4 0 00-6 0l-3 3a4 4 0 006 6l1-1"/>',
    "lock": '<path d="M5 11h14v9H5zM8 11V8a4 4 0 018 0v3"/>',
    "mail": '<path d="M3 6h18v12H3zM3 7l9 7 9-7"/>',
    "pause": '<path d="M8 5v14M16 5v14"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4 21a8 8 0 0116 0"/>',
    "photo": '<path d="M3 5h18v14H3zM3 16l5-5 5 5 3-3 5 5"/><circle cx="16" cy="9" r="1.5"/>',
    "play": '<path d="M7 5l12 7-12 7z"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "print": '<path d="M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z"/>',
    "reply": '<path d="M10 6l-6 6 6 6M4 12h9a7 7 0 017 7"/>',
    "rows": '<path d="M4 6h16M4 12h16M4 18h16"/>',
    "rss": '<path d="M5 11a8 8 0 018 8M5 5a14 14 0 0114 14"/><circle cx="6" cy="18" r="1"/>',
    "search": '<circle cx="11" cy="11" r="6"/><path d="M16 16l4 4"/>',
    "settings": '<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="17" r="2"/>',
    "share": '<path d="M12 15V4M8 7l4-4 4 4M5 12v8h14v-8"/>',
    "sound": '<path d="M4 10v4h3l4 4V6L7 10zM15 9a4 4 0 010 6M17.5 6.5a8 8 0 010 11"/>',
    "sound-off": '<path d="M4 10v4h3l4 4V6L7 10zM15.5 9.5l5 5M20.5 9.5l-5 5"/>',
    "star": '<path d="M12 4l2.4 5 5.6.7-4.1 3.8 1.1 5.5-5-2.8-5 2.8 1.1-5.5L4 9.7 9.6 9z"/>',
    "tag": '<path d="M4 4h8l8 8-8 8-8-8zM8.5 8.5h.01"/>',
    "warning": '<path d="M12 4l9 16H3zM12 10v4M12 17h.01"/>',
}
MIRRORED = frozenset({"arrow", "arrow-back", "chevron", "chevron-back", "reply"})


@register.simple_tag
def icon(name: str) -> SafeString:
    """The drawing ``name``. Raises KeyError for one that is not drawn."""
    mirror = " icon--mirror" if name in MIRRORED else ""
    paths = mark_safe(PATHS[name])  # constant, see above
    return format_html('<svg class="icon{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', mirror, paths)
