"""The comments' part of the desk: navigation with its red number, two tiles, and those that wait longest."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.models import Article
from comments import appeals, queue
from comments.models import Comment, CommentReport, ReportReason, Status
from comments.privacy import hidden_articles
from newsroom import charts, desk

LIMIT = timedelta(hours=2)  # later than this is late. Source: design brief, section 7.
ROWS = 3


def register() -> None:
    """The desk shows what readers wait for."""
    right = "comments.moderate_comment"
    desk.register(
        *_entries(),
        desk.Tile(gettext_lazy("Comments waiting"), lambda user: _tab("waiting"), _waiting, right, 20, "bad"),
        desk.Tile(gettext_lazy("Comments reported"), lambda user: _tab("reported"), _reported, right, 30, "bad"),
        desk.Panel("admin/comments/_waiting_panel.html", waiting_panel, right, 20),
        desk.Panel("admin/_chart.html", decided_panel, right, 32),
        desk.Panel("admin/comments/_most_panel.html", most_panel, "comments.view_comment", 41),
    )


def _entries() -> list[desk.Entry]:
    """The lines of the navigation: what waits, with its red number, and what is set up once."""
    return [
        _entry(gettext_lazy("Comments"), "comment", 30, icon="comment", count=_open),
        _entry(gettext_lazy("Appeals"), "appeal", 31, icon="reply", count=_appeals),
        _entry(gettext_lazy("Illegal content"), "commentreport", 32, icon="flag", count=_illegal),
        _entry(gettext_lazy("Comment rules"), "commentrules", 76, icon="check", is_setup=True),
        _entry(gettext_lazy("Word lists"), "wordlist", 77, icon="rows", is_setup=True),
        _entry(gettext_lazy("Rules for readers"), "rulestext", 78, icon="article", is_setup=True),
        _entry(gettext_lazy("Who answers questions"), "answerer", 80, icon="reply", is_setup=True),
        _entry(gettext_lazy("Readers’ standings"), "readerstatus", 79, icon="person", is_setup=True),
    ]


def _entry(label: Any, model: str, position: int, **more: Any) -> desk.Entry:
    return desk.Entry(label, f"admin:comments_{model}_changelist", f"comments.view_{model}", position, **more)


def _tab(name: str) -> str:
    return f"{reverse('admin:comments_comment_changelist')}?tab={name}"


def _open() -> int:
    return queue.counts()["total"]


def _appeals() -> int:
    return appeals.open_appeals().count()


def _illegal() -> int:
    return CommentReport.objects.filter(reason=ReportReason.ILLEGAL, handled_at__isnull=True).count()


def _waiting(user: Any) -> tuple[int, str, bool]:
    number, oldest = Comment.objects.filter(status=Status.WAITING).count(), queue.oldest_waiting_at()
    if not number or oldest is None:
        return 0, _("Nothing waiting"), False
    return number, _("Oldest: %(time)s") % {"time": timesince(oldest, depth=1)}, timezone.now() - oldest > LIMIT


def _reported(user: Any) -> tuple[int, str, bool]:
    found = CommentReport.objects.filter(handled_at__isnull=True).aggregate(
        comments=Count("comment", distinct=True), articles=Count("comment__article", distinct=True)
    )
    if not found["comments"]:
        return 0, _("Nothing waiting"), False
    sentence = ngettext("On %(n)d article", "On %(n)d articles", found["articles"]) % {"n": found["articles"]}
    return found["comments"], sentence, False


def waiting_panel(user: Any) -> dict[str, Any]:
    """The comments that have waited longest, with their author and article. Two queries at most."""
    rows = (
        Comment.objects.filter(status=Status.WAITING)
        .select_related("author", "article")
        .defer("article__body")
        .order_by("created_at", "pk")
    )
    found = list(rows[:ROWS])
    hidden = hidden_articles(user, {comment.article_id for comment in found})
    for comment in found:
        comment.is_headline_hidden = comment.article_id in hidden  # type: ignore[attr-defined]  # for the template
        comment.waiting = timesince(comment.created_at, depth=1)  # type: ignore[attr-defined]  # for the template
    return {"all_url": _tab("waiting"), "rows": found}


def decided_per_day(days: list[date]) -> tuple[list[int], list[int]]:
    """How many comments that stand approved, and rejected or spam, were decided on each of ``days``. One query."""
    rows = (
        Comment.objects.filter(
            status__in=[Status.PUBLISHED, Status.REJECTED, Status.SPAM], decided_at__gte=charts.begins(days[0])
        )
        .order_by()
        .values_list("status", charts.day_index("decided_at", days))
        .annotate(number=Count("pk"))
    )
    groups = [[Status.PUBLISHED], [Status.REJECTED, Status.SPAM]]
    approved, rejected = charts.tallied(list(rows), groups, days)
    return approved, rejected


def decided_panel(user: Any) -> dict[str, Any]:
    """Comments approved and rejected per day. One query."""
    days = charts.last_days()
    approved, rejected = decided_per_day(days)
    total, turned_down = sum(approved) + sum(rejected), sum(rejected)
    share = {"share": round(turned_down / total * 100) if total else 0}
    label = _("%(approved)d comments approved and %(rejected)d rejected in 14 days. Today: %(a)d and %(r)d.") % {
        "approved": sum(approved),
        "rejected": turned_down,
        "a": approved[-1],
        "r": rejected[-1],
    }
    chart = charts.Chart(
        title=_("Comments"),
        number=number_format(total, force_grouping=True),
        about=_("in 14 days, %(share)d%% rejected") % share if total else _("in 14 days"),
        url=_tab("approved"),
        label=label,
        series=[_("Approved"), _("Rejected")],
        rows=[(day, [str(a), str(r)]) for day, a, r in zip(days, approved, rejected, strict=True)],
        bars=charts.stacked([approved, rejected]),
    )
    return {"chart": chart}


def most_panel(user: Any) -> dict[str, Any]:
    """The articles under which most comments were approved today, those that ``user`` may know of: rows of article and
    number. Two queries."""
    rows = (
        Comment.objects.filter(status=Status.PUBLISHED, decided_at__gte=charts.begins(charts.last_days()[-1]))
        .order_by()
        .values_list("article")
        .annotate(number=Count("pk"))
        .order_by("-number", "-article")[:ROWS]
    )
    counts = dict(rows)
    known = Article.objects.offered_to(user).select_related("section").defer("body").in_bulk(list(counts))
    return {"rows": [{"article": known[pk], "number": number} for pk, number in counts.items() if pk in known]}
