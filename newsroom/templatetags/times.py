"""``{% newstime article.published_at %}``: a moment as readers want it, always in a ``<time>``."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import template
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

register = template.Library()
DAY = timedelta(hours=24)
OTHER_COMMA = frozenset({"ar", "fa", "ur"})


@register.simple_tag
def newstime(moment: datetime | None) -> SafeString | str:
    """Relative under 24 hours ("3 hours ago"), a date otherwise."""
    if moment is None:
        return ""
    age = timezone.now() - moment
    words = _ago(age) if timedelta(0) <= age < DAY else day(moment)
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(timespec="seconds"), words)


@register.filter
def day(moment: datetime | None) -> str:
    """The day in the site's zone and the page's language: "2 November 2018"."""
    if moment is None:
        return ""
    # Translators: Django's date format for a day, such as "2 November 2018".
    return format_date(timezone.localtime(moment), _("j F Y"))


@register.filter
def span(moment: datetime | None) -> str:
    """How long ago it was, in its largest unit: "4 hours"."""
    return timesince(moment, depth=1) if moment else ""


@register.filter
def stamp(moment: datetime | None) -> str:
    """The moment for ``<time datetime>``, to the second: HTML knows no microseconds."""
    return moment.isoformat(timespec="seconds") if moment else ""


@register.filter
def weekday(moment: datetime | None) -> str:
    """The day with its name, in the site's zone and the page's language: "Friday, 2 November 2018"."""
    if moment is None:
        return ""
    # Translators: Django's date format for a day with its name, such as "Friday, 2 November 2018".
    return format_date(timezone.localtime(moment), _("l, j F Y"))


@register.simple_tag
def clock(moment: datetime | None) -> SafeString | str:
    """The time of day if it is less than 24 hours old, else day and month, for the list of the latest."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    # Translators: Django's date format for a day without its year, such as "2 Nov".
    words = format_date(local, "H:i") if timezone.now() - moment < DAY else format_date(local, _("j M"))
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(timespec="seconds"), words)


def _ago(age: timedelta) -> str:
    minutes = int(age.total_seconds() // 60)
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return ngettext("%(n)d minute ago", "%(n)d minutes ago", minutes) % {"n": minutes}
    return ngettext("%(n)d hour ago", "%(n)d hours ago", minutes // 60) % {"n": minutes // 60}


@register.filter
def moment(at: datetime | None) -> str:
    """Day and time in the site's zone: "2 November 2018, 16:40"."""
    return f"{day(at)}{comma()} {hour(at)}" if at else ""


@register.simple_tag
def comma() -> str:
    """The comma of the page's language."""
    return "،" if (get_language() or "").split("-", 1)[0] in OTHER_COMMA else ","  # the Arabic one


@register.filter
def hour(at: datetime | None) -> str:
    """The time of day in the site's zone: "16:40"."""
    return format_date(timezone.localtime(at), "H:i") if at else ""


@register.filter
def when(at: datetime | None) -> str:
    """The time of day of what is today in the site's zone, else day and time: "16:40", "2 November 2018, 16:40"."""
    if at is None:
        return ""
    return hour(at) if timezone.localdate(at) == timezone.localdate() else moment(at)


@register.simple_tag
def posttime(at: datetime) -> SafeString:
    """Time and day of a live post, the same today and in a year: "16:40 24 Nov"."""
    # Translators: Django's date format for a day without its year, such as "2 Nov".
    words = format_date(timezone.localtime(at), _("j M"))
    return format_html('<time datetime="{}"><b>{}</b> {}</time>', at.isoformat(timespec="seconds"), hour(at), words)
