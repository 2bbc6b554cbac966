"""The articles' part of the desk: navigation, tiles and panels of the dashboard."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import assignments, figures
from articles.content import Content
from articles.missing import missing
from articles.models import Article, Assignment, AssignmentState, ErrorReport, ReportState, Status
from newsroom import charts, desk

REVIEW_LIMIT = timedelta(hours=24)  # later than this is late. Source: design brief, section 7.
ROWS = 5


def register() -> None:
    """The desk shows what articles have to say."""
    view, write, review = "articles.view_article", "articles.add_article", "articles.review_article"
    desk.register(
        _entry(gettext_lazy("Articles"), "article", 10, icon="article"),
        desk.Entry(gettext_lazy("Calendar"), "admin:articles_assignment_calendar", view, 11, icon="rows"),
        _entry(gettext_lazy("Assignments"), "assignment", 12, icon="clock"),
        _entry(gettext_lazy("Front pages"), "frontpage", 20),
        _entry(gettext_lazy("Error reports"), "errorreport", 35, count=_open_reports, icon="flag"),
        _entry(gettext_lazy("Sections"), "section", 70, is_setup=True, icon="grip"),
        _entry(gettext_lazy("Topics"), "topic", 71, is_setup=True, icon="tag"),
        _entry(gettext_lazy("Authors"), "byline", 72, is_setup=True, icon="person"),
        _entry(gettext_lazy("Pages"), "page", 74, is_setup=True, icon="article"),
        _entry(gettext_lazy("Newsletters"), "newsletter", 75, is_setup=True, icon="mail"),
        _entry(gettext_lazy("Old addresses"), "oldaddress", 76, is_setup=True, icon="rows"),
        _entry(gettext_lazy("House dictionary"), "houseword", 73, is_setup=True, icon="check"),
        desk.Tile(gettext_lazy("In review"), lambda user: _list(state="in_review"), _in_review, review, 10, "warn"),
        desk.Tile(gettext_lazy("Scheduled today"), lambda user: _list(state="scheduled"), _scheduled, view, 40),
        desk.Tile(gettext_lazy("My drafts"), lambda user: _list(state="mine"), _my_drafts, write, 50, "quiet"),
        desk.Panel("admin/articles/_review_panel.html", review_panel, review, 10),
        desk.Panel("admin/articles/_today_panel.html", today_panel, view, 30),
        desk.Panel("admin/_chart.html", published_panel, view, 31),
        desk.Panel("admin/_chart.html", readings_panel, view, 34),
        desk.Panel("admin/_chart.html", review_time_panel, review, 33),
        desk.Panel("admin/articles/_assignments_panel.html", assignments_panel, assignments.WRITE, 36),
        desk.Panel("admin/articles/_drafts_panel.html", drafts_panel, write, 40),
    )


def _entry(label: Any, model: str, position: int, **options: Any) -> desk.Entry:
    return desk.Entry(label, f"admin:articles_{model}_changelist", f"articles.view_{model}", position, **options)


def _list(**filters: str) -> str:
    return f"{reverse('admin:articles_article_changelist')}?{urlencode(filters)}"


def _nothing() -> str:
    return _("Nothing waiting")


def _open_reports() -> int:
    return ErrorReport.objects.filter(state=ReportState.OPEN).count()


def _in_review(user: Any) -> tuple[int, str, bool]:
    waiting = Article.objects.visible_to(user).filter(status=Status.IN_REVIEW)
    found = waiting.aggregate(number=Count("pk"), oldest=Min("status_since"))
    if not found["number"]:
        return 0, _nothing(), False
    sentence = _("Oldest: %(time)s") % {"time": timesince(found["oldest"], depth=1)}
    return found["number"], sentence, _is_late(found["oldest"])


def _is_late(since: Any) -> bool:
    return bool(timezone.now() - since > REVIEW_LIMIT)


def _today() -> tuple[Any, Any]:
    today = timezone.localdate()
    return charts.begins(today), charts.begins(today + timedelta(days=1))


def _scheduled(user: Any) -> tuple[int, str, bool]:
    now, (_start, end) = timezone.now(), _today()
    seen = Article.objects.visible_to(user)
    found = seen.filter(status=Status.LIVE, published_at__gt=now, published_at__lt=end).aggregate(
        number=Count("pk"), next=Min("published_at")
    )
    if not found["number"]:
        return 0, _nothing(), False
    return found["number"], _("Next at %(time)s") % {"time": f"{timezone.localtime(found['next']):%H:%M}"}, False


def _mine(user: Any) -> Any:
    return Article.objects.filter(created_by=user, status__in=[Status.DRAFT, Status.CHANGES_WANTED])


def _my_drafts(user: Any) -> tuple[int, str, bool]:
    start, _end = _today()
    found = _mine(user).aggregate(number=Count("pk"), fresh=Count("pk", filter=Q(edited_at__gte=start)))
    if not found["number"]:
        return 0, _nothing(), False
    return found["number"], _("%(count)s edited today") % {"count": found["fresh"]}, False


def review_panel(user: Any) -> dict[str, Any]:
    """What waits for review, the longest first: rows of article, names, waiting, is_late. Two queries."""
    rows = (
        Article.objects.visible_to(user)
        .filter(status=Status.IN_REVIEW)
        .select_related("section")
        .with_bylines()
        .defer("body")
        .order_by("status_since")
    )
    return {
        "all_url": _list(state="in_review"),
        "rows": [
            {
                "article": article,
                "names": ", ".join(byline.name for byline in article.ordered_bylines),
                "waiting": timesince(article.status_since, depth=1),
                "is_late": _is_late(article.status_since),
            }
            for article in rows[:ROWS]
        ],
    }


def today_panel(user: Any) -> dict[str, Any]:
    """Today's line: dots with x from 0 to 960, the number published and scheduled, now's place. One query."""
    start, end = _today()
    now = timezone.localtime()
    seen = Article.objects.visible_to(user)
    rows = seen.filter(status=Status.LIVE, published_at__gte=start, published_at__lt=end).order_by("published_at")
    dots: list[dict[str, Any]] = [
        {
            "x": _x(row.published_at),
            "is_out": row.published_at is not None and row.published_at <= now,
            "title": f"{timezone.localtime(row.published_at):%H:%M} {row}",
            "url": reverse("admin:articles_article_change", args=[row.pk]),
        }
        for row in rows.defer("body")[:200]
    ]
    out = sum(dot["is_out"] for dot in dots)
    return {
        "dots": dots,
        "published": out,
        "scheduled": len(dots) - out,
        "now_x": _x(now),
        "now": now,
        "hours": [{"x": hour * 40, "label": f"{hour:02}:00"} for hour in range(0, 25, 3)],
    }


def _x(moment: Any) -> int:
    """The place of ``moment`` on a day's line of 960 units, by the clock on the wall."""
    local = timezone.localtime(moment)
    return round((local.hour * 60 + local.minute) / 1440 * 960)


