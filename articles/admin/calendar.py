"""The calendar on the desk, by week and by day: a table that the server makes, with a form beside each thing to move."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from articles import assignments, calendar, rights
from articles.acts import ActRefused
from articles.admin.widgets import Moment
from newsroom.autocomplete import is_id

WEEK, DAY = "week", "day"
FIRST, LAST = 1970, 9000  # years; what lies outside is a typing error


class MoveForm(forms.Form):
    """Where a thing shall go. A time that the clock skips is refused by the field."""

    at = Moment(label=gettext_lazy("Move to"))


@require_safe
def calendar_page(request: HttpRequest, *, site: Any) -> HttpResponse:
    """A week, or the day that ``?view=day`` asks for, around ``?day=``; without or with a wrong one, today.

    Template: admin/articles/calendar.html, context: days (day, items, out: those published, is_today, url), view, earlier, later, here (addresses),
    zone, may_suggest. At most six queries beside the desk's own.
    """
    user: Any = request.user
    if not rights.may(user, rights.VIEW):
        raise PermissionDenied
    view = DAY if request.GET.get("view") == DAY else WEEK
    chosen = _day(request.GET.get("day", "")) or timezone.localdate()
    days = [chosen] if view == DAY else calendar.week_of(chosen)
    step = timedelta(days=len(days))
    found = calendar.items(days, user)
    context = {
        **site.each_context(request),
        "title": _("Calendar"),
        "view": view,
        "chosen": chosen,
        "days": [_column(day, found[day]) for day in days],
        "earlier": _address(view, days[0] - step),
        "later": _address(view, days[0] + step),
        "to_today": _address(view, timezone.localdate()),
        "other": _address(WEEK if view == DAY else DAY, chosen),
        "zone": timezone.get_current_timezone_name(),
        "may_suggest": rights.may(user, assignments.WRITE),
    }
    return TemplateResponse(request, "admin/articles/calendar.html", context)


def _column(day: date, found: list[calendar.Item]) -> dict[str, Any]:
    return {
        "day": day,
        "items": [item for item in found if not item.is_out],
        "out": [item for item in found if item.is_out],
        "is_today": day == timezone.localdate(),
        "url": _address(DAY, day),
    }


@require_POST
def calendar_move(request: HttpRequest) -> HttpResponse:
    """``item`` stands at ``at`` now, or a sentence says why not; ``was`` is where the page showed it. Goes on to the page
    that the form was on."""
    user: Any = request.user
    if not rights.may(user, rights.VIEW):
        raise PermissionDenied
    key, form = request.POST.get("item", ""), MoveForm(request.POST)
    if not is_id(key.partition("-")[2]):
        raise Http404
    day = _day(request.POST.get("day", "")) or timezone.localdate()
    to = form.cleaned_data["at"] if form.is_valid() else None
    if to is None or not FIRST <= to.year < LAST:
        messages.error(request, " ".join(map(str, form.errors.get("at", []))) or _("Give a date and a time."))
    else:
        try:
            calendar.move(key=key, to=to, was=_moment(request.POST.get("was", "")), by=user)
        except LookupError as gone:
            raise Http404 from gone
        except ActRefused as refusal:
            messages.error(request, str(refusal))
        else:
            when = date_format(timezone.localtime(to), "l, j F Y, H:i")
            messages.success(request, _("Moved to %(when)s.") % {"when": when})
    return HttpResponseRedirect(_address(DAY if request.POST.get("view") == DAY else WEEK, day))


def _address(view: str, day: date) -> str:
    asked = {"view": view, "day": day.isoformat()}
    return f"{reverse('admin:articles_assignment_calendar')}?{urlencode(asked)}"


def _day(typed: str) -> date | None:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if FIRST < day.year < LAST else None


def _moment(typed: str) -> datetime | None:
    try:
        found = parse_datetime(typed)
    except ValueError:
        return None
    return found if found and timezone.is_aware(found) else None