def published_panel(user: Any) -> dict[str, Any]:
    """Published per day. One query."""
    return {"chart": figures.published_chart(_list(published="14"))}


def readings_panel(user: Any) -> dict[str, Any]:
    """What readers read, by day. One query."""
    return {"chart": figures.readings_chart(reverse("admin:articles_readings"))}


def review_time_panel(user: Any) -> dict[str, Any]:
    """The median time in review, day by day. One query."""
    return {"chart": figures.review_chart(_list(state="in_review"))}


def drafts_panel(user: Any) -> dict[str, Any]:
    """A person's own drafts with what is missing to publish them: rows of article, missing, edited; how many translations
    are out of date. Four queries."""
    rows = list(_mine(user).select_related("section", "latest_revision").defer("body").order_by("-edited_at")[:ROWS])
    contents = [Content.from_json(row.latest_revision.content) if row.latest_revision else Content() for row in rows]
    return {
        "all_url": _list(state="mine"),
        "rows": [
            {"article": article, "missing": lacking, "edited": timesince(article.edited_at, depth=1)}
            for article, lacking in zip(rows, missing(contents), strict=True)
        ],
        "stale": Article.objects.visible_to(user).filter(as_translation__stale_since__isnull=False).count(),
        "stale_url": _list(state="stale"),
    }


def assignments_panel(user: Any) -> dict[str, Any]:
    """A person's open assignments, the soonest due first, and how many ideas wait for a writer. Two queries."""
    url = reverse("admin:articles_assignment_changelist")
    return {
        "all_url": f"{url}?who=mine",
        "ideas_url": f"{url}?who=nobody",
        "rows": list(Assignment.objects.open().of(user).select_related("section")[:ROWS]),
        "ideas": Assignment.objects.filter(state=AssignmentState.IDEA).count(),
    }
